"""The filter graph of the sound: every audible segment, mixed to exactly the planned length."""

from __future__ import annotations

from collections.abc import Sequence

from .graph import Graph, number
from .scene import Scene, Sound

RATE = 48_000
_BEYOND = RATE // 4
_FORMAT = f"aresample={RATE}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo"


def sound(graph: Graph, scene: Scene, sounds: Sequence[Sound]) -> str:
    """Add the sound of the whole scene to `graph` and return its label: 48 kHz stereo, limited.

    `sounds` are the scene's own or submixes of them. A scene in which nothing sounds gets silence: some players
    and most upload forms take a film without a sound track for a broken one.
    """
    label = mix(graph, sounds, scene.duration_ms)
    # For every mix: a lone sound at its own volume goes beyond full scale too, where six channels become two or a
    # codec overshoots. What stays below the limit passes bit by bit.
    label = graph.chain([label], ["alimiter=limit=0.97:level=0:latency=1"])
    return graph.chain([label], _exactly(scene.duration_ms))


def mix(graph: Graph, sounds: Sequence[Sound], duration_ms: int) -> str:
    """Add sounds to `graph`, each in its place, and return the label of their sum, which may be beyond full scale."""
    if not sounds:
        return graph.chain([], [f"anullsrc=r={RATE}:cl=stereo", *_exactly(duration_ms)])
    samples = _samples(duration_ms)
    labels = {item.id: _placed(graph, item, samples) for item in sounds}
    _duck(graph, sounds, labels, samples)
    summed = [f"amix=inputs={len(labels)}:normalize=0:duration=longest"] if len(labels) > 1 else []
    return graph.chain([*labels.values()], [*summed, *_exactly(duration_ms)])


def _exactly(duration_ms: int) -> list[str]:
    # Samples are counted: after a delay, some filters give their first block no time, or a wrong one.
    return ["apad", "asetpts=N/SR/TB", f"atrim=end_sample={_samples(duration_ms)}"]


def _samples(duration_ms: int) -> int:
    return duration_ms * RATE // 1000


def _placed(graph: Graph, item: Sound, samples: int) -> str:
    """One segment's sound at its place on the timeline."""
    length = item.duration_ms / 1000
    taken = length * item.speed
    begin = item.source_start_ms / 1000
    if item.loop:
        # A repeated input comes back to where it was sought, not to the file's start: read it all.
        options = ["-t", number(begin + taken + 0.5), "-stream_loop", "-1"]
        cut = f"atrim=start={number(begin)}:end={number(begin + taken)},asetpts=PTS-STARTPTS"
    else:
        options = ["-t", number(taken + 0.5), *(["-ss", number(begin)] if begin else [])]
        cut = f"atrim=end={number(taken)}"
    source = graph.open(item.source.path, "-vn", *options)
    chain = [_FORMAT, cut]
    if item.reverse:
        chain += ["areverse", "asetpts=PTS-STARTPTS"]
    chain += _tempo(item.speed)
    if item.volume != 1:
        chain.append(f"volume={number(item.volume)}")
    if item.fade_in_ms:
        chain.append(f"afade=t=in:st=0:d={number(item.fade_in_ms / 1000)}")
    if item.fade_out_ms:
        start = number((item.duration_ms - item.fade_out_ms) / 1000)
        chain.append(f"afade=t=out:st={start}:d={number(item.fade_out_ms / 1000)}")
    chain.append(f"atrim=end_sample={min(item.duration_ms * RATE // 1000, samples)}")
    if item.start_ms:
        chain.append(f"adelay=delays={item.start_ms * RATE // 1000}S:all=1")
    return graph.chain([f"{source}:a:0"], chain)


def _tempo(speed: float) -> list[str]:
    """The pitch stays. Steps of at most two, as a larger one leaves out samples instead of blending them."""
    steps = []
    while speed > 2 or speed < 0.5:
        step = 2.0 if speed > 2 else 0.5
        steps.append(step)
        speed /= step
    return [f"atempo={number(step)}" for step in [*steps, speed] if step != 1]


def _duck(graph: Graph, sounds: Sequence[Sound], labels: dict[str, str], samples: int) -> None:
    """Lower the ducked sounds while the picture's own sound is heard. Changes `labels`."""
    ducked = [item for item in sounds if item.duck_db]
    voices = [item for item in sounds if item.of_picture]
    if not ducked or not voices:
        return
    keys: list[str] = []
    for voice in voices:
        labels[voice.id], key = graph.split([labels[voice.id]], ["asplit"], 2)
        keys.append(key)
    # The compressor ends with the shorter of its inputs, and may lose a block of it: both go on beyond the end.
    mixed = [f"amix=inputs={len(keys)}:normalize=0"] if len(keys) > 1 else []
    mixed += ["apad", f"atrim=end_sample={samples + 2 * _BEYOND}", f"asplit={len(ducked)}"]
    for item, key in zip(ducked, graph.split(keys, mixed, len(ducked)), strict=True):
        # The compressor takes away nearly all; mixed with the untouched sound, `duck_db` is the depth.
        depth = number(1 - 10 ** (-item.duck_db / 20))
        squeeze = f"sidechaincompress=threshold=0.003:ratio=20:attack=20:release=400:mix={depth}"
        lasting = graph.chain([labels[item.id]], [f"apad=pad_len={_BEYOND}"])
        labels[item.id] = graph.chain([lasting, key], [squeeze])
