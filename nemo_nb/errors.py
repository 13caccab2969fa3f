"""Every error this package raises on purpose.

    NemoError
    ├── InvalidInput            a call was made with something that cannot work
    │   ├── WrongCall           arguments that the call doesn't take
    │   ├── MissingFile         no file at that path
    │   └── AlreadyThere        a file at that path that must not be replaced unasked
    ├── NoSuchName              an attribute that isn't there
    ├── ProjectClosed           the project was closed, or deleted
    ├── MediaError              a file that cannot be taken
    │   ├── UnsupportedFile     4001  not one of the formats
    │   ├── FileTooLarge        4002  over 500 MB
    │   └── BrokenMedia         4003  empty, truncated or not what its name says
    ├── DraftError              4200  a draft or an operation that is not valid
    │   ├── OutOfDate           4201  it was meant for a draft that has changed since
    │   └── LaterStepInTheWay         an earlier turn that can't be taken back alone
    ├── RecipeError             4300  a recipe that is not valid, or cannot be made again here
    ├── ExpectationFailed       a check of `nemo.expect` that the draft does not meet
    ├── ExportError
    │   ├── NothingToExport     4100  no track has a segment
    │   ├── ExportFailed        4101  the render ended in an error
    │   ├── ExportCancelled     4102  somebody cancelled it
    │   └── NoSpaceLeft         4103  the disk is full
    ├── BackendError            the backend refused, or could not be asked
    │   ├── Unreachable         no connection
    │   ├── TimedOut            the backend did not answer in time
    │   │   ├── ConnectTimedOut     it could not be reached in time: nothing was sent
    │   │   ├── ReadTimedOut        it was asked, and sent nothing for too long
    │   │   ├── IdleTimedOut        it sent nothing but heartbeats for too long
    │   │   └── TotalTimedOut       it answered, and never came to an end
    │   ├── SignInFailed        1001  token bad or expired
    │   ├── SessionNotFound     1002  the session is unknown there
    │   ├── NoCredits           2001
    │   ├── PlanRequired        402   the plan does not allow this export
    │   ├── RateLimited         429
    │   ├── TurnFailed          the conversation itself reported an error
    │   └── NotSupportedByBackend     the plain protocol has no call for it
    ├── HomeNotWritable         the folder of tokens and journals can't be used
    ├── HomeFromLater           that folder was written by a later version of this package
    └── RunnerError             a blocking call where it would wait for itself

The numbers are the protocol's; 4003 to 4300 are the embedded engine's own. Each error says what
happened and, in `next_step`, what to do about it. None ever holds a token.

>>> try:
...     project.upload("nowhere.mp4")
... except nemo.errors.MissingFile as error:
...     print(error.next_step)
Check the path; it is relative to the folder that this runs in.
"""

from __future__ import annotations

import linecache
import sys
import traceback
from types import TracebackType
from typing import Any, ClassVar

__all__ = [
    "AlreadyThere",
    "BackendError",
    "BrokenMedia",
    "ConnectTimedOut",
    "DraftError",
    "ExpectationFailed",
    "ExportCancelled",
    "ExportError",
    "ExportFailed",
    "FileTooLarge",
    "HomeFromLater",
    "HomeNotWritable",
    "IdleTimedOut",
    "InvalidInput",
    "LaterStepInTheWay",
    "MediaError",
    "MissingFile",
    "NemoError",
    "NoCredits",
    "NoSpaceLeft",
    "NoSuchName",
    "NotSupportedByBackend",
    "NothingToExport",
    "OutOfDate",
    "PlanRequired",
    "ProjectClosed",
    "RateLimited",
    "ReadTimedOut",
    "RecipeError",
    "RunnerError",
    "SessionNotFound",
    "SignInFailed",
    "TimedOut",
    "TotalTimedOut",
    "TurnFailed",
    "Unreachable",
    "UnsupportedFile",
    "WrongCall",
]


class NemoError(Exception):
    """The base of all of them.

    `code` is the protocol's number where there is one, else `None`; `next_step` is one sentence.

    >>> try:
    ...     project.preview(at="soon")
    ... except nemo.NemoError as error:
    ...     print(error.what)
    'soon' is no time.
    """

    code: ClassVar[int | None] = None
    default_step: ClassVar[str] = ""

    def __init__(self, what: str, *, next_step: str | None = None) -> None:
        self.what = _whole(what)
        self.next_step = _whole(self.default_step if next_step is None else next_step)
        super().__init__(f"{self.what} {self.next_step}".strip())

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_again, (type(self), self.what, self.next_step)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it: the sentence, the next step, and the line of the user's that led to it.

        After `%xmode Verbose` the whole trace, as of other errors.
        """
        if (whole := _whole_trace(self)) is not None:
            return whole
        lines = [f"{type(self).__name__}: {self.what}"]
        if self.next_step:
            lines.append(f"→ {self.next_step}")
        number, line = _users_line(self.__traceback__)
        if line:
            lines += ["", f"line {number}: {line}"]
        return lines


def _users_line(trace: TracebackType | None) -> tuple[int, str]:
    """The last line before it went into this package: its number and text."""
    found = (0, "")
    for frame, number in traceback.walk_tb(trace):
        if frame.f_globals.get("__name__", "").partition(".")[0] == __package__:
            break
        found = number, linecache.getline(frame.f_code.co_filename, number).strip()
    return found


def _whole_trace(error: NemoError) -> list[str] | None:
    """All of it, where the user of IPython has asked for that."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    drawing: Any = getattr(shell, "InteractiveTB", None)
    if getattr(drawing, "mode", "") != "Verbose":
        return None
    drawn: list[str] = drawing.structured_traceback(type(error), error, error.__traceback__, tb_offset=1)
    return drawn


