"""What a wish is not to touch: "fade the video out, but not the music", "leave b.mp4 as it is"."""

from __future__ import annotations

from dataclasses import replace

from ....language import Clause, Do, Filler, Join, Kind, Thing, When
from ..scene import Scene

_MEANT = (Thing.MUSIC, Thing.SOUND, Thing.TITLE, Thing.CAPTIONS, Thing.LOGO, Thing.CLIP, Thing.B_ROLL)


def kept_by(clause: Clause | None, scene: Scene) -> frozenset[str]:
    """The ids of the segments that the clause excepts from another one; none where it doesn't."""
    return frozenset() if clause is None or not _excepts(clause) else _meant(clause, scene)


def without_exception(clause: Clause, scene: Scene) -> tuple[Clause, frozenset[str]]:
    """ "mute everything except the music": the wish alone, and the ids of what it is not to touch.

    What is excepted from a cut is another matter: it is what stays.
    """
    at = next((n for n, token in enumerate(clause.tokens) if token.value is When.EXCEPT), 0)
    wish, rest = clause.tokens[:at], clause.tokens[at + 1 :]
    timed = any(token.kind in (Kind.TIME, Kind.PERCENT) for token in rest)
    if not wish or not rest or timed or clause.has(Do.CUT, Do.KEEP, Do.TRIM):
        return clause, frozenset()
    ids = _meant(replace(clause, tokens=rest), scene)
    if clause.tokens[at].text.lower().startswith(("every", "all", "any")):
        wish = (*wish, replace(clause.tokens[at], value=Thing.ALL))  # "everything but the video"
    return (replace(clause, tokens=wish), ids) if ids else (clause, ids)


def _meant(clause: Clause, scene: Scene) -> frozenset[str]:
    files = set(clause.values(Kind.FILE))
    chosen = {item.id for item in [*scene.chosen_clips(clause), *scene.named_covers(clause)]}
    chosen |= {item.id for item in scene.draft.segments if item.file in files}
    if chosen:
        return frozenset(chosen)
    kinds = {
        "music": scene.music,
        "text": scene.texts,
        "overlay": scene.overlays,
        "sound": scene.sounding,
        "clip": scene.clips,
    }
    return frozenset(item.id for item in kinds.get(scene.topic(clause) or "", ()))


def _excepts(clause: Clause) -> bool:
    """ "but not the music", "leave it as it is": a thing, and nothing to be done."""
    meant = [token for token in clause.tokens if token.value not in (Filler.WORD, Join.AND)]
    negated = bool(meant) and meant[0].value is Filler.NOT and meant[0].text.lower() in ("not", "不")
    if clause.has(Do.SPARE):
        return all(deed in (Do.SPARE, Do.KEEP) for deed in clause.of(Do))
    named = clause.has(*_MEANT) or bool(clause.values(Kind.FILE))
    return negated and named and not clause.of(Do)
