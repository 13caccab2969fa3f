"""What the client says in German, and German words that decide where a message or a reply belongs."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    "silent_changed": "Erledigt:",
    "silent_unchanged": (
        "Das Backend hat nicht geantwortet, und auf der Zeitleiste hat sich nichts geändert. Sag es anders."
    ),
    "cut_connection": "Die Verbindung ist abgebrochen",
    "cut_failed": "Das Backend ist dabei gescheitert",
    "cut_server": "Das Backend ist dabei gescheitert",
    "cut_idle": "Das Backend hat zu lange nichts gesagt",
    "cut_total": "Das Backend kam zu keinem Ende",
    "cut_unfinished": "Die Antwort ist abgebrochen",
    "cut_large": "Die Antwort war zu groß",
    "cut_changed": "{cut}, aber die Änderung ist gemacht:",
    "cut_unchanged": (
        "{cut}, und die Zeitleiste hat sich seither nicht geändert. Es wurde nicht noch einmal gesendet; "
        "sag es noch einmal, wenn du es noch willst."
    ),
    "unknown": (
        "Ob die Änderung gemacht ist, lässt sich das Backend gerade nicht fragen. "
        "Sieh in project.timeline nach, bevor du es noch einmal sagst."
    ),
    "stopped": "Angehalten.",
    "stopped_made": "Angehalten, aber die Änderung ist gemacht:",
    "stopped_not": "Angehalten, bevor sich etwas geändert hat.",
    "fault": "Das Backend hat ein Problem gemeldet: {message}",
    "credits": (
        "{available:g} Credits verfügbar (insgesamt {total:g}, {frozen:g} reserviert). Exporte sind kostenlos."
    ),
    "exported": "{name} exportiert: {length}, {size}.",
    "uploaded": "{names} hochgeladen.",
    "upload_what": 'Welche Datei? Sag „lade clip.mp4 hoch“, oder rufe project.upload("clip.mp4") auf.',
    "still_working": "⏳ Noch dabei …",
    "say_next": "Als Nächstes zum Beispiel:",
}

SHAPE = "ändere das Bildformat auf {shape}"
NAMING = r"\b(?:als|unter|namens|nenne? (?:es|sie|das|ihn|die datei|das video)|heißt|mit dem namen)$"
UPLOADED = r"geladen(?:e[nrms]?)?$"

PAGE = (
    r"^\W*(?:und |dann |oder |jetzt |zum schluss |bitte |um [\w ]{1,40}, )*"
    r"(?:du kannst |sie können |dazu |danach |anschließend )*"
    r"(?:klick(?:e|en)?\b|tipp(?:e|en)? auf|drück(?:e|en)?\b[^.]*\b(?:knopf|button|schaltfläche)|zieh(?:e|en)?\b"
    r"|öffn(?:e|en)\b[^.]*\b(?:zeitleiste|timeline|editor|menü|seite|projekt)|geh(?:e|en)? (?:zu|zur|zum|auf)\b)"
    r"|^\W*um [\w ]{1,40}(?:herunterzuladen|hochzuladen|anzusehen|zu exportieren|zu speichern|zu sehen)\b"
    r"|\b(?:in der|auf der) (?:zeitleiste|timeline)[\w ]{0,20} (?:ansehen|anschauen|prüfen)"
)
PAGE_JOINT = r"(?<=\s)(?:und|dann|oder)\s+(?=(?:du kannst |dann )*(?:klick|tipp|drück|öffne|zieh))"
PAGE_MEANS: dict[str, str] = {
    "export": "export|herunterladen|download|rendern",
    "credits": "konto|guthaben|abrechnung|aufladen",
    "undo": "rückgängig",
    "say": r"\bzieh",
    "upload": "hochladen|importieren",
    "show_tracks": "zeitleiste|spur|vorschau|projekt|editor",
}
