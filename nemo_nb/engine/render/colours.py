"""How colours are coded: the numbers of H.273, as sources carry them and as ffmpeg's filters name them."""

from __future__ import annotations

from dataclasses import replace

from ...media.codecs import BT709, Colours
from ...media.probe import MediaInfo

__all__ = ["BT709", "HDR", "Colours", "kept", "known", "mapped", "read", "tags", "written"]

_PRIMARIES = {1: "bt709", 2: "unknown", 5: "bt470bg", 6: "smpte170m", 9: "bt2020"}
_TRANSFERS = {1: "bt709", 2: "unknown", 6: "smpte170m", 13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12",
              16: "smpte2084", 18: "arib-std-b67"}  # fmt: skip
_MATRICES = {1: "bt709", 2: "unknown", 5: "bt470bg", 6: "smpte170m", 9: "bt2020nc"}
# What the scale filter can read and write; it has names of its own for some.
_SCALED = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}

# The transfers of HDR, by their names in ffmpeg; and the light of its white (ITU-R BT.2408).

HDR = {16: "smpte2084", 18: "arib-std-b67"}
_WHITE_NITS = 203
_WHITE_OF = {16: 0.58, 18: 0.75}  # where that white stands between black and the brightest


def tags(colours: Colours) -> str:
    """As options of ffmpeg's `setparams`. ValueError for those of film scanners.

    >>> tags(Colours(2, 2, 6))
    'range=tv:color_primaries=unknown:color_trc=unknown:colorspace=smpte170m'
    """
    try:
        return (
            f"range={'pc' if colours.full else 'tv'}:color_primaries={_PRIMARIES[colours.primaries]}:"
            f"color_trc={_TRANSFERS[colours.transfer]}:colorspace={_MATRICES[colours.matrix]}"
        )
    except KeyError:
        raise ValueError("its colours are of a rare kind") from None


def known(colours: Colours) -> Colours:
    """The same, or those of television where they are of a rare kind."""
    try:
        tags(colours)
    except ValueError:
        return BT709
    return colours


def kept(info: MediaInfo | None) -> Colours:
    """Those that a film's pictures, encoded anew, lose least with: its own matrix, as each conversion rounds."""
    if info is None or info.transfer in HDR:
        return BT709
    matrix = (
        info.matrix if info.matrix in (1, 5, 6) else 1 if _usual(info.width, info.height) == "bt709" else 6
    )
    return replace(BT709, matrix=matrix)


def written(colours: Colours, width: int, height: int) -> str:
    """As options of ffmpeg's `scale`, for a picture of this size."""
    matrix = _SCALED.get(colours.matrix, _usual(width, height))
    return f"out_color_matrix={matrix}:out_range={'pc' if colours.full else 'tv'}"


def read(info: MediaInfo, coded: Colours = BT709) -> str:
    """How ffmpeg's `scale` is to read a film's colours, those of HDR once they are mapped."""
    if info.transfer in HDR and info.transfer != coded.transfer:
        return "in_color_matrix=bt709"
    return f"in_color_matrix={_SCALED.get(info.matrix, _usual(info.width, info.height))}"


def mapped(info: MediaInfo, size: tuple[int, int], coded: Colours = BT709) -> list[str]:
    """HDR into ordinary colours, with the white of a page left white; nothing for what isn't HDR, or is coded alike.

    `size` is the largest that the picture is needed at: the mapping counts in floating point, and slowly.
    """
    if info.transfer not in HDR or info.transfer == coded.transfer:
        return []
    smaller = [f"scale={size[0]}:{size[1]}"] if size[0] < info.width else []
    read_as = f"pin=bt2020:min=bt2020nc:tin={HDR[info.transfer]}:rin=tv"
    return [
        *smaller, f"zscale={read_as}:t=linear:npl={_WHITE_NITS}", "format=gbrpf32le", "zscale=p=bt709",
        "tonemap=tonemap=mobius:param=0.6:desat=0", "zscale=t=bt709:m=bt709:r=tv", "format=yuv420p10le",
    ]  # fmt: skip


def dimmed(coded: Colours) -> list[str]:
    """What ordinary colours become in a picture of ten bits in HDR: their white is that of a page, not of the sun."""
    share = _WHITE_OF.get(coded.transfer)
    if share is None:
        return []
    less = f"(val-{{0}})*{share}+{{0}}"
    return [f"lutyuv=y='{less.format(64)}':u='{less.format(512)}':v='{less.format(512)}'"]


def _usual(width: int, height: int) -> str:
    """What players take where a film doesn't say."""
    return "bt709" if height >= 720 or width >= 1280 else "smpte170m"
