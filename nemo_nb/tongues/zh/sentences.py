"""Small Chinese words that decide how a sentence is taken apart and how it is meant."""

from __future__ import annotations

TAKES_BACK = r"(?:不对|不是|错了|说错了|我是说|我说的是|应该是|啊不|哦不)"
DISMISSES = r"(?:算了|不用了?|没事了?|不必了?|不需要了?|当我没说)(?:吧|谢谢)?"
NARROWING = frozenset({"只", "只是", "就"})
BARE_CORRECTIONS = frozenset({"不"})
AFTER_NO = frozenset[str]()
INTERJECTIONS = frozenset({"不"})
# What a noun comes after: no particle of a verb stands before it.
ARTICLES: frozenset[str] = frozenset()
THEREFORE: frozenset[str] = frozenset()
SLIPS_FOR_AND: frozenset[str] = frozenset()

CONTRASTING = frozenset({"不", "不是"})
JUST = frozenset({"只", "就"})
TOO = ("太",)
ASKS_FIRST = False
DANGLING = frozenset("把 加 从 和 将 让 放在 放到 移到 改成 换成 调到".split())
EACH_OF_THEM = frozenset({"各"})
ONLY_GOES_ON = frozenset({"再"})
SPEEDS = ("速",)
TRACKS = frozenset[str]()

UNTIL = r"到|至"
