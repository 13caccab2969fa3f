"""How colours are coded: the numbers of H.273, as sources carry them and as ffmpeg's filters name them."""

from __future__ import annotations

from dataclasses import dataclass

from ...media.probe import MediaInfo

UNSAID = 2
_PRIMARIES = {1: "bt709", 2: "unknown", 5: "bt470bg", 6: "smpte170m"}
_TRANSFERS = {1: "bt709", 2: "unknown", 6: "smpte170m", 13: "iec61966-2-1"}
_MATRICES = {1: "bt709", 2: "unknown", 5: "bt470bg", 6: "smpte170m"}
# What the scale filter can read and write; it has names of its own for some.
_SCALED = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}

# The transfers of HDR, by their names in ffmpeg; and the light of its white (ITU-R BT.2408).
HDR = {16: "smpte2084", 18: "arib-std-b67"}
_WHITE_NITS = 203


@dataclass(frozen=True, slots=True)
class Colours:
    """How a picture of limited range is coded; 2 where it doesn't say."""

    primaries: int = 1
    transfer: int = 1
    matrix: int = 1

    def tags(self) -> str:
        """As options of ffmpeg's `setparams`. ValueError for those of film scanners and HDR.

        >>> Colours(2, 2, 6).tags()
        'range=tv:color_primaries=unknown:color_trc=unknown:colorspace=smpte170m'
        """
        try:
            return (
                f"range=tv:color_primaries={_PRIMARIES[self.primaries]}:"
                f"color_trc={_TRANSFERS[self.transfer]}:colorspace={_MATRICES[self.matrix]}"
            )
        except KeyError:
            raise ValueError("its colours are of a rare kind") from None

    def written(self, width: int, height: int) -> str:
        """As options of ffmpeg's `scale`, for a picture of this size."""
        return f"out_color_matrix={_SCALED.get(self.matrix, _usual(width, height))}:out_range=tv"


BT709 = Colours()


def read(info: MediaInfo) -> str:
    """How ffmpeg's `scale` is to read a film's colours, those of HDR once they are mapped."""
    if info.transfer in HDR:
        return "in_color_matrix=bt709"
    return f"in_color_matrix={_SCALED.get(info.matrix, _usual(info.width, info.height))}"


def mapped(info: MediaInfo, size: tuple[int, int]) -> list[str]:
    """HDR into ordinary colours, with the white of a page left white; nothing for what isn't HDR.

    `size` is the largest that the picture is needed at: the mapping counts in floating point, and slowly.
    """
    if info.transfer not in HDR:
        return []
    smaller = [f"scale={size[0]}:{size[1]}"] if size[0] < info.width else []
    coded = f"pin=bt2020:min=bt2020nc:tin={HDR[info.transfer]}:rin=tv"
    return [
        *smaller, f"zscale={coded}:t=linear:npl={_WHITE_NITS}", "format=gbrpf32le", "zscale=p=bt709",
        "tonemap=tonemap=mobius:param=0.6:desat=0", "zscale=t=bt709:m=bt709:r=tv", "format=yuv420p10le",
    ]  # fmt: skip


def _usual(width: int, height: int) -> str:
    """What players take where a film doesn't say."""
    return "bt709" if height >= 720 or width >= 1280 else "smpte170m"
