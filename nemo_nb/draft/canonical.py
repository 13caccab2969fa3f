"""The canonical form (RFC 8785) and the hashes made of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from ..errors import DraftError

_LONG_NUMBER = re.compile(r"\d{16}")  # 2⁵³ has 16 digits
_IDENTITY = ("id", "asset")


def digest(document: Any) -> str:
    """SHA-256 of the canonical form, in hex.

    Raises DraftError for what has no canonical form: NaN, integers beyond 2⁵³, lone surrogates.
    """
    import rfc8785

    try:
        return hashlib.sha256(rfc8785.dumps(document)).hexdigest()
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, TypeError) as error:
        raise DraftError(f"This draft has no canonical form: {error}.") from None


def check(document: Any) -> None:
    """DraftError where there is no canonical form: the same as `digest` says, without the work of making it."""
    try:
        text = json.dumps(document, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, TypeError):
        text = ""
    if not text or _LONG_NUMBER.search(text):
        digest(document)  # says what is wrong, or that nothing is


def without_identity(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with ids left out and every asset named by its input file only."""
    bare = {key: value for key, value in document.items() if key != "t"}
    bare["t"] = [_bare_track(track) for track in document.get("t") or () if isinstance(track, Mapping)]
    return bare


def _bare_track(track: Mapping[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in track.items() if key not in ("id", "sg")}
    bare["sg"] = [_bare_segment(item) for item in track.get("sg") or () if isinstance(item, Mapping)]
    return bare


def _bare_segment(segment: Mapping[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in segment.items() if key != "id"}
    meta = segment.get("m")
    if isinstance(meta, Mapping):
        bare["m"] = {key: value for key, value in meta.items() if key not in _IDENTITY}
    return bare
