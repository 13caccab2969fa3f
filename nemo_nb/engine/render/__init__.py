"""A draft becomes a file.

`scene` is the draft, checked and bounded. `stretches` decides which frames of it are copied and which are
made, on what `h264` knows of the sources, and `plan` is that decision as data. `run` carries it out: `pieces`
encodes what is made (`picture`, `reading`, `sound` and `drawings` build ffmpeg's inputs and filter graph), `join`
puts copied and encoded packets into one track, and `cache` keeps what the next export may need again, by `keys`.
`preview` shows a frame or a small film of the cut, `listen` tells how loud it is.
"""

from .cache import Cache
from .listen import loudness
from .output import Output
from .plan import RenderPlan, plan_render
from .preview import cut_proxy, frame_png
from .run import render
from .scene import Source, Sources
from .stretches import Stretch

__all__ = [
    "Cache",
    "Output",
    "RenderPlan",
    "Source",
    "Sources",
    "Stretch",
    "cut_proxy",
    "frame_png",
    "loudness",
    "plan_render",
    "render",
]
