"""`%nemo` and `%%nemo`: the project without Python around it.

%load_ext nemo_nb
%nemo upload clip.mp4 lofi.mp3

%%nemo
add this background music to my video and fade it out at the end

%nemo export out.mp4
"""

from __future__ import annotations

import inspect
import re
import shlex
import sys
from collections.abc import Callable
from string import Formatter
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from ..connection import connect
from ..project import Project
from .completion import matcher

_FIELD = re.compile(r"\{([A-Za-z_][^{}]*)\}")


@magics_class
class NemoMagics(Magics):
    """Works on the project that was used last of those that the notebook holds, and makes one when there is none."""

    # IPython would fill in braces too, but all or none: a title with a brace in it would keep the others empty.
    @no_var_expand
    @line_cell_magic("nemo")  # type: ignore[arg-type]  # IPython types it for functions only
    def nemo(self, line: str, cell: str | None = None) -> Any:
        """Edit by talking, without Python around it.

            %%nemo                         say what stands below it
            %nemo mute the music           say this line
            %nemo upload clip.mp4 a.mp3    files, or URLs; names with spaces in quotes
            %nemo export [out.mp4]         render the cut and show it
            %nemo timeline                 the segments as a table
            %nemo status                   the tracks in a line each
            %nemo undo [2], %nemo redo     steps back and forth
            %nemo history                  what was said and done
            %nemo credits                  what is left, and what is reserved
            %nemo                          this text

        Braces put a variable in: `trim it to {seconds} seconds`, `upload {clip.name}`, `{ratio:.0%}`. Braces that name
        no variable stay as they are. It works on the project that was used last, whatever its variable is called; where
        there is none, on a new one, `project`.
        """
        if cell is not None:
            return self._project().say(self._filled(f"{line}\n{cell}".strip()))
        words = _words(line)
        if not words:
            print(inspect.getdoc(type(self).nemo))
            return None
        if words[0] in _COMMANDS and _fits(words):
            return _COMMANDS[words[0]](self._project(), [self._filled(word) for word in words[1:]])
        return self._project().say(self._filled(line))

    def _project(self) -> Project:
        variables = self._shell().user_ns
        held = [project for value in list(variables.values()) if (project := _project_of(value))]
        if not held:
            held = [connect()]
            variables["project"] = held[0]
        return max(held, key=lambda project: project.used)

    def _filled(self, text: str) -> str:
        """The text with `{name}`, `{name.attribute}` and `{name:format}` filled in; other braces stay."""
        variables = self._shell().user_ns

        def value(found: re.Match[str]) -> str:
            try:
                return Formatter().vformat(found[0], (), variables)
            except Exception:  # whatever a variable's own code may raise
                return found[0]

        return _FIELD.sub(value, text)

    def _shell(self) -> InteractiveShell:
        assert isinstance(self.shell, InteractiveShell)  # noqa: S101 - a registered magic has one
        return self.shell


def _project_of(value: Any) -> Project | None:
    """A project, or that of a widget. One that is closed can't be worked on."""
    widgets = sys.modules.get("nemo_nb.widgets")  # where it isn't loaded, there is none
    kinds: Any = tuple(getattr(widgets, name) for name in widgets.__all__) if widgets else ()
    if isinstance(value, kinds):
        value = value.project
    return value if isinstance(value, Project) and not value.awaited.ended else None


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
        return not arguments or (len(arguments) == 1 and ("." in arguments[0] or "{" in arguments[0]))
    return name == "upload" or not arguments


_COMMANDS: dict[str, Callable[[Project, list[str]], Any]] = {
    "credits": lambda project, _: project.credits(),
    "export": lambda project, files: project.export(files[0] if files else None),
    "history": lambda project, _: [turn.text for turn in project.history if not turn.undone],
    "redo": lambda project, steps: project.redo(*map(int, steps)),
    "status": lambda project, _: str(project.status()),
    "timeline": lambda project, _: project.timeline,
    "undo": lambda project, steps: project.undo(*map(int, steps)),
    "upload": lambda project, files: project.upload(*files),
}

_complete = matcher(_COMMANDS)


def load_ipython_extension(ipython: InteractiveShell) -> None:
    """`%load_ext nemo_nb`.

    >>> from IPython.core.interactiveshell import InteractiveShell
    >>> shell = InteractiveShell()
    >>> shell.run_line_magic("load_ext", "nemo_nb")
    >>> "nemo" in shell.magics_manager.magics["cell"]
    True
    """
    ipython.register_magics(NemoMagics)
    ipython.Completer.custom_matchers.append(_complete)


def unload_ipython_extension(ipython: InteractiveShell) -> None:
    """`%unload_ext nemo_nb`.

    >>> from IPython.core.interactiveshell import InteractiveShell
    >>> shell = InteractiveShell()
    >>> nemo.load_ipython_extension(shell)
    >>> nemo.unload_ipython_extension(shell)
    >>> "nemo" in shell.magics_manager.magics["cell"]
    False
    """
    ipython.Completer.custom_matchers.remove(_complete)
    for kind in ("line", "cell"):
        ipython.magics_manager.magics[kind].pop("nemo", None)
