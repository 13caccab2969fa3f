"""What the widgets say, in German."""

from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "common": {
        "waiting": (
            "Warten auf den Kernel: Eine Zelle läuft. Wurde der Kernel neu gestartet, führe diese Zelle noch "
            "einmal aus."
        ),
        "interrupt": "Diese Zelle unterbrechen",
        "refused": "Von hier aus lässt sie sich nicht unterbrechen. Nimm das Kernel-Menü.",
        "stale": (
            "Die Seite wurde neu geladen: Hier geht es weiter, aber die Kopie im gespeicherten Notebook wird "
            "nicht mehr "
            "erneuert. Führe die Zelle noch einmal aus, um sie zu erneuern."
        ),
        "dismiss": "Schließen",
        "undo": "Rückgängig",
        "redo": "Wiederherstellen",
        "cancel": "Abbrechen",
        "retry": "Noch einmal",
    },
    "chat": {
        "chat": "Über den Schnitt sprechen",
        "you": "Du",
        "nemo": "Cutter",
        "problem": "Problem",
        "say": "Sag, was sich ändern soll",
        "placeholder": "Sag, was sich ändern soll, etwa „schneide die ersten 3 Sekunden weg“",
        "send": "Senden",
        "stop": "Anhalten",
        "try": "Probier zum Beispiel",
        "earlier": "Bis hierher rückgängig machen",
        "undone": "Rückgängig gemacht.",
        "added": "Hinzugefügt",
        "changed": "Geändert",
        "removed": "Entfernt",
    },
    "export": {
        "export": "Exportieren",
        "format": "Format",
        "quality": "Qualität",
        "resolution": "Größe",
        "high": "Hoch",
        "medium": "Mittel",
        "low": "Niedrig",
        "same": "Wie es ist",
        "working": "{name} wird exportiert",
        "left": "{percent} · noch {time}",
        "cancelled": "Der Export wurde abgebrochen. Es wurde nichts geschrieben.",
        "download": "Herunterladen",
        "open": "Im Browser öffnen",
        "loading": "Das Video wird geladen …",
        "video": "Das exportierte Video {name}",
        "nothing": "Lade zuerst ein Video hoch, dann gibt es etwas zu exportieren.",
    },
    "studio": {
        "new": "Neu beginnen",
        "sure": "Ein leeres Projekt beginnen? Dieses bleibt, wie es ist.",
        "yes": "Beginnen",
        "studio": "Studio",
        "projects": "Projekte",
        "none": "Noch ist kein Projekt gespeichert.",
        "name": "Name",
        "notebook": "Notebook",
        "changed": "Geändert",
        "length": "Länge",
        "size": "Größe",
        "actions": "Was damit geschehen soll",
        "shown": "offen",
        "open": "Öffnen",
        "rename": "Umbenennen",
        "copy": "Kopieren",
        "delete": "Löschen",
        "forever": "Mit allem Hochgeladenen löschen? Es lässt sich nicht zurückholen.",
    },
    "timeline": {
        "timeline": "Zeitleiste",
        "empty": "Auf der Zeitleiste liegt noch nichts. Lade ein Video hoch, dann erscheint es hier.",
        "playhead": "Abspielkopf",
        "zoom": "Zoom",
        "closer": "Hineinzoomen",
        "farther": "Herauszoomen",
        "before": "Zum vorigen Schnitt",
        "after": "Zum nächsten Schnitt",
        "split": "Am Abspielkopf teilen",
        "snapping": "Einrasten",
        "table": "Segmente",
        "track": "Spur",
        "kind": "Art",
        "name": "Name",
        "start": "Anfang",
        "end": "Ende",
        "length": "Länge",
        "volume": "Lautstärke",
        "video": "Video",
        "image": "Bild",
        "audio": "Ton",
        "text": "Text",
        "percent": "Lautstärke in Prozent",
        "words": "Text",
        "remove": "Löschen",
        "muted": "stumm",
        "speed": "Tempo {value}x",
        "fades": "Blenden {value}",
        "loop": "wiederholt sich",
        "frame": "Das Bild bei {at}",
        "play": "Abspielen",
        "repeat": "Auswahl oder alles wiederholen",
        "mute": "Stumm",
        "full_screen": "Vollbild",
        "monitor": "Der Schnitt",
        "starting": "beginnt …",
        "no_codec": "Dieser Browser kann die Stücke des Schnitts nicht abspielen. Der Export läuft überall.",
        "no_play": "Der Browser ließ es nicht abspielen. Drück noch einmal auf Abspielen.",
        "choose": (
            "Klicke auf ein Segment, um es zu ändern. Ziehen verschiebt es, Ziehen an einem Ende kürzt es. "
            "Tasten: Leertaste spielt ab, J K L: zurück, Halt, schneller, S teilt, N schaltet das Einrasten, + und − "
            "zoomen."
        ),
        "keys": (
            "Pfeiltasten wählen aus, Alt mit Pfeiltasten verschiebt, Umschalt und Alt mit Pfeiltasten kürzt "
            "das Ende, "
            "Entf löscht, S teilt am Abspielkopf, die Leertaste spielt ab."
        ),
    },
    "upload": {
        "upload": "Dateien hochladen",
        "drop": "Dateien hierher ziehen",
        "or": "oder",
        "choose": "Dateien auswählen",
        "kinds": "Video, Bilder und Musik, je bis {limit}",
        "url": "Eine URL oder ein Pfad auf dem Server",
        "add": "Hinzufügen",
        "sending": "{percent} · {speed}/s",
        "waiting_turn": "Wartet, bis es dran ist",
        "checking": "Kommt ins Projekt …",
        "take_back": "Von der Timeline nehmen",
        "captions": "Sag „füge Untertitel aus {name} hinzu“",
        "cancelled": "Abgebrochen",
        "clear": "Liste leeren",
        "list": "Dateien",
        "unsupported": "{name} hat kein unterstütztes Format.",
        "large": "{name} hat {size}; erlaubt sind {limit} je Datei.",
        "empty": "{name} ist leer.",
        "formats": "Unterstützt werden {formats}.",
        "smaller": "Kürze oder komprimiere die Datei und lade sie noch einmal hoch.",
        "unreadable": "{name} lässt sich nicht mehr lesen.",
        "rechoose": "Wähle die Datei noch einmal aus.",
    },
}

