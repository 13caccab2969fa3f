"""What the Tab key offers after `%nemo`: its commands, and files for those that take some.

Variables in braces need nothing of ours: IPython completes names anywhere.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from IPython.core.completer import CompletionContext, SimpleCompletion, SimpleMatcherResult, context_matcher

from ..media.formats import KIND

Matcher = Callable[[CompletionContext], SimpleMatcherResult]

_LINE = re.compile(r"(?:^|=)\s*%nemo\s+(.*)$")
_TAKE_FILES = ("upload", "export")
_MOST = 200


def matcher(commands: Iterable[str]) -> Matcher:
    """What goes into IPython's `custom_matchers`. `commands` are the words that may stand first."""
    first = sorted(commands)

    @context_matcher()  # type: ignore[untyped-decorator, unused-ignore]  # IPython 8 types it, IPython 9 does not
    def nemo(context: CompletionContext) -> SimpleMatcherResult:
        line = _LINE.search(context.text_until_cursor)
        if line is None:
            return _offer([], of="")
        command, space, rest = line[1].partition(" ")
        if not space:
            return _offer((name for name in first if name.startswith(command)), of=command)
        if command not in _TAKE_FILES:
            return _offer([], of="")
        word, quote = _last_word(rest)
        return _offer(_files(word, quote), of=word)

    return nemo  # type: ignore[no-any-return, unused-ignore]


def _offer(texts: Iterable[str], *, of: str) -> SimpleMatcherResult:
    """These in place of `of`, which is what has been typed; where there are any, no others beside them."""
    offered = [SimpleCompletion(text, type="nemo") for text in texts]
    return {"completions": offered, "matched_fragment": of, "suppress": bool(offered), "ordered": True}


def _last_word(text: str) -> tuple[str, str]:
    """The word that the text ends in, as it was typed, and the quote that is still open in it, if any."""
    start, quote, escaped = 0, "", False
    for place, character in enumerate(text):
        if escaped:
            escaped = False
        elif character == "\\" and quote != "'":
            escaped = True
        elif quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character.isspace():
            start = place + 1
    return text[start:], quote


def _files(word: str, quote: str) -> Iterator[str]:
    """The folders and media files that the word may become, quoted where they must be."""
    plain = _unquoted(word + quote)
    folder, slash, beginning = plain.rpartition("/")
    try:
        entries = sorted(
            Path(folder + slash or ".").expanduser().iterdir(), key=lambda entry: entry.name.lower()
        )
    except (OSError, RuntimeError):  # no such folder, or no such user
        return
    fitting = (entry for entry in entries if _fits(entry, beginning))
    for entry, _ in zip(fitting, range(_MOST), strict=False):
        path = folder + slash + entry.name
        yield _quoted_folder(path) if entry.is_dir() else shlex.quote(path)


def _fits(entry: Path, beginning: str) -> bool:
    hidden = entry.name.startswith(".") and not beginning.startswith(".")
    taken = entry.is_dir() or entry.suffix.lower().removeprefix(".") in KIND
    return taken and not hidden and entry.name.lower().startswith(beginning.lower())


def _quoted_folder(path: str) -> str:
    """With its quote left open: one goes on into it."""
    quoted = shlex.quote(path)
    return f"{quoted[:-1]}/" if quoted != path else f"{path}/"


def _unquoted(word: str) -> str:
    try:
        return (shlex.split(word) or [""])[0]
    except ValueError:
        return word
