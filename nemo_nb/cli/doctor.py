"""`nemo-nb doctor`: what works on this machine, what does not, and what to do about it."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from .. import __version__
from .checks import BROKEN, CHECKS, LIMITED, Check, Finding, State
from .prune import prune

_REINSTALL = "pip install --force-reinstall nemo-nb"


def add(commands: Any) -> None:
    command = commands.add_parser(
        "doctor",
        help="check what this machine needs, with a fix for each fault",
        description="Check the kernel, widgets, ffmpeg, fonts, disk, sign-in and engine. "
        "Exit code 1 when something is broken. Nothing is changed unless you ask to prune, but the engine is started.",
    )
    command.add_argument("--json", action="store_true", help="print JSON instead of a table")
    command.add_argument(
        "--prune",
        action="store_true",
        help="first empty the cache of exports, which costs time and nothing else",
    )
    command.add_argument(
        "--prune-projects", type=_days, metavar="DAYS",
        help="also delete the embedded engine's projects that nobody changed for so many days, with their files; "
        "none that an export waits or runs for",
    )  # fmt: skip
    command.set_defaults(run=doctor)


def doctor(options: argparse.Namespace) -> int:
    """Prune if asked to, look at everything and tell it; 1 when something is broken."""
    asked = options.prune or options.prune_projects is not None
    pruned = prune(options.prune_projects) if asked else None
    if options.json:
        findings = list(examine())
        told = {"ok": not _any(findings, BROKEN), "checks": list(map(asdict, findings))}
        print(json.dumps(_machine() | told | ({"pruned": asdict(pruned)} if pruned else {})))
    else:
        if pruned:
            print(f"{pruned}\n")
        print("nemo-nb {nemo_nb}, Python {python}, {system}\n".format(**_machine()))
        findings = []
        for finding in examine():  # told one by one: some take a second
            findings.append(finding)
            print(_told(finding), flush=True)
        print(f"\n{_summary(findings)}")
    return 1 if _any(findings, BROKEN) else 0


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number of days, 1 or more")
    return int(text)


def examine(checks: Iterable[tuple[str, Check]] = CHECKS) -> Iterator[Finding]:
    """The findings, check by check. One that fails in a way nobody thought of is a finding too."""
    for name, check in checks:
        try:
            yield from check()
        except Exception as error:
            yield Finding(name, BROKEN, f"{type(error).__name__}: {error}", _REINSTALL)


def _told(finding: Finding) -> str:
    state = finding.state.upper() if finding.state == BROKEN else finding.state
    line = f"{state:<8} {finding.check:<8} {finding.what}"
    return f"{line}\n{'':<18}→ {finding.fix}" if finding.fix else line


def _summary(findings: Sequence[Finding]) -> str:
    counted = [
        f"{count} {state}"
        for state in (BROKEN, LIMITED)
        if (count := sum(finding.state == state for finding in findings))
    ]
    return f"{', '.join(counted)}." if counted else "All is well."


def _any(findings: Sequence[Finding], state: State) -> bool:
    return any(finding.state == state for finding in findings)


def _machine() -> dict[str, str]:
    return {
        "nemo_nb": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }
