"""A draft becomes a file.

`plan_render` decides, as data, what is copied and what is encoded; `render` carries it out with one
ffmpeg process. `scene` is the draft checked and bounded, `picture`, `sound`, `titles` and `stills`
build ffmpeg's inputs and filter graph from it, and `preview` shows a frame or a small film of the cut.
"""

from .output import Output
from .plan import RenderPlan, Stretch, plan_render
from .preview import cut_proxy, frame_png
from .run import render
from .scene import Source, Sources

__all__ = [
    "Output",
    "RenderPlan",
    "Source",
    "Sources",
    "Stretch",
    "cut_proxy",
    "frame_png",
    "plan_render",
    "render",
]
