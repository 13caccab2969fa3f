"""What is written instead: an example for each call of a project, and what to do where one looked for another name."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "__init__": "nemo.connect() opens a project, and aconnect() one that is awaited.",
    "apply": 'For example: project.apply([{"op": "mute", "segments": ["seg-1"]}]).',
    "batch": 'For example: project.batch({"a.mp4": "trim it to 5 s", "b.mp4": "mute it"}).',
    "copy": 'For example: project.copy("short version").',
    "draft_at": "project.history has the numbers of the turns; 0 is the beginning.",
    "export": 'For example: project.export("out.mp4", resolution="720p").',
    "filmstrip": 'For example: project.filmstrip("clip.mp4").',
    "plan": 'Describe the edit in a sentence: project.plan("mute the clip").',
    "preview": 'For example: project.preview(at="0:05"), or project.preview() for all of it.',
    "redo": "project.redo() makes the last step again, redo(2) the last two.",
    "rename": 'For example: project.rename("trailer").',
    "say": 'Describe the edit in a sentence: project.say("mute the clip"). Several are said one after the other.',
    "start": 'It takes what is awaited: project.start(project.awaited.say("mute the clip")).',
    "streams": 'For example: project.streams("clip.mp4").',
    "undo": "project.undo() takes back the last step, undo(2) the last two, undo(turn=3) that one alone.",
    "upload": 'For example: project.upload("clip.mp4", "lofi.mp3").',
    "watch": "It takes a function of one argument, the status.",
    "waveform": 'For example: project.waveform("lofi.mp3").',
}

# What these take is looked at where it is used, by those who can say more of it.
LOOKED_AT = ("focus", "operations")

_SAID = 'What is done to the video is said: project.say("{}").'
_VERBS = {
    "add_music": "add the music",
    "add_text": "put the title “Hello” at the start",
    "add_title": "put the title “Hello” at the start",
    "crop": "make it vertical",
    "cut": "cut the first 2 seconds",
    "fade": "fade out at the end",
    "mute": "mute the clip",
    "rotate": "turn it by 90 degrees",
    "speed": "make it twice as fast",
    "trim": "trim it to 5 seconds",
    "volume": "half the volume",
}
INSTEAD: Mapping[str, str] = {
    **{name: _SAID.format(sentence) for name, sentence in _VERBS.items()},
    **dict.fromkeys(("download", "render", "save"), 'The video is made by project.export("out.mp4").'),
    **dict.fromkeys(("play", "show"), "project.preview() shows the cut, project.export() makes the video."),
    **dict.fromkeys(("changes", "reply"), 'It is what say() gives: reply = project.say("mute the clip").'),
    **dict.fromkeys(("clips", "segments", "tracks"), "project.timeline is a table of them."),
    **dict.fromkeys(("duration", "length"), "project.draft.duration_ms is the length in ms."),
    **dict.fromkeys(("add", "load", "open"), 'Files are uploaded: project.upload("clip.mp4").'),
}
