"""What was acknowledged, and whether a film is the one that was made of it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from nemo_nb.media.ffmpeg import binary

from .caller import Caller


class Ledger:
    """What was acknowledged: each project's draft, and the pictures that it makes."""

    def __init__(self) -> None:
        self.drafts: dict[str, dict[str, Any]] = {}
        self.films: dict[str, bytes] = {}

    def check(self, caller: Caller, sid: str) -> None:
        """The draft is the one that was acknowledged last. AssertionError where anything is lost."""
        assert caller.draft(sid) == self.drafts[sid], f"the draft of {sid} is another one"

    def check_film(self, sid: str, film: bytes) -> None:
        """It is the film that the same draft made when all was well, but for what an encoder leaves to chance."""
        key = json.dumps(self.drafts[sid], sort_keys=True)
        right = self.films.setdefault(key, film)
        with tempfile.TemporaryDirectory() as folder:
            one, other = Path(folder, "one.mp4"), Path(folder, "other.mp4")
            one.write_bytes(right)
            other.write_bytes(film)
            assert sound_of(one) == sound_of(other), "a film with another sound was handed over"
            assert likeness_db(one, other) > 40, "a damaged film was handed over"


def segments(draft: dict[str, Any]) -> list[Any]:
    return [segment for track in draft["t"] for segment in track["sg"]]


def sound_of(film: Path) -> bytes:
    command = [binary(), "-v", "error", "-xerror", "-i", str(film), "-map", "0:a", "-f", "md5", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def likeness_db(one: Path, other: Path) -> float:
    """The peak signal-to-noise ratio of two films, the least of all pictures; x264 isn't the same each time."""
    both = ["-i", str(one), "-i", str(other), "-lavfi", "psnr", "-f", "null", "-"]
    said = subprocess.run(
        [binary(), "-hide_banner", "-xerror", *both], capture_output=True, text=True, check=True
    )
    return float(said.stderr.rpartition(" min:")[2].split()[0])
