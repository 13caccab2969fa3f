"""The filter graph of the sound: every audible segment, mixed to exactly the planned length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

from ...media.hearing import IN_TIME
from .graph import Graph, number
from .reading import seek, unsought
from .scene import Scene, Sound

RATE = 48_000
_BEYOND = RATE // 4
_CUT_OFF, _TURNED_DOWN = "asoftclip=type=hard", "alimiter=limit=0.97:level=0:latency=1"
_IN_TIME = f"aresample={RATE}:{IN_TIME}"
# So long a hole, in seconds, where one clip's sound ends a little before its picture and the next clip's begins.
_HOLE = (Fraction(1, 200), Fraction(1, 10))
# A decoder needs some sound before it to be exact: AAC one packet, Opus 80 ms.
_RUN_UP = Fraction(1, 4)


def sound(graph: Graph, scene: Scene, sounds: Sequence[Sound]) -> str:
    """Add the sound of the whole scene to `graph` and return its label: 48 kHz stereo, limited.

    `sounds` are the scene's own or submixes of them. A scene in which nothing sounds gets silence: some players
    and most upload forms take a film without a sound track for a broken one.
    """
    label = mix(graph, sounds, scene.duration_ms)
    label = graph.chain([label], [ceiling(scene.sounds)])
    return graph.chain([label], _exactly(scene.duration_ms))


def ceiling(sounds: Sequence[Sound]) -> str:
    """The filter that keeps the mix of these sounds within full scale. What stays below it passes bit by bit.

    A codec overshoots, and every player cuts that off: so is what sounds alone, as it is in its file. A sum, what was
    made louder, and six channels that become two are turned down where they are too loud.
    """
    ordered = sorted(sounds, key=lambda item: item.start_ms)
    ends = accumulate((item.end_ms for item in ordered), max)
    alone = all(item.start_ms >= end for item, end in zip(ordered[1:], ends, strict=False))
    return _CUT_OFF if alone and all(map(_is_no_louder, ordered)) else _TURNED_DOWN


def _is_no_louder(item: Sound) -> bool:
    channels = [item.source.info.sounds[track - 1].channels for track in item.tracks]
    return item.volume <= 1 and item.pace == 1 and channels in ([1], [2])


def mix(graph: Graph, sounds: Sequence[Sound], duration_ms: int) -> str:
    """Add sounds to `graph`, each in its place, and return the label of their sum, which may be beyond full scale."""
    if not sounds:
        return graph.chain([], [f"anullsrc=r={RATE}:cl=stereo", *_exactly(duration_ms)])
    samples = _samples(duration_ms)
    begins, ends = {item.start_ms for item in sounds}, {item.end_ms for item in sounds}
    labels = {
        item.id: _placed(graph, item, samples, item.start_ms in ends, item.end_ms in begins)
        for item in sounds
    }
    _duck(graph, sounds, labels, samples)
    summed = [f"amix=inputs={len(labels)}:normalize=0:duration=longest"] if len(labels) > 1 else []
    return graph.chain([*labels.values()], [*summed, *_exactly(duration_ms)])


def _exactly(duration_ms: int) -> list[str]:
    # Samples are counted: after a delay, some filters give their first block no time, or a wrong one.
    return ["apad", "asetpts=N/SR/TB", f"atrim=end_sample={_samples(duration_ms)}"]


def _samples(duration_ms: int) -> int:
    return duration_ms * RATE // 1000


def between(sounds: Sequence[Sound], start_ms: int, end_ms: int) -> list[Sound]:
    """What is heard from one time to another, as a mix that begins at `start_ms`: see `mix`.

    What began before has a time below zero there, so that its fades and its speed go on as they would.
    """
    return [
        replace(item, start_ms=item.start_ms - start_ms, end_ms=item.end_ms - start_ms)
        for item in sounds
        if item.start_ms < end_ms and item.end_ms > start_ms
    ]


def _placed(graph: Graph, item: Sound, samples: int, follows: bool, followed: bool) -> str:
    """One segment's sound at its place on the timeline; whether it follows another's end, and is followed."""
    length = Fraction(item.duration_ms, 1000)
    taken = length * item.pace
    gone_ms = max(0, -item.start_ms)
    # What plays as it is in its file is read from where it is heard; all else has to be made from its beginning.
    ahead_ms = 0 if item.loop or item.reverse or item.pace != 1 else gone_ms
    if ahead_ms:
        item = replace(item, source_start_ms=item.source_start_ms + ahead_ms)
        taken -= Fraction(ahead_ms, 1000)
    chain = [f"atrim=end={number(taken)}"]
    if ahead_ms:
        chain.append(
            f"asetpts=PTS+{number(Fraction(ahead_ms, 1000))}/TB"
        )  # its fades count from its beginning
    if item.reverse:
        chain += ["areverse", "asetpts=PTS-STARTPTS"]
    chain += _tempo(float(item.pace))
    if item.volume != 1:
        chain.append(f"volume={number(item.volume)}")
    if item.fade_in_ms:
        chain.append(f"afade=t=in:st=0:d={number(item.fade_in_ms / 1000)}")
    if item.fade_out_ms:
        start = number((item.duration_ms - item.fade_out_ms) / 1000)
        chain.append(f"afade=t=out:st={start}:d={number(item.fade_out_ms / 1000)}")
    if gone_ms > ahead_ms:
        chain.append(f"atrim=start_sample={_samples(gone_ms - ahead_ms)}")
    if gone_ms:
        chain.append("asetpts=N/SR/TB")
    chain.append(f"atrim=end_sample={min(_samples(item.duration_ms - gone_ms), samples)}")
    if item.start_ms > 0:
        chain.append(f"adelay=delays={item.start_ms * RATE // 1000}S:all=1")
    label = _filled(graph, _heard(graph, item, taken), item, taken, follows and not gone_ms, followed)
    return graph.chain([label], chain)


def _filled(graph: Graph, label: str, item: Sound, taken: Fraction, follows: bool, followed: bool) -> str:
    """Without the small hole that a file has where its sound begins or ends within a picture's time of a joint.

    What is next to the hole is heard in it once more, backwards: so nothing jumps.
    """
    if item.loop or item.reverse:
        return label
    tracks = [item.source.info.sounds[track - 1] for track in item.tracks]
    begin = Fraction(item.source_start_ms, 1000)
    before = min(track.start for track in tracks) - begin if follows else Fraction(0)
    after = begin + taken - max(track.end for track in tracks) if followed else Fraction(0)
    before, after = (hole if _HOLE[0] < hole <= _HOLE[1] else Fraction(0) for hole in (before, after))
    if (not before and not after) or taken < 2 * (before + after):
        return label
    end = taken - after
    parts = [(before, 2 * before, "areverse"), (before, end, "anull"), (end - after, end, "areverse")]
    kept = [part for part in parts if part[1] > part[0]]
    labels = [
        graph.chain([copy], [f"atrim=start={number(first)}:end={number(last)}", turn, "asetpts=PTS-STARTPTS"])
        for copy, (first, last, turn) in zip(
            graph.split([label], [f"asplit={len(kept)}"], len(kept)), kept, strict=True
        )
    ]
    return graph.chain(labels, [f"concat=n={len(labels)}:v=0:a=1"])


def _heard(graph: Graph, item: Sound, taken: Fraction) -> str:
    """The chosen tracks of a source, together, as 48 kHz stereo from the second on that is heard first."""
    info = item.source.info
    begin = Fraction(item.source_start_ms, 1000)
    repeated = ["-stream_loop", "-1"] if item.loop else []
    # A repeated input comes back to where it was sought, not to the file's start: it is read from there.
    if not item.loop and begin - _RUN_UP <= info.sound_before_picture:
        (sought, zero), whole = unsought(info.zero), []
    else:
        # What an edit list hides at the file's beginning, ffmpeg would leave out once more after the place it sought.
        whole = [] if item.loop else ["-flags2", "+skip_manual"]
        sought, zero = seek(info.zero, Fraction(0) if item.loop else begin - _RUN_UP)
    source = graph.open(
        item.source.path,
        "-vn",
        *whole,
        *repeated,
        *sought,
        "-t",
        number(begin - zero + taken + Fraction(1, 2)),
    )
    shift = f"asetpts=PTS-{number(begin - zero)}/TB"
    labels = [
        graph.chain([f"{source}:a:{track - 1}"], [shift, _IN_TIME, *_stereo(info.sounds[track - 1].channels)])
        for track in item.tracks
    ]
    return labels[0] if len(labels) == 1 else graph.chain(labels, [f"amix=inputs={len(labels)}:normalize=0"])


def _stereo(channels: int) -> list[str]:
    """Mono is as loud from both sides as it was from one: ffmpeg alone would make it 3 dB quieter."""
    both = ["pan=stereo|c0=c0|c1=c0"] if channels == 1 else []
    return [*both, "aformat=sample_fmts=fltp:channel_layouts=stereo"]


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
