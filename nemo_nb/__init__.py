"""Edit video by talking, inside a notebook.

    import nemo_nb as nemo

    project = nemo.connect()
    project.upload("clip.mp4", "lofi.mp3")
    project.say("add this background music to my video and fade it out at the end")
    project.timeline
    project.export("out.mp4")

Names are loaded when they are first used: the import itself costs little, and starts nothing.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME_OF = {
    "AsyncExport": "project",
    "AsyncProject": "project",
    "Change": "draft",
    "ChatCell": "widgets",
    "Draft": "draft",
    "DraftChanged": "chat.reply",
    "Export": "project",
    "ExportPreview": "widgets",
    "NemoError": "errors",
    "Note": "chat.reply",
    "Project": "project",
    "Recipe": "recipes",
    "Reply": "chat.reply",
    "Studio": "widgets",
    "TextDelta": "client.events",
    "TimelineTable": "widgets",
    "ToolFinished": "client.events",
    "ToolStarted": "client.events",
    "TurnEnded": "chat.reply",
    "UploadPicker": "widgets",
    "Waiting": "client.events",
    "aconnect": "connection",
    "connect": "connection",
    "expect": "teaching",
    "load_ipython_extension": "magics",
    "make_samples": "samples",
    "projects": "connection",
    "unload_ipython_extension": "magics",
}

# Looked for here by those who have no project yet.
_OF_A_PROJECT = {
    name: f"A project has it: project = nemo.connect(), then project.{name}."
    for name in ("apply", "batch", "export", "preview", "say", "timeline", "undo", "upload")
}

__all__ = sorted([*_HOME_OF, "__version__", "errors"])


def __getattr__(name):  # type: ignore[no-untyped-def]  # typed in __init__.pyi
    if name == "errors":
        return import_module(".errors", __name__)
    if name not in _HOME_OF:
        raise _no_such_name(name)
    return getattr(import_module(f".{_HOME_OF[name]}", __name__), name)


def _no_such_name(name):  # type: ignore[no-untyped-def]
    if name.startswith("_"):
        return AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .misuse import no_such_name

    return no_such_name(name, "nemo_nb", __all__, _OF_A_PROJECT)


def __dir__():  # type: ignore[no-untyped-def]
    return __all__
