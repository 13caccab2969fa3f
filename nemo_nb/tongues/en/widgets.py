"""What the widgets say, in English."""

from __future__ import annotations

# The labels of each widget's page; `common` are those that all of them have.
LABELS: dict[str, dict[str, str]] = {
    "common": {
        "waiting": (
            "Waiting for the kernel: a cell is running. If the kernel was restarted, run this cell again."
        ),
        "interrupt": "Interrupt that cell",
        "refused": "It can't be interrupted from here. Use the Kernel menu.",
        "stale": (
            "The page was reloaded: this works on, but the copy in the saved notebook is no longer "
            "refreshed. Run the cell again to refresh it."
        ),
        "dismiss": "Dismiss",
        "undo": "Undo",
        "redo": "Redo",
        "cancel": "Cancel",
        "retry": "Try again",
    },
    "chat": {
        "chat": "Chat about the edit",
        "you": "You",
        "nemo": "Editor",
        "problem": "Problem",
        "say": "Say what to change",
        "placeholder": "Say what to change, such as “cut the first 3 seconds”",
        "send": "Send",
        "stop": "Stop",
        "try": "Try saying",
        "earlier": "Undo back to here",
        "undone": "Undone.",
        "added": "Added",
        "changed": "Changed",
        "removed": "Removed",
    },
    "export": {
        "export": "Export",
        "format": "Format",
        "quality": "Quality",
        "resolution": "Size",
        "high": "High",
        "medium": "Medium",
        "low": "Low",
        "same": "As it is",
        "working": "Exporting {name}",
        "left": "{percent} · {time} left",
        "cancelled": "The export was cancelled. Nothing was written.",
        "download": "Download",
        "open": "Open in the browser",
        "loading": "Loading the video…",
        "video": "The exported video {name}",
        "nothing": "Upload a video first: then there is something to export.",
    },
    "studio": {
        "new": "Start new",
        "sure": "Begin an empty project? This one stays as it is.",
        "yes": "Begin",
        "studio": "Studio",
        "projects": "Projects",
        "none": "No project is stored yet.",
        "name": "Name",
        "notebook": "Notebook",
        "changed": "Changed",
        "length": "Length",
        "size": "Size",
        "actions": "What to do with it",
        "shown": "open",
        "open": "Open",
        "rename": "Rename",
        "copy": "Copy",
        "delete": "Delete",
        "forever": "Delete it with its uploads? It can't be brought back.",
    },
    "timeline": {
        "timeline": "Timeline",
        "empty": "Nothing is on the timeline yet. Upload a video, and it lands here.",
        "playhead": "Playhead",
        "zoom": "Zoom",
        "closer": "Zoom in",
        "farther": "Zoom out",
        "before": "To the cut before",
        "after": "To the next cut",
        "split": "Split at the playhead",
        "snapping": "Snapping",
        "table": "Segments",
        "track": "Track",
        "kind": "Kind",
        "name": "Name",
        "start": "Start",
        "end": "End",
        "length": "Length",
        "volume": "Volume",
        "video": "video",
        "image": "image",
        "audio": "audio",
        "text": "text",
        "percent": "Volume in percent",
        "words": "Text",
        "remove": "Delete",
        "muted": "muted",
        "speed": "speed {value}x",
        "fades": "fades {value}",
        "loop": "repeats",
        "frame": "The cut at {at}",
        "play": "Play",
        "repeat": "Repeat what is selected, or all",
        "mute": "Mute",
        "full_screen": "Full screen",
        "monitor": "The cut",
        "starting": "starting …",
        "no_codec": "This browser can't play the pieces of the cut. The export plays everywhere.",
        "no_play": "The browser didn't let it play. Press play again.",
        "choose": (
            "Click a segment to change it. Drag it to move it, drag an end to trim it. Keys: "
            "space plays, J K L go back, stop and go faster, S splits, N snaps, + and − zoom."
        ),
        "keys": (
            "Arrow keys choose, Alt with arrows moves, Shift and Alt with arrows trims the end, "
            "Delete removes, S splits at the playhead, space plays."
        ),
    },
    "upload": {
        "upload": "Upload files",
        "drop": "Drop files here",
        "or": "or",
        "choose": "choose files",
        "kinds": "Video, images and music, up to {limit} each",
        "url": "A URL, or a path on the server",
        "add": "Add",
        "sending": "{percent} · {speed}/s",
        "waiting_turn": "Waiting for its turn",
        "checking": "Placing it in the project…",
        "take_back": "Take it off the timeline",
        "captions": "Say “add captions from {name}”",
        "cancelled": "Cancelled",
        "clear": "Clear the list",
        "list": "Files",
        "unsupported": "{name} is not in a supported format.",
        "large": "{name} has {size}; the limit is {limit} a file.",
        "empty": "{name} is empty.",
        "formats": "Supported are {formats}.",
        "smaller": "Trim or compress it and upload it again.",
        "unreadable": "{name} can't be read any more.",
        "rechoose": "Choose it again.",
    },
}

# What the chat cell says by itself, and what its buttons stand for.
CHAT: dict[str, str] = {
    "greeting": (
        "Hello! Upload a video and say in plain words what to do with it: cut it, add music or a "
        "title, fade, mute, speed it up. Every change can be undone.\n\n*{backend}*"
    ),
    "back": "Welcome back: here is where you left off.",
    "thinking": "Thinking…",
    "tool": "Working: {name}…",
    "waiting": "⏳ Still working…",
    "gauge": "Exporting: {percent}",
    "stopped_made": "Stopped. The edit had been made already:",
    "stopped_not": "Stopped. The edit was not made.",
    "stopped_export": "Stopped. The export was cancelled; nothing was written.",
    "nothing": "There was nothing to undo.",
    "export": "Export",
    "show_tracks": "Show tracks",
    "credits": "Credits",
    "upload": "Upload",
    "undo": "Undo",
    "say export": "export the video",
    "say show_tracks": "show the tracks",
    "say credits": "how many credits do I have?",
    "say undo": "undo",
    "say upload": "upload",
}

# Sentences that a person could say next. They must be understood.
SUGGESTIONS: dict[str, str] = {
    "music": "add this background music to my video and fade it out at the end",
    "place": "put {name} on the timeline",
    "title": "add the title “My video” for the first 3 seconds",
    "shorten": "trim it to the first 10 seconds",
    "cut": "cut the first 2 seconds",
    "quieter": "set the music to 35%",
    "upright": "make it vertical for TikTok",
    "export": "export it",
}

# Edits by hand as sentences, for a backend that can only be talked to. They must be understood.
BY_HAND: dict[str, str] = {
    "volume": "set the volume of {name} to {percent}",
    "text": "change the text {name} to {text}",
    "move": "move {name} to {start}",
    "length": "let {name} end at {end}",
    "delete": "delete {name}",
    "cut": "cut out everything from {start} to {end}",
    "order": "put the clips into this order: {names}",
}
