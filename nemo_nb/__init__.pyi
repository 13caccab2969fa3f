from IPython.core.interactiveshell import InteractiveShell

from . import errors as errors
from .chat.reply import DraftChanged as DraftChanged
from .chat.reply import Note as Note
from .chat.reply import Reply as Reply
from .chat.reply import TurnEnded as TurnEnded
from .client.events import TextDelta as TextDelta
from .client.events import ToolFinished as ToolFinished
from .client.events import ToolStarted as ToolStarted
from .client.events import Waiting as Waiting
from .connection import aconnect as aconnect
from .connection import connect as connect
from .connection import projects as projects
from .draft import Change as Change
from .draft import Draft as Draft
from .errors import NemoError as NemoError
from .project import AsyncExport as AsyncExport
from .project import AsyncProject as AsyncProject
from .project import Export as Export
from .project import Project as Project
from .recipes import Recipe as Recipe
from .samples import make_samples as make_samples
from .teaching import expect as expect
from .widgets import ChatCell as ChatCell
from .widgets import ExportPreview as ExportPreview
from .widgets import Studio as Studio
from .widgets import TimelineTable as TimelineTable
from .widgets import UploadPicker as UploadPicker

__version__: str

def load_ipython_extension(ipython: InteractiveShell) -> None: ...
def unload_ipython_extension(ipython: InteractiveShell) -> None: ...
