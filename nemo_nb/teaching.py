"""Checks for teaching: what an exercise asks of an edit, and friendly words where it isn't there yet.

    nemo.expect(project).has_track("audio", under="Title").fades_out("tune.mp3", 3).lasts(20)

The first check that fails raises ExpectationFailed. With `grade=True` none does: all are counted, which is what a
grader needs. Nothing is asked of a backend but the draft, and of a draft nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from .draft import Draft, Segment, Track
from .draft.timecode import seconds as in_words
from .errors import ExpectationFailed, InvalidInput

if TYPE_CHECKING:
    from .project import Project

__all__ = ["Check", "Expectation", "expect"]

TYPES = {"video": 0, "audio": 1, "text": 7}
NEAR_S = 0.1  # what nobody hears or sees, and a frame or two


def expect(edit: Draft | Project, *, grade: bool = False) -> Expectation:
    """Look at an edit: checks can be chained, times are in seconds. `edit` is a draft, or a project.

    >>> nemo.expect(project).has_text("Urban Dreams", start=0).lasts(4)
    3 of 3 checks passed
    >>> nemo.expect(project, grade=True).has_track("audio").lasts(60).score
    0.5
    """
    draft = edit if isinstance(edit, Draft) else getattr(edit, "draft", None)
    if not isinstance(draft, Draft):
        raise InvalidInput(
            f"{type(edit).__name__} has no timeline to look at.", next_step="Give a project or a draft."
        )
    return Expectation(draft, grade=grade)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was asked, and what is there instead, "" where it holds."""

    asked: str
    instead: str = ""

    @property
    def passed(self) -> bool:
        return not self.instead


