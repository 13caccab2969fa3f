"""`%nemo` and `%%nemo`: the project without Python around it.

%load_ext nemo_nb
%nemo upload clip.mp4 lofi.mp3

%%nemo
add this background music to my video and fade it out at the end

%nemo export out.mp4
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, magics_class

from .connection import connect
from .errors import InvalidInput
from .project import Project


@magics_class
class NemoMagics(Magics):
    """Works on the notebook's variable `project`, and makes one when there is none."""

    @line_cell_magic("nemo")  # type: ignore[arg-type]  # IPython types it for functions only
    def nemo(self, line: str, cell: str | None = None) -> Any:
        """`%nemo status|timeline|credits|upload FILE …|export [FILE]|undo|redo|history`; `%%nemo` says the cell's body.

        Braces put a variable's value in: `trim it to {seconds} seconds`. A line that is no command is said.
        """
        if cell is not None:
            return self._project().say(self._filled(f"{line}\n{cell}".strip()))
        words = _words(self._filled(line))
        if not words:
            raise InvalidInput("%nemo what?", next_step=f"Commands: {', '.join(_COMMANDS)}; or a sentence.")
        command = _COMMANDS.get(words[0]) if _fits(words) else None
        return command(self._project(), words[1:]) if command else self._project().say(self._filled(line))

    def _project(self) -> Project:
        shell = self._shell()
        held = shell.user_ns.get("project")
        if not isinstance(held, Project):
            held = connect()
            shell.user_ns["project"] = held
        return held

    def _filled(self, text: str) -> str:
        """The text with `{name}` replaced by the notebook's variable of that name; other braces stay."""
        import re

        variables = self._shell().user_ns
        return re.sub(r"\{([A-Za-z_]\w*)\}", lambda m: str(variables.get(m[1], m[0])), text)

    def _shell(self) -> InteractiveShell:
        assert isinstance(self.shell, InteractiveShell)  # noqa: S101 - a registered magic has one
        return self.shell


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # an apostrophe in a sentence is no quote
        return line.split()


def _fits(words: list[str]) -> bool:
    """Whether a line is a command and not a sentence that begins like one: "export it as 720p"."""
    name, arguments = words[0], words[1:]
    if name in ("undo", "redo"):
        return not arguments or (len(arguments) == 1 and arguments[0].isdecimal())
    if name == "export":
        return not arguments or (len(arguments) == 1 and "." in arguments[0])
    return name == "upload" or not arguments


_COMMANDS: dict[str, Callable[[Project, list[str]], Any]] = {
    "status": lambda project, _: str(project.status()),
    "timeline": lambda project, _: project.timeline,
    "credits": lambda project, _: project.credits(),
    "upload": lambda project, files: project.upload(*files),
    "export": lambda project, files: project.export(files[0] if files else None),
    "undo": lambda project, steps: project.undo(*map(int, steps)),
    "redo": lambda project, steps: project.redo(*map(int, steps)),
    "history": lambda project, _: [turn.text for turn in project.history if not turn.undone],
}


def load_ipython_extension(ipython: InteractiveShell) -> None:
    """`%load_ext nemo_nb`."""
    ipython.register_magics(NemoMagics)


def unload_ipython_extension(ipython: InteractiveShell) -> None:
    """`%unload_ext nemo_nb`."""
    for kind in ("line", "cell"):
        ipython.magics_manager.magics[kind].pop("nemo", None)
