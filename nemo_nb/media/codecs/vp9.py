"""VP9: no parameter sets, and nothing but keyframes to begin at."""

from __future__ import annotations

from .track import Coding, Rewrite, Sets

# Ten times as fast as the encoder's default for a file some tenth larger.
_QUICK = ("-deadline", "realtime", "-cpu-used", "6", "-row-mt", "1", "-tile-columns", "2")


class Vp9:
    """The room of VP9. See `Room`."""

    codec, tag = "vp9", "vp09"
    pix_fmts = ("yuv420p",)
    containers = ("webm", "mkv")

    def sets(self, extradata: bytes) -> None:
        return None

    def framing(self, extradata: bytes) -> Rewrite | None:
        return None

    def entry(self, picture: bytes, sets: Sets | None) -> bool | None:
        profile = picture[0] >> 4 & 3
        kind = (
            picture[0] >> (2 if profile < 3 else 1) & 3
        )  # whether one is shown again, and whether it refers to others
        return False if picture[0] >> 6 == 2 and kind == 0 else None

    def encoder(self, crf: int, preset: str, coding: Coding) -> list[str]:
        return [
            "-c:v", "libvpx-vp9", *_QUICK, "-pix_fmt", "yuv420p", "-crf", str(round(1.4 * crf + 1)), "-b:v", "0",
            "-g", "240", "-auto-alt-ref", "0",
        ]  # fmt: skip

    def beside(self, made: Sets, copied: Sets) -> tuple[Sets, Rewrite | None]:
        return made, None

    def opening(self, picture: bytes) -> bytes:
        return picture
