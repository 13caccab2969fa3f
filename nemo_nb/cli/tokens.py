"""`nemo-nb tokens`: who may use the embedded engine, and taking that back."""

from __future__ import annotations

import argparse
import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..client import Client


def add(commands: Any) -> None:
    command = commands.add_parser(
        "tokens",
        help="list the tokens that the embedded engine takes, or revoke some",
        description="Lists the tokens that the embedded engine takes, by id: the tokens themselves are kept nowhere. "
        "A notebook whose token is revoked gets another one; a program that uses `nemo-nb serve` does not.",
    )
    command.add_argument("--revoke", metavar="ID", action="append", default=[], help="make this one invalid")
    command.set_defaults(run=tokens)


def tokens(options: argparse.Namespace) -> int:
    """Revoke what is asked for, and print what is left."""
    from ..backends import client_for
    from ..client.settings import Settings

    client, _ = client_for("embedded", Settings.from_environment())
    for line in asyncio.run(_lines(client, options.revoke)):
        print(line)
    return 0


async def _lines(client: Client, revoked: list[str]) -> list[str]:
    try:
        for token_id in revoked:
            await client.revoke_token(token_id)
        return [
            f"{item.id}  {item.user_id}  until {datetime.fromtimestamp(item.expires_ms / 1000):%Y-%m-%d %H:%M}"
            for item in await client.tokens()
        ]
    finally:
        await client.aclose()
