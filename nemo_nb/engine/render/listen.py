"""How loud a draft is: the mix that an export would have, metered instead of written."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ...draft import Draft
from ...media.loudness import METER, Reading, measure
from .graph import Graph
from .scene import Sources, build_scene
from .sound import mix
from .submixes import submixed


async def loudness(draft: Draft, sources: Sources) -> Reading | None:
    """The loudness of a draft's sound before it is limited; None where it is silent.

    Errors as `plan_render` and `render`.

        await loudness(draft, {"sha256:…": Source(path, probe(path))})  # Reading(lufs=-16.3, peak_db=-1.2)
    """
    scene = build_scene(draft, sources, (draft.canvas.width, draft.canvas.height))
    if not scene.sounds:
        return None
    with tempfile.TemporaryDirectory(prefix="nemo-nb-") as folder:
        graph, work = Graph(), Path(folder)
        heard = mix(graph, await submixed(scene, work), scene.duration_ms)
        label = graph.chain([heard], [METER])
        return await measure([*graph.inputs, "-filter_complex", graph.text, "-map", f"[{label}]"], work)
