"""The widgets: an upload picker, a chat, the timeline, an export with its preview, and a studio of the four.

One widget is one module here with a script and a style sheet of the same name. `base` is what they share in Python,
`_common.js` and `_common.css` in the browser; they are put in front of each widget's own, for a widget's module can't
load a sibling. `lasting` is what stays in the saved notebook when the kernel is gone.
"""

from .chat import ChatCell
from .export import ExportPreview
from .studio import Studio
from .timeline import TimelineTable
from .upload import UploadPicker

__all__ = ["ChatCell", "ExportPreview", "Studio", "TimelineTable", "UploadPicker"]
