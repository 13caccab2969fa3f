"""`nemo-nb run RECIPE`: a recipe from the command line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from ..errors import AlreadyThere, InvalidInput


def add(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    command = commands.add_parser("run", help="make a recipe's edit again and export it")
    command.add_argument("recipe", type=Path, help="the file that project.recipe().save() wrote")
    command.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="your own file in place of the recipe's",
    )
    command.add_argument(
        "--parameter", action="append", default=[], metavar="NAME=VALUE", help="another value for a parameter"
    )
    command.add_argument(
        "--out",
        help="the file for the result, or a folder (out/) for the recipe's own exports",
    )
    command.add_argument(
        "--accept",
        action="store_true",
        help="write what came out into the recipe: the kinds of its files, operations for its sentences, and what "
        "must hold; its comments stay",
    )
    command.add_argument("--force", action="store_true", help="replace files that are there already")
    command.add_argument(
        "--replan", action="store_true", help="say the sentences anew, and tell what comes out otherwise"
    )
    command.set_defaults(run=run, steps={AlreadyThere: "Name another, or say --force."})


def run(options: argparse.Namespace) -> int:
    """Replay, export, compare, and take over where that is asked for.

    The last line is JSON; 1 when the edit parts from the recipe without a reason to.
    """
    from ..recipes import Recipe

    recipe = Recipe.load(options.recipe)
    if options.out is None and not options.accept:
        raise InvalidInput(
            "Where is the video to go?", next_step="Say --out out.mp4, or --out out/ for a folder."
        )
    replay = recipe.replay(
        _pairs(options.input, "--input"),
        _values(recipe, _pairs(options.parameter, "--parameter")),
        replan=options.replan,
        out=options.out,
        overwrite=options.force,
    )
    with replay.project as project:
        verdict = replay.verify()
        print(verdict, file=sys.stderr)
        if options.accept:
            taken = recipe.accept(replay)
            taken.save(options.recipe)
            lines = taken.differs(recipe) or ["Nothing is new."]
            print(
                "\n".join([f"Taken over into {options.recipe}:", *(f"- {line}" for line in lines)]),
                file=sys.stderr,
            )
        elif replay.restated:
            print("(A sentence was changed: --accept takes over what it comes to now.)", file=sys.stderr)
        draft = replay.draft
        result = {
            "videos": [str(export.path) for export in replay.exports],
            "timeline": draft.summary(),
            "duration_ms": draft.duration_ms,
            "hash": draft.hash,
            "edit_hash": draft.edit_hash,
            "session": project.session_id,
            "holds": bool(verdict) or options.accept,
        }
    print(json.dumps(result, ensure_ascii=False))
    excused = options.accept or not (replay.deterministic or replay.restated)
    return 0 if verdict or excused else 1


def _pairs(given: list[str], option: str) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    for name, equals, value in pairs:
        if not (name and equals and value):
            raise InvalidInput(
                f"{option} takes NAME=VALUE.", next_step=f"{option} clip=mine.mp4, for example."
            )
    return {name: value for name, _, value in pairs}


def _values(recipe: Any, given: dict[str, str]) -> dict[str, Any]:
    """What was typed, as numbers where the recipe has numbers."""
    made: dict[str, Any] = dict(given)
    for name, default in recipe.parameters.items():
        if name in given and not isinstance(default, str):
            try:
                made[name] = type(default)(given[name])
            except ValueError:
                raise InvalidInput(f"The parameter {name!r} is a number: {default!r}, for example.") from None
    return made
