"""`nemo-nb serve`: the engine over TCP, for its owner only."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest


@pytest.fixture
def served(own_home: Path) -> Iterator[tuple[str, str]]:
    command = [sys.executable, "-m", "nemo_nb", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = json.loads(process.stdout.readline())
        yield said["url"], Path(said["token_file"]).read_text().strip()
        process.terminate()
        process.stdout.close()


def test_the_token_file_opens_it(served: tuple[str, str]) -> None:
    url, token = served
    answer = httpx.get(f"{url}/api/credits/balance/simple", headers={"Authorization": f"Bearer {token}"})
    assert answer.json()["data"]["available"] == 100


def test_strangers_get_no_token(served: tuple[str, str]) -> None:
    url, _ = served
    answer = httpx.post(f"{url}/api/auth/anonymous-token", headers={"X-Client-Id": "stranger"}).json()
    assert answer["code"] == 1001
    assert httpx.get(f"{url}/api/credits/balance/simple").json()["code"] == 1001


def test_a_page_that_rebinds_its_name_is_turned_away(served: tuple[str, str]) -> None:
    url, token = served
    headers = {"Host": "evil.example", "Authorization": f"Bearer {token}"}
    assert httpx.get(f"{url}/api/credits/balance/simple", headers=headers).status_code == 403


def test_the_token_is_the_owners_alone_to_read(served: tuple[str, str], own_home: Path) -> None:
    assert not (own_home / "engine" / "serve.token").stat().st_mode & 0o077
