"""What can be said, family by family: examples that work, and the words that mean the same.

"What can you do?" is answered from this, and `docs/what-you-can-say.md` is made of it by `page`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .concepts import Blend, Concept, Do, Look, Shape, Thing
from .detect import Language
from .lexicon import LEXICONS

_MOST_WORDS = 8
_WORDS: Mapping[Language, str] = {"en": "Words", "zh": "词语"}


@dataclass(frozen=True, slots=True)
class Ability:
    """A family of edits: its name and examples in each language, the ideas whose words it is said with."""

    title: Mapping[Language, str]
    examples: Mapping[Language, tuple[str, ...]]
    ideas: tuple[Concept, ...] = ()

    def words(self, language: Language) -> tuple[str, ...]:
        """The first words of each idea, as the lexicon has them."""
        phrases = LEXICONS[language][0].phrases
        shared = max(2, _MOST_WORDS // max(1, len(self.ideas)))
        return tuple(
            word for idea in self.ideas if idea in phrases for word in phrases[idea].split(" | ")[:shared]
        )


def _ability(
    english: str, chinese: str, said: tuple[str, ...], chinese_said: tuple[str, ...], *ideas: Concept
) -> Ability:
    return Ability({"en": english, "zh": chinese}, {"en": said, "zh": chinese_said}, ideas)


ABILITIES: tuple[Ability, ...] = (
    _ability(
        "Cut and keep", "剪切与保留",
        ("cut the first 3 seconds", "keep 0:02 to 0:08", "remove the silences"),
        ("剪掉前3秒", "只保留第2秒到第8秒", "去掉停顿"),
        Do.CUT, Do.KEEP, Do.TRIM, Thing.SILENCES,
    ),
    _ability(
        "Split, order, repeat", "分割、顺序、重复",
        ("split it at 0:04", "move the last clip to the front", "insert c.mp4 at 0:02", "replace b.mp4 with c.mp4",
         "loop it 3 times"),
        ("在第4秒分割", "把最后一段移到最前面", "在第2秒插入c.mp4", "把b.mp4换成c.mp4", "循环播放3遍"),
        Do.SPLIT, Do.MOVE, Do.SWAP, Do.REPEAT,
    ),
    _ability(
        "Speed", "速度",
        ("play it at 2x", "slow down the last 3 seconds by half", "freeze at 0:03 for 2 seconds", "play it backwards"),
        ("两倍速播放", "最后3秒慢动作", "在第3秒定格2秒", "倒放"),
        Do.FASTER, Do.SLOWER, Do.FREEZE, Do.REVERSE,
    ),
    _ability(
        "Music and sound", "音乐与声音",
        ("add this music at 30%", "fade the music out at the end", "mute 0:02 to 0:04",
         "lower the music when someone speaks", "normalize to -14 LUFS", "match the volume of the clips"),
        ("加上这段音乐，音量30%", "音乐结尾淡出3秒", "把视频静音", "说话时降低音乐", "统一音量", "响度调到-16 LUFS"),
        Do.LOUDER, Do.QUIETER, Do.MUTE, Do.FADE_OUT, Do.NORMALIZE,
    ),
    _ability(
        "Titles and captions", "标题与字幕",
        ("add the title “Hello” for 3 seconds", "caption “watch this” from 0:02 to 0:05", "add captions from talk.srt",
         "make the title red and bold"),
        ("开头加标题“你好”，显示3秒", "2到5秒显示字幕“大家好”", "标题改成红色"),
        Thing.TITLE, Thing.CAPTIONS,
    ),
    _ability(
        "Pictures and logos", "图片与水印",
        ("turn these photos into a slideshow, 2 seconds each", "put the logo in the top right corner at 40% opacity",
         "put c.mp4 in the top right corner"),
        ("把照片做成幻灯片，每张2秒", "右上角加水印，不透明度40%", "把c.mp4做成画中画"),
        Do.SLIDESHOW, Thing.LOGO,
    ),
    _ability(
        "B-roll", "空镜",
        ("use c.mp4 as b-roll from 0:02 to 0:05", "make the b-roll a second longer", "move the b-roll to 0:06",
         "show the b-roll again at 0:12 for 2 seconds", "replace broll.mp4 with beach.mp4", "remove the b-roll"),
        ("2到5秒用c.mp4做空镜", "空镜再长一秒", "去掉空镜"),
        Thing.B_ROLL,
    ),
    _ability(
        "Look", "画面",
        ("make it black and white", "brighter by 20%", "rotate it 90 degrees", "crop 10% off the top",
         "zoom in to 120%", "zoom in to 130% from 0:02 to 0:04"),
        ("变成黑白", "调亮20%", "顺时针旋转90度", "裁切20%", "画面放大到120%"),
        Look.GRAYSCALE, Look.WARM, Look.CINEMATIC, Do.ROTATE,
    ),
    _ability(
        "Transitions and fades", "转场与淡入淡出",
        ("crossfade all the clips", "fade to black over the last 2 seconds"),
        ("片段之间加叠化转场", "结尾两秒渐黑"),
        Blend.CROSSFADE, Blend.WIPE, Do.FADE_IN, Do.TO_BLACK,
    ),
    _ability(
        "Shape", "画面比例",
        ("make it vertical for TikTok", "16:9 with a blurred background"),
        ("做成竖屏", "改成1:1，背景模糊"),
        Shape.VERTICAL, Shape.SQUARE, Shape.BLUR,
    ),
    _ability(
        "Steps, questions, export", "撤销、提问、导出",
        ("undo", "undo the last two changes", "how long is it?", "export as 720p"),
        ("撤销", "撤销最近两步", "视频有多长？", "导出720p"),
        Do.UNDO, Do.REDO, Do.EXPORT,
    ),
)  # fmt: skip


def page() -> str:
    """The page of the documentation, in Markdown."""
    lines = [
        "# What you can say",
        "",
        "Made from the lexicons by `nemo_nb.language.abilities.page`.",
        "",
    ]
    lines += [
        "Several things may stand in one sentence. English and Chinese, simplified and traditional, are understood",
        "alike. A sentence may go on from the edit before: “a bit longer”, “the same for b.mp4”, “no, bottom right”.",
        "Who puts himself right is believed: “cut the first 3, no, 4 seconds”; and so is who says what is not meant:",
        "“at the top, not the bottom”, “not the music”.",
        "",
    ]
    for ability in ABILITIES:
        lines += [f"## {ability.title['en']} · {ability.title['zh']}", ""]
        for said in ability.examples.values():
            lines += [f"- {example}" for example in said]
        for language, label in _WORDS.items():
            if words := ability.words(language):
                lines += ["", f"{label}: " + ", ".join(words)]
        lines.append("")
    return "\n".join(lines)
