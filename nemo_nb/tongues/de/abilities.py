"""What can be said, in German: each family of edits with its name and examples that work."""

from __future__ import annotations

WORDS = "Wörter"

TITLES: dict[str, str] = {
    "cut": "Schneiden und behalten",
    "order": "Teilen, ordnen, wiederholen",
    "speed": "Geschwindigkeit",
    "sound": "Musik und Ton",
    "titles": "Titel und Untertitel",
    "pictures": "Bilder und Logos",
    "b_roll": "B-Roll",
    "look": "Look",
    "transitions": "Übergänge und Blenden",
    "shape": "Bildformat",
    "steps": "Schritte, Fragen, Export",
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "cut": (
        "schneide die ersten 3 Sekunden weg",
        "behalte 0:02 bis 0:08",
        "entferne die Pausen",
    ),
    "order": (
        "teile es bei 0:04",
        "verschiebe den letzten Clip an den Anfang",
        "füge c.mp4 bei 0:02 ein",
    ),
    "speed": (
        "spiele es doppelt so schnell ab",
        "friere das Bild bei 0:03 für 2 Sekunden ein",
        "spiele es rückwärts ab",
    ),
    "sound": (
        "füge diese Musik mit 30 % hinzu",
        "blende die Musik am Ende aus",
        "schalte 0:02 bis 0:04 stumm",
        "normalisiere auf -14 LUFS",
    ),
    "titles": (
        "füge den Titel „Hallo“ für 3 Sekunden hinzu",
        "Untertitel „schau mal“ von 0:02 bis 0:05",
        "mach den Titel rot und fett",
    ),
    "pictures": (
        "mach aus diesen Fotos eine Diashow, je 2 Sekunden",
        "setze das Logo oben rechts mit 40 % Deckkraft",
    ),
    "b_roll": (
        "nimm c.mp4 als B-Roll von 0:02 bis 0:05",
        "entferne die B-Roll",
    ),
    "look": (
        "mach es schwarz-weiß",
        "20 % heller",
        "drehe es um 90 Grad",
    ),
    "transitions": (
        "überblende alle Clips",
        "blende am Ende in 2 Sekunden ins Schwarze",
    ),
    "shape": (
        "mach es hochkant für TikTok",
        "16:9 mit unscharfem Hintergrund",
    ),
    "steps": (
        "rückgängig",
        "wie lang ist es?",
        "exportiere als 720p",
    ),
}
