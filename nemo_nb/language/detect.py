"""Which language a request is in."""

from __future__ import annotations

import re

from ..tongues import Language
from .script import HAN

__all__ = ["Language", "detect_language"]

_NOT_SAID = re.compile(
    r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|《[^》]*》|[\w\-.]{1,80}\.(?:mp4|mov|mp3|wav|jpg|png)\b"
)


def detect_language(text: str) -> Language:
    """`zh` where anything outside quotes and file names is Chinese, else `en`.

    >>> detect_language("加个 title"), detect_language("add the title “你好”")
    ('zh', 'en')
    >>> detect_language("删掉b.mp4"), detect_language("mute 海边.mp4")
    ('zh', 'en')
    """
    said = _NOT_SAID.sub(" ", text)
    if not any(letter.isalpha() for letter in said):
        said = text  # 删掉b.mp4: what looks like a file's name is all of it
    return "zh" if HAN.search(said) else "en"
