"""What a wish is not to touch: "fade the video out, but not the music"."""

from __future__ import annotations

from ....language import Clause, Do, Filler, Join, Kind, Thing
from ..scene import Scene

_ALONE = ("alone", "untouched", "unchanged", "intact", "不动", "不变")  # "leave the music alone"
_MEANT = (Thing.MUSIC, Thing.SOUND, Thing.TITLE, Thing.CAPTIONS, Thing.LOGO, Thing.CLIP)


def spared(clause: Clause, scene: Scene) -> bool:
    """The exception itself is no wish: `kept_by` has seen to it while the wish before it was planned."""
    return bool(scene.operations) and _excepts(clause)


def kept_by(clause: Clause | None, scene: Scene) -> frozenset[str]:
    """The ids of the segments that the clause excepts from the one before it; none where it doesn't."""
    if clause is None or not _excepts(clause):
        return frozenset()
    if clause.has(Thing.CLIP) or clause.values(Kind.FILE):
        meant = {item.id for item in scene.chosen_clips(clause)}
        files = set(clause.values(Kind.FILE))
        return frozenset(meant | {item.id for item in scene.draft.segments if item.file in files})
    kinds = {"music": scene.music, "text": scene.texts, "overlay": scene.overlays, "sound": scene.sounding}
    return frozenset(item.id for item in kinds.get(scene.topic(clause) or "", ()))


def _excepts(clause: Clause) -> bool:
    """ "but not the music", "leave the music alone": a thing that nothing is to be done to."""
    meant = [token for token in clause.tokens if token.value not in (Filler.WORD, Join.AND)]
    if clause.has(Do.KEEP) and any(token.text.lower() in _ALONE for token in meant):
        return clause.has(*_MEANT, Thing.VIDEO) or bool(clause.values(Kind.FILE))
    negated = bool(meant) and meant[0].value is Filler.NOT and meant[0].text.lower() in ("not", "不")
    named = clause.has(*_MEANT) or bool(clause.values(Kind.FILE))
    return negated and named and not clause.of(Do)