CHAT: dict[str, str] = {
    "greeting": (
        "Hallo! Lade ein Video hoch und sag in einfachen Worten, was damit geschehen soll: schneiden, Musik "
        "oder einen "
        "Titel dazu, blenden, stummschalten, beschleunigen. Jede Änderung lässt sich rückgängig machen."
        "\n\n*{backend}*"
    ),
    "back": "Willkommen zurück: Hier geht es weiter.",
    "thinking": "Einen Moment …",
    "tool": "In Arbeit: {name} …",
    "waiting": "⏳ Noch dabei …",
    "gauge": "Export: {percent}",
    "stopped_made": "Angehalten. Die Änderung war schon gemacht:",
    "stopped_not": "Angehalten. Es wurde nichts geändert.",
    "stopped_export": "Angehalten. Der Export wurde abgebrochen; es wurde nichts geschrieben.",
    "nothing": "Es gab nichts rückgängig zu machen.",
    "export": "Exportieren",
    "show_tracks": "Spuren zeigen",
    "credits": "Guthaben",
    "upload": "Hochladen",
    "undo": "Rückgängig",
    "say export": "exportiere das Video",
    "say show_tracks": "zeige die Spuren",
    "say credits": "wie viel Guthaben habe ich?",
    "say undo": "rückgängig",
    "say upload": "hochladen",
}

SUGGESTIONS: dict[str, str] = {
    "music": "füge diese Hintergrundmusik hinzu und blende sie am Ende aus",
    "place": "setze {name} auf die Zeitleiste",
    "title": "füge für die ersten 3 Sekunden den Titel „Mein Video“ hinzu",
    "shorten": "kürze es auf die ersten 10 Sekunden",
    "cut": "schneide die ersten 2 Sekunden weg",
    "quieter": "Musik auf 35 %",
    "upright": "mach es hochkant für TikTok",
    "export": "exportieren",
}

BY_HAND: dict[str, str] = {
    "volume": "setze die Lautstärke von {name} auf {percent}",
    "text": "ändere den Text {name} in {text}",
    "move": "verschiebe {name} auf {start}",
    "length": "lass {name} bei {end} enden",
    "delete": "lösche {name}",
    "cut": "schneide alles von {start} bis {end} weg",
    "order": "bringe die Clips in diese Reihenfolge: {names}",
}
