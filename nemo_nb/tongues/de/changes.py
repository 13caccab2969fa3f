"""What changed between two drafts, in German: the names of fields and values, and the sentences around them."""

from __future__ import annotations

FIELDS: dict[str, str] = {
    "text": "Text",
    "name": "Name",
    "volume": "Lautstärke",
    "muted": "stumm",
    "speed": "Geschwindigkeit",
    "fade_in_ms": "Ton eingeblendet",
    "fade_out_ms": "Ton ausgeblendet",
    "video_fade_in_ms": "Bild eingeblendet",
    "video_fade_out_ms": "Bild ausgeblendet",
    "loop": "in Schleife",
    "fit": "Einpassung",
    "position": "Position",
    "scale": "Größe",
    "opacity": "Deckkraft",
    "rotation": "Drehung",
    "flip": "gespiegelt",
    "filters": "Look",
    "style": "Stil",
    "crop": "Zuschnitt",
    "transition": "Übergang",
    "reverse": "rückwärts",
    "freeze": "eingefroren",
    "duck": "unter Sprache abgesenkt",
    "sound_tracks": "Tonspur",
    "at": "Platz auf der Zeitleiste",
    "source": "Ausschnitt der Datei",
    "canvas": "Bildformat",
    "fps": "Bildrate",
    "background": "Hintergrund",
    "total": "Gesamtlänge",
}

VALUES: dict[str, str] = {
    "flip.h": "seitlich", "flip.v": "auf den Kopf",
    "fit.contain": "ganz zu sehen", "fit.cover": "bildfüllend", "fit.blur": "mit unscharfen Rändern",
    "top-left": "oben links", "top-right": "oben rechts", "bottom-left": "unten links",
    "bottom-right": "unten rechts", "center": "mittig", "top": "oben", "bottom": "unten", "left": "links",
    "right": "rechts",
    "crossfade": "Überblendung", "dip-black": "Schwarzblende", "dip-white": "Weißblende", "circle": "Kreisblende",
    "wipe-left": "Wischblende nach links", "wipe-right": "Wischblende nach rechts",
    "wipe-up": "Wischblende nach oben", "wipe-down": "Wischblende nach unten",
    "slide-left": "Schiebeblende nach links", "slide-right": "Schiebeblende nach rechts",
    "slide-up": "Schiebeblende nach oben", "slide-down": "Schiebeblende nach unten",
    "grayscale": "schwarz-weiß", "sepia": "Sepia", "warm": "warm", "cool": "kühl", "cinematic": "Kinolook",
    "vintage": "Retro", "vivid": "kräftige Farben", "blur": "unscharf", "sharpen": "geschärft",
    "vignette": "Vignette", "brightness": "Helligkeit", "contrast": "Kontrast", "saturation": "Sättigung",
    "style.bold": "fett", "style.italic": "kursiv", "style.outline": "Kontur", "style.shadow": "Schatten",
    "style.background": "Hintergrund", "style.font_size": "Größe", "style.align": "Ausrichtung",
}  # fmt: skip

SENTENCES: dict[str, str] = {
    "of": "{subject}: {told}",
    "changed": "{field} {before} → {after}",
    "off": "nicht mehr {field}",
    "added": "{subject} hinzugefügt ({track}: {facts})",
    "described": "{subject} ({track}: {facts})",
    "removed": "{subject} entfernt ({at})",
    "part removed": "{at} herausgeschnitten",
    "part added": "{at} wieder da",
    "split": "geteilt bei {at}",
    "joined": "wieder in einem Stück",
    "box": "{width} x {height} des Bildes",
    "none": "ohne",
    "plain": "schlicht",
    "and": ", ",
}

SUMMARY: dict[str, str] = {
    "timeline": "Zeitleiste ({count}): {tracks}",
    "one": "1 Spur",
    "many": "{count} Spuren",
    "empty": "leer",
    "muted": "stumm",
}
