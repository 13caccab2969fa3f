"""What changed between two drafts, in English: the names of fields and values, and the sentences around them."""

from __future__ import annotations

FIELDS: dict[str, str] = {
    "text": "text",
    "name": "name",
    "volume": "volume",
    "muted": "muted",
    "speed": "speed",
    "fade_in_ms": "sound fade-in",
    "fade_out_ms": "sound fade-out",
    "video_fade_in_ms": "picture fade-in",
    "video_fade_out_ms": "picture fade-out",
    "loop": "looped",
    "fit": "fit",
    "position": "position",
    "scale": "scale",
    "opacity": "opacity",
    "rotation": "rotation",
    "flip": "mirrored",
    "filters": "look",
    "style": "style",
    "crop": "crop",
    "transition": "transition",
    "reverse": "reversed",
    "freeze": "frozen",
    "duck": "lowered under speech",
    "sound_tracks": "sound track",
    "at": "place on the timeline",
    "source": "part of the file",
    "canvas": "canvas",
    "fps": "frame rate",
    "background": "background",
    "total": "total length",
}

# Where a value has another name than in the draft; what two fields share by name is told apart by the field.
VALUES: dict[str, str] = {
    "flip.h": "left to right",
    "flip.v": "top to bottom",
    "fit.contain": "all of it shown",
    "fit.cover": "frame filled",
    "fit.blur": "blurred borders",
    "style.no shadow": "no shadow",
    "style.font_size": "size",
}

SENTENCES: dict[str, str] = {
    "of": "{subject}: {told}",
    "changed": "{field} {before} → {after}",
    "off": "no longer {field}",
    "added": "added {subject} ({track}: {facts})",
    "described": "{subject} ({track}: {facts})",
    "removed": "removed {subject} ({at})",
    "part removed": "cut out {at}",
    "part added": "{at} is back",
    "split": "split at {at}",
    "joined": "in one piece again",
    "box": "{width} x {height} of the picture",
    "none": "none",
    "plain": "plain",
    "and": ", ",
}

# The line that sums up a timeline, and the heads of its table.
SUMMARY: dict[str, str] = {
    "timeline": "Timeline ({count}): {tracks}",
    "one": "1 track",
    "many": "{count} tracks",
    "empty": "empty",
    "muted": "muted",
}
