"""The widgets: an upload picker, a chat, the timeline, an export with its preview, and a studio of the four.

One widget is one module here, with a script and a style sheet of its name in the folder `page`: plain ES and CSS, no
build step. `base` is what they share in Python; `lasting` is what stays in the saved notebook when the kernel is gone.
"""

from .chat import ChatCell
from .export import ExportPreview
from .studio import Studio
from .timeline import TimelineTable
from .upload import UploadPicker

__all__ = ["ChatCell", "ExportPreview", "Studio", "TimelineTable", "UploadPicker"]