class Expectation:
    """Checks on one draft, and how they came out. True when all of them passed."""

    def __init__(self, draft: Draft, *, grade: bool = False) -> None:
        self.draft = draft
        self.checks: list[Check] = []
        self._grade = grade

    # ---- what can be asked ----------------------------------------------------------------------

    def has_track(self, kind: str, *, name: str | None = None, under: str | None = None) -> Expectation:
        """A track of that kind (video, audio, text), with that name, below the track `under`, each where given."""
        asked = (
            f"{_a(kind)} track"
            + (f" named {name!r}" if name else "")
            + (f" under {under!r}" if under else "")
        )
        if kind not in TYPES:
            raise InvalidInput(
                f"There is no kind of track {kind!r}.", next_step="It is video, audio or text."
            )
        tracks = [track for track in self._tracks() if track.type == TYPES[kind]]
        if not tracks:
            return self._note(asked, f"There is no {kind} track yet.")
        if name:
            tracks = [track for track in tracks if track.name.lower() == name.lower()]
            if not tracks:
                return self._note(asked, f"No {kind} track has that name.")
        if under:
            above = [track.index for track in self._tracks() if _goes_by(under, track)]
            if not above:
                return self._note(asked, f"There is no track or title {under!r} that it could be under.")
            if min(track.index for track in tracks) > max(above):
                return self._note(asked, f"It is there, but above {under!r}.")
        return self._note(asked)

    def has_text(
        self, text: str, *, start: float | None = None, duration: float | None = None
    ) -> Expectation:
        """A title with these words, in any case of letters; where given, at that time and for so long."""
        titles = [item for item in self.draft.segments if item.kind == "text"]
        found = [item for item in titles if text.lower() in item.text.lower()]
        asked = f"the text {text!r}"
        if not found:
            there = ", ".join(repr(item.text) for item in titles)
            return self._note(asked, f"The texts are {there}." if there else "There is no text yet.")
        self._note(asked)
        return self._timed(f"the text {text!r}", found[0], start, duration)

    def has_clip(
        self, file: str, *, start: float | None = None, duration: float | None = None
    ) -> Expectation:
        """Something of that file on the timeline; where given, at that time and for so long."""
        found = self._find(file, asked := f"something of {file!r}")
        if found is None:
            return self
        self._note(asked)
        return self._timed(file, found, start, duration)

    def has_segments(self, kind: str, count: int) -> Expectation:
        """So many pieces of a kind (video, image, audio, text)."""
        there = sum(item.kind == kind for item in self.draft.segments)
        return self._note(f"{count} pieces of {kind}", "" if there == count else f"There are {there}.")

    def lasts(self, seconds: float, *, within: float = NEAR_S) -> Expectation:
        """The whole edit is so long, give or take `within`."""
        near = abs(self.draft.duration_ms / 1000 - seconds) <= within
        return self._note(
            f"{seconds:g} s in all", "" if near else f"It lasts {in_words(self.draft.duration_ms)}."
        )

    def fades_in(self, what: str, seconds: float | None = None) -> Expectation:
        """A file, title or track fades in; where given, in so many seconds."""
        return self._fades(what, "in", seconds)

    def fades_out(self, what: str, seconds: float | None = None) -> Expectation:
        """A file, title or track fades out; where given, in so many seconds."""
        return self._fades(what, "out", seconds)

    def has_volume(self, what: str, volume: float, *, within: float = 0.02) -> Expectation:
        """A file or track plays at that volume: 1.0 is unchanged, 0 is muted."""

        def check(item: Segment, track: Track) -> str:
            there = 0.0 if track.muted or item.muted else item.volume
            return "" if abs(there - volume) <= within else f"Its volume is {there:.0%}."

        return self._of(what, f"{what!r} at a volume of {volume:.0%}", check)

    def same_edit_as(self, edit_hash: str) -> Expectation:
        """Exactly the edit with this fingerprint: `draft.edit_hash`, or `recipe.holds.edit_hash`."""
        same = self.draft.edit_hash == edit_hash
        return self._note(
            "exactly the same edit", "" if same else f"This one is another: {self.draft.summary()}."
        )

    # ---- how it came out ------------------------------------------------------------------------

    @property
    def score(self) -> float:
        """The share of checks that passed, from 0 to 1."""
        return sum(check.passed for check in self.checks) / len(self.checks) if self.checks else 0.0

    def __bool__(self) -> bool:
        return all(check.passed for check in self.checks)

    def __repr__(self) -> str:
        passed = sum(check.passed for check in self.checks)
        head = f"{passed} of {len(self.checks)} checks passed"
        return "\n".join(
            [head, *(f"- {item.asked}: {item.instead}" for item in self.checks if not item.passed)]
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<li>{'✓' if item.passed else '✗'} {escape(item.asked)} {escape(item.instead)}</li>"
            for item in self.checks
        )
        return f'<ul style="list-style: none">{rows}</ul>'

    # ---- looking --------------------------------------------------------------------------------

    def _note(self, asked: str, instead: str = "") -> Expectation:
        self.checks.append(Check(asked, instead))
        if instead and not self._grade:
            raise ExpectationFailed(f"Expected {asked}. {instead}", next_step=f"Now: {self.draft.summary()}.")
        return self

    def _tracks(self) -> list[Track]:
        return [track for track in self.draft.tracks if track.segments]

    def _find(self, what: str, asked: str) -> Segment | None:
        found = next(
            (item for track in self._tracks() for item in track.segments if _is(what, item, track)), None
        )
        if found is None:
            self._note(asked, f"There is no {what!r} on the timeline.")
        return found

    def _of(self, what: str, asked: str, check: Callable[[Segment, Track], str]) -> Expectation:
        found = self._find(what, asked)
        return self if found is None else self._note(asked, check(found, self.draft.tracks[found.track]))

    def _fades(self, what: str, side: str, seconds: float | None) -> Expectation:
        def check(item: Segment, _: Track) -> str:
            there = max(item.ms(f"fade_{side}_ms"), item.ms(f"video_fade_{side}_ms"))
            if not there:
                return f"It does not fade {side} yet."
            near = seconds is None or abs(there / 1000 - seconds) <= NEAR_S
            return "" if near else f"It fades {side} in {in_words(there)}."

        length = f" in {seconds:g} s" if seconds is not None else ""
        return self._of(what, f"{what!r} fading {side}{length}", check)

    def _timed(self, what: str, item: Segment, start: float | None, duration: float | None) -> Expectation:
        for asked, wanted, there in (
            ("starting at", start, item.start_ms),
            ("lasting", duration, item.duration_ms),
        ):
            if wanted is not None:
                near = abs(there / 1000 - wanted) <= NEAR_S
                self._note(f"{what} {asked} {wanted:g} s", "" if near else f"It is {in_words(there)}.")
        return self


def _goes_by(name: str, track: Track) -> bool:
    return track.name.lower() == name.lower() or any(_is(name, item, track) for item in track.segments)


def _is(what: str, item: Segment, track: Track) -> bool:
    """Whether that is how one would call it: by its file, name, words or track."""
    called = [item.file.lower(), item.file.rpartition(".")[0].lower(), item.name.lower(), item.text.lower()]
    return what.lower() in [*called, track.name.lower()]


def _a(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"