def _whole(text: str) -> str:
    """Without half a character, as a file's name may hold one: no notebook could show it."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _made_again(kind: type[NemoError], what: str, next_step: str) -> NemoError:
    return kind(what, next_step=next_step)


class InvalidInput(NemoError, ValueError):
    code = 4000


class WrongCall(InvalidInput, TypeError):
    pass


class MissingFile(InvalidInput, FileNotFoundError):
    default_step = "Check the path; it is relative to the folder that this runs in."


class AlreadyThere(InvalidInput, FileExistsError):
    default_step = "Name another, or say overwrite=True."


class NoSuchName(NemoError, AttributeError):
    pass


class ProjectClosed(NemoError):
    default_step = "nemo.projects() lists what there is to open."


class MediaError(NemoError):
    pass


class UnsupportedFile(MediaError):
    code = 4001
    default_step = "Convert it to MP4, JPEG or MP3, for example, and upload it again."


class FileTooLarge(MediaError):
    code = 4002
    default_step = "Trim or compress it and upload it again."


class BrokenMedia(MediaError):
    code = 4003
    default_step = "Open it in a player to see whether it is whole, export or copy it anew, and upload that."


class DraftError(NemoError, ValueError):
    code = 4200
    default_step = "Look at project.timeline for what there is, and say or write it to fit."


class OutOfDate(DraftError):
    code = 4201
    default_step = "Look at the edit as it is now, and make it anew for that."


class LaterStepInTheWay(DraftError):
    """An earlier turn can't be taken back alone: `turn` is the later one that builds on it."""

    turn: int = 0


class RecipeError(NemoError):
    code = 4300


class ExpectationFailed(NemoError, AssertionError):
    pass


class ExportError(NemoError):
    pass


class NothingToExport(ExportError):
    code = 4100
    default_step = "Upload a video first, or say what should be on the timeline."


class ExportFailed(ExportError):
    code = 4101
    default_step = "Export again; the edit is safe."


class ExportCancelled(ExportError):
    code = 4102
    default_step = "Nothing was written. Call export() again when you want it."


class NoSpaceLeft(ExportError):
    code = 4103
    default_step = "Free some disk space and try again; the edit is safe."


class BackendError(NemoError):
    default_step = "Look at project.status() for what holds now, and try again in a while."


class Unreachable(BackendError):
    default_step = "Check the network and NEMO_API_URL, or use the embedded engine: connect() without either."


class TimedOut(BackendError):
    default_step = "Look at project.status() before you send it again: the edit may have been made."


class ConnectTimedOut(TimedOut):
    default_step = "Nothing was sent. Check the network and NEMO_API_URL, and try again."


class ReadTimedOut(TimedOut):
    pass


class IdleTimedOut(TimedOut):
    pass


class TotalTimedOut(TimedOut):
    pass


class SignInFailed(BackendError):
    code = 1001
    default_step = "Set NEMO_TOKEN to a valid token, or unset it to get a new anonymous one."


class SessionNotFound(BackendError):
    code = 1002
    default_step = "nemo.projects() lists what there is; nemo.connect() begins another one."


class NoCredits(BackendError):
    code = 2001
    default_step = "Top up credits in your account, or register if you have none."


class PlanRequired(BackendError):
    code = 402
    default_step = "Register or upgrade your plan to unlock export."


class RateLimited(BackendError):
    code = 429
    default_step = "Wait a minute and try again."


class TurnFailed(BackendError):
    default_step = "Look at project.timeline to see what holds now, then say it again in other words."


class NotSupportedByBackend(BackendError):
    default_step = "Use the embedded engine for this: connect() without NEMO_API_URL and NEMO_TOKEN."


class HomeNotWritable(NemoError, OSError):
    default_step = "Set NEMO_NB_HOME to a folder that you can write to, and restart the kernel."


class HomeFromLater(NemoError):
    default_step = "Update nemo_nb, or set NEMO_NB_HOME to another folder. Nothing in it was changed."


class RunnerError(NemoError, RuntimeError):
    default_step = "Use AsyncProject there: aproject = await nemo.aconnect()."
