"""Finding a recipe's files: the user's own, those that lie beside it, and what can be fetched or made."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import secrets
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from ..client import Settings
from ..client.files import discard, named, read_file
from ..errors import InvalidInput, MissingFile, RecipeError
from ..media.fetch import MAX_SECONDS, open_url
from ..media.formats import HERE, in_bytes, kind_of
from .document import Document, Input

__all__ = ["find"]

_SAMPLE = re.compile(r"sample:(city|tune)(?:\?seconds=(\d+))?")


async def find(
    document: Document, given: Mapping[str, str | PathLike[str]], folder: Path | None
) -> dict[str, Path]:
    """A file for every input: the one given, else the recipe's own.

    The recipe's own file is looked for beside the recipe and in this folder, made where it is a sample, and fetched
    where it has a URL. A file that lay there, or was fetched, is taken only with the very bytes that the recipe was
    made with; one of a recipe that was written by hand has none yet. InvalidInput names what is missing.
    """
    if unknown := sorted(set(given) - set(document.inputs)):
        raise InvalidInput(
            f"{', '.join(map(repr, unknown))} is no input of this recipe.",
            next_step=f"It has {', '.join(document.inputs) or 'none'}.",
        )
    files = {name: _checked(name, document.inputs[name], path) for name, path in given.items()}
    for name, item in document.inputs.items():
        if name not in files:
            files[name] = await _own(name, item, folder)
    return files


def _checked(name: str, item: Input, given: str | PathLike[str]) -> Path:
    path = named(given)
    if not path.is_file():
        raise MissingFile(f"There is no file at {str(given)[:200]} for the input {name!r}.")
    if kind_of(path.name) != item.kind:
        raise InvalidInput(
            f"The input {name!r} is to be of kind {item.kind}, and {path.name} is {kind_of(path.name)}."
        )
    return path


async def _own(name: str, item: Input, folder: Path | None) -> Path:
    if sample := _SAMPLE.fullmatch(item.get):
        return await asyncio.to_thread(_sample, sample[1], int(sample[2] or 20), item.hash)
    is_url = "://" in item.get
    for base in filter(None, (folder, named("."))):
        for candidate in {base / ("" if is_url else item.get), base / item.file}:
            if await asyncio.to_thread(_is, candidate, base, item):
                return candidate
    if is_url:
        return await _fetched(name, item)
    length = f", {item.duration_ms / 1000:g} s" if item.duration_ms else ""
    raise InvalidInput(
        f"The recipe needs a file for {name!r}: {item.file} ({item.kind}{length}).",
        next_step=f'Name one: inputs={{"{name}": "your file"}}, or --input {name}=FILE.',
    )


def _is(path: Path, base: Path, item: Input) -> bool:
    """Whether the file lies below the folder, links followed, and has the recipe's bytes, where it tells them."""
    if not path.is_file() or not path.resolve().is_relative_to(base.resolve()):
        return False
    return path.stat().st_size <= HERE.max_bytes and (not item.hash or _hash(path) == item.hash)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _sample(which: str, seconds: int, hash: str) -> Path:
    """Made once, and kept with what else this package stores: made again where it isn't what it was.

    `hash` is the recipe's; another ffmpeg than that of its author makes other bytes, whose hash is kept beside them.
    """
    from ..samples import make_samples

    if not 1 <= seconds <= 600:
        raise RecipeError("A sample lasts from 1 to 600 seconds.")
    shelf = _shelf() / f"samples-{seconds}"
    file = shelf / {"city": "city.mp4", "tune": "tune.mp3"}[which]
    note = shelf / f"{file.name}.sha256"
    if not _has(file, hash, _noted(note)):
        discard(file)
        make_samples(shelf, seconds=seconds)
        discard(note)
        note.write_text(_hash(file), "ascii")
    return file


def _has(kept: Path, *hashes: str) -> bool:
    """Whether a file that we keep is there, with one of these hashes."""
    try:
        return kept.is_file() and _hash(kept) in hashes
    except OSError:
        return False


def _noted(note: Path) -> str:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return read_file(note, 100).decode("ascii")
    return ""


async def _fetched(name: str, item: Input) -> Path:
    """The file behind the input's URL, kept by its hash. It gets its place only when its bytes are the right ones."""
    if not item.hash:
        raise RecipeError(
            f"The recipe has a URL for {name!r} but no hash to check the download with.",
            next_step=f"Download it yourself, if you trust it, and name it as the input {name!r}.",
        )
    kept = _shelf() / (item.hash.removeprefix("sha256:") + Path(item.file).suffix)
    if await asyncio.to_thread(_has, kept, item.hash):
        return kept
    part = kept.with_name(f".{kept.name}.{secrets.token_hex(4)}.part")
    digest, size = hashlib.sha256(), 0
    try:
        async with asyncio.timeout(MAX_SECONDS), open_url(item.get) as (_, chunks):
            with part.open("wb") as file:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > HERE.max_bytes:
                        raise RecipeError(
                            f"What the recipe's URL for {name!r} leads to is larger than {in_bytes(HERE.max_bytes)}."
                        )
                    digest.update(chunk)
                    file.write(chunk)
        if f"sha256:{digest.hexdigest()}" != item.hash:
            raise RecipeError(
                f"What the recipe's URL for {name!r} leads to is not the file that the recipe was made with.",
                next_step=f"Get the right one elsewhere and name it as the input {name!r}.",
            )
        discard(kept)  # a folder, or what a disk has made of it
        part.replace(kept)
    except TimeoutError:
        raise RecipeError(f"The download for {name!r} took too long.") from None
    finally:
        part.unlink(missing_ok=True)
    return kept


def _shelf() -> Path:
    shelf = Settings.from_environment().home / "recipe-inputs"
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    return shelf
