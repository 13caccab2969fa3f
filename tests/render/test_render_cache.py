"""What was made once is not made again: whole exports, pieces of the picture, the sound."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from nemo_nb.engine.render import Cache, pieces, run
from nemo_nb.errors import ExportFailed
from nemo_nb.media import ffmpeg

WHOLE = {"file": "count.mp4", "d": 3000}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """What is encoded from here on: "sound", or the first frame of a stretch."""
    heard: list[str] = []
    stretch, sound = run.make_stretch, run.make_sound

    async def make_stretch(plan, item, *rest):
        heard.append(str(item.start))
        await stretch(plan, item, *rest)

    async def make_sound(*rest):
        heard.append("sound")
        await sound(*rest)

    monkeypatch.setattr(run, "make_stretch", make_stretch)
    monkeypatch.setattr(run, "make_sound", make_sound)
    return heard


def titled(studio, text: str = "Hi", at: int = 1100, **m):
    return studio.draft([{**WHOLE, "video_fade_in_ms": 300, **m}], [{"text": text, "s": at, "d": 300}])


def test_an_unchanged_draft_is_the_same_file_without_any_encoding(studio, cache, made):
    first = studio.film(titled(studio), cache).path.read_bytes()
    assert sorted(made) == ["0", "31", "sound"]
    made.clear()
    assert studio.film(titled(studio), cache).path.read_bytes() == first
    assert made == []
    assert not list(studio.folder.glob("*.part"))


def test_a_change_makes_only_what_it_touches_again(studio, cache, made):
    studio.film(titled(studio), cache)
    made.clear()
    studio.film(titled(studio, text="Ho"), cache)
    assert made == ["31"]
    made.clear()
    studio.film(titled(studio, volume=0.5), cache)
    assert made == ["sound"]
    made.clear()
    studio.film(titled(studio), cache, quality="low")
    assert sorted(made) == ["0", "31"]


def test_a_piece_that_only_moved_is_found_again(studio, cache, made):
    studio.film(titled(studio), cache)
    made.clear()
    moved = studio.draft(
        [{**WHOLE, "s": 1000, "video_fade_in_ms": 300}], [{"text": "Hi", "s": 2100, "d": 300}]
    )
    film = studio.film(moved, cache)
    assert sorted(made) == ["0", "sound"]  # the gap before it, which there was not
    assert len(film.frames) == 120


def test_another_file_under_the_same_name_is_another_piece(studio, cache, made):
    studio.film(titled(studio), cache)
    made.clear()
    other = studio.draft(
        [{"file": "beep.mp4", "d": 3000, "video_fade_in_ms": 300}], [{"text": "Hi", "s": 1100, "d": 300}]
    )
    studio.film(other, cache)
    assert sorted(made) == ["0", "31", "sound"]


def test_the_cache_is_bounded_and_what_is_unused_for_longest_goes_first(tmp_path):
    cache = Cache(tmp_path / "cache", max_bytes=3000)
    piece = tmp_path / "piece"
    for number, key in enumerate("abc"):
        piece.unlink(missing_ok=True)
        piece.write_bytes(bytes(1000))
        cache.keep(key, piece)
        os.utime(tmp_path / "cache" / key, (number, number))
    assert cache.lend("a", tmp_path / "lent")
    piece.unlink()
    piece.write_bytes(bytes(1000))
    cache.keep("d", piece)
    assert (cache.usage().files, cache.usage().bytes) == (3, 3000)
    assert [cache.lend(key, tmp_path / "lent") for key in "abcd"] == [True, False, True, True]
    assert cache.prune().bytes == 3000
    assert cache.usage().files == 0
    assert (tmp_path / "lent").stat().st_size == 1000  # what was lent stays


def test_a_result_that_is_cut_short_is_not_kept(studio, cache, monkeypatch):
    whole_join = run.join

    def join(pieces, *rest):
        whole_join(pieces[:-1], *rest)

    monkeypatch.setattr(run, "join", join)
    with pytest.raises(Exception, match="came out at"):
        studio.film(titled(studio), cache)
    monkeypatch.undo()
    assert len(studio.film(titled(studio), cache).frames) == 90


def test_a_result_whose_sound_ends_early_is_not_kept(studio, cache, monkeypatch):
    make_sound = run.make_sound

    async def half(plan, *rest):
        await make_sound(replace(plan, scene=replace(plan.scene, duration_ms=1500)), *rest)

    monkeypatch.setattr(run, "make_sound", half)
    with pytest.raises(ExportFailed, match="instead of 90 and 3 s"):
        studio.film(titled(studio))


def test_a_piece_that_is_cut_short_is_not_kept(studio, cache, monkeypatch):
    whole_run = pieces.run

    async def run(args, *rest, **more):
        if "-frames:v" in args:
            args[args.index("-frames:v") + 1] = "5"
        await whole_run(args, *rest, **more)

    monkeypatch.setattr(pieces, "run", run)
    with pytest.raises(ExportFailed, match=r"5 frames instead of 1\d"):
        studio.film(titled(studio), cache)
    monkeypatch.undo()
    assert len(studio.film(titled(studio), cache).frames) == 90


def test_the_program_is_part_of_what_a_piece_depends_on(studio, cache, made, monkeypatch):
    from nemo_nb.engine.render import keys

    studio.film(titled(studio), cache)
    made.clear()
    monkeypatch.setattr(keys, "_encoder_program", lambda: f"{ffmpeg.binary()} of another version")
    studio.film(titled(studio), cache)
    assert sorted(made) == ["0", "31", "sound"]


def flip(path):
    """Change one byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("hurt", [flip, lambda path: path.write_bytes(path.read_bytes()[:-1000])])
def test_what_the_disk_damaged_is_made_again(studio, cache, made, tmp_path, hurt):
    first = studio.film(titled(studio), cache).path.read_bytes()
    for kept in (tmp_path / "cache").iterdir():
        hurt(kept)
    made.clear()
    assert studio.film(titled(studio), cache).path.read_bytes() == first
    assert sorted(made) == ["0", "31", "sound"]
    made.clear()
    assert studio.film(titled(studio), cache).path.read_bytes() == first
    assert made == []


def test_whoever_writes_into_a_result_changes_no_other(studio, cache, made):
    film = studio.film(titled(studio), cache)
    first = film.path.read_bytes()
    with film.path.open("rb+") as result:
        result.write(bytes(1000))
    assert studio.film(titled(studio), cache).path.read_bytes() == first
