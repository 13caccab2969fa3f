"""A recipe is somebody else's file: it opens, writes, fetches and runs nothing that it should not."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hurt import ANY_FILE, NO_FILE, damaged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import Kit

import nemo_nb as nemo
from nemo_nb import errors
from nemo_nb.media.fetch import ALLOW
from nemo_nb.recipes import inputs, text
from nemo_nb.testing import Answer, ScriptedBackend

VALID = """\
nemo_nb_recipe: 1
inputs:
  clip: {file: clip.mp4, kind: video, hash: "sha256:%s", get: ""}
steps:
  - upload: [clip]
    operations: [{op: place_clip, input: clip, kind: video, duration_ms: 4000}]
  - say: "trim it"
    operations: [{op: keep, ranges: [[0, 2000]]}]
exports: [{file: out.mp4, after: 2}]
holds: {duration_ms: 2000, tracks: ["Video: clip.mp4 (0-2s)"], edit_hash: ""}
""" % ("0" * 64)


def load(content: str | bytes) -> nemo.Recipe:
    Path("r.yaml").write_bytes(content.encode() if isinstance(content, str) else content)
    return nemo.Recipe.load("r.yaml")


def test_the_recipe_that_the_others_are_made_of_is_fine(folder: Path) -> None:
    assert load(VALID).verify()


BOMB = "a: &a [x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\xff\xfe", "it is no text"),
        ("", "no recipe"),
        ("just words", "no recipe"),
        ("a: [1", "not YAML in line"),
        (BOMB, "aliases"),
        ("[" * 500 + "]" * 500, "deeply nested"),
        (" " * 1_000_001, "1 MB"),
        ("nemo_nb_recipe: 1\n" + "a: 1\n" * 30_000, "larger"),
        (VALID + "nemo_nb_recipe: 1\n", "not YAML"),
        (VALID.replace("trim it", "trim it\" : !!python/object/apply:os.system ['touch x']\n#"), "not YAML"),
        (VALID.replace('"trim it"', "!!python/name:os.system"), "not YAML"),
        (VALID.replace("recipe: 1", "recipe: 2"), "version 2"),
        (VALID.replace("recipe: 1", "recipe: {a: 1}"), "version"),
        (VALID + "more: 1\n", "more: Extra inputs"),
        (VALID.replace("after: 2", "after: -1"), "exports.0.after"),
        (VALID.replace("upload: [clip]", "upload: [other]"), "no input"),
        (VALID.replace("input: clip,", "input: other,"), "no input"),
        (VALID.replace("duration_ms: 2000", "duration_ms: .inf"), "duration_ms"),
        (VALID.replace("[[0, 2000]]", "[[0, .nan]]"), "finite"),
        (VALID.replace("[[0, 2000]]", "!!binary aGVsbG8="), "plain values"),
        (VALID.replace("[[0, 2000]]", "{1: 2}"), "keys"),
    ],
)
def test_what_is_no_recipe_is_told_as_that(folder: Path, content: str | bytes, said: str) -> None:
    with pytest.raises(errors.RecipeError, match=said):
        load(content)
    assert [path.name for path in folder.iterdir()] == ["r.yaml"]


def test_a_megabyte_of_something_else_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take ten seconds to find no recipe in it."""
    monkeypatch.setattr("nemo_nb.recipes.text._reader", None)
    with pytest.raises(errors.RecipeError, match="doesn't say"):
        load("- a\n" * 200_000)


def test_what_is_larger_than_any_recipe_is_refused_as_it_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nemo_nb.recipes.text.MAX_EVENTS", 10)
    with pytest.raises(errors.RecipeError, match="larger"):
        load("nemo_nb_recipe: 1\n" + "a: 1\n" * 10 + "b: [")  # what follows is no YAML, and nobody gets there


KINDS = ["bool", "int", "float", "null", "timestamp", "binary", "set", "omap", "pairs", "str", "seq", "map"]
WORDS = ['""', "x", "[]", "{}", "[[1]]", "99999999999999", "2001-99-99"]
ODD = [
    "? [a]", "? {a: 1}", "&a x", "*a", "<<: 1", "0o9", "1e999", "-.inf", "12:99:99", '"\\ud83d"', "\t", "@", "`",
    "|9", ">+-",     "%YAML 3.9\n---", "--- a\n--- b", "!<", "!x", "9" * 5000,
    *(f"!!{kind} {word}" for kind in KINDS for word in WORDS),
]  # fmt: skip


@pytest.mark.parametrize("place", ["trim it", "4000", "1", "[clip]", "place_clip", "[[0, 2000]]", "exports"])
def test_any_value_of_yaml_is_read_or_refused(place: str) -> None:
    for odd in ODD:
        with contextlib.suppress(errors.RecipeError):
            text.load(VALID.replace(f'"{place}"' if place == "trim it" else place, odd).encode())


@ANY_FILE
@given(content=damaged(VALID.encode()))
def test_any_recipe_is_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(errors.RecipeError):
        text.load(content)


@pytest.mark.parametrize("kind", NO_FILE)
def test_a_recipe_that_is_no_file(folder: Path, kind: str) -> None:
    NO_FILE[kind](Path("r.yaml"))
    with pytest.raises(errors.NemoError) as refused:
        nemo.Recipe.load("r.yaml")
    assert refused.value.next_step


@pytest.mark.parametrize(
    "name",
    ["../out.mp4", "/etc/out.mp4", "a/out.mp4", r"..\\out.mp4", "C:out.mp4", ".bashrc.mp4", "~root.mp4", "out.sh",
     "out.mp4/", "a\\nb.mp4", "con|x.mp4", ""],
)  # fmt: skip
def test_no_export_leaves_its_folder(folder: Path, name: str) -> None:
    with pytest.raises(errors.RecipeError, match=r"exports\.0\.file"):
        load(VALID.replace("file: out.mp4", f'file: "{name}"'))


@pytest.mark.parametrize(
    "place",
    ["/etc/passwd", "../secret.mp4", "a/../../b.mp4", "~/x.mp4", "file:///etc/passwd", "ftp://example.org/x.mp4",
     "C:/x.mp4", "https://user@example.org/x.mp4", "https://example.org/x.mp4?sig=1", "sample:city?seconds=9999",
     "https://example.org/x\\nimport os"],
)  # fmt: skip
def test_no_input_comes_from_just_anywhere(folder: Path, place: str) -> None:
    with pytest.raises(errors.RecipeError, match=r"inputs\.clip\.get"):
        load(VALID.replace('get: ""', f'get: "{place}"'))


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path, kit: Kit) -> None:
    elsewhere = tmp_path / "elsewhere.mp4"
    elsewhere.write_bytes(kit.clip().read_bytes())
    (folder / "clip.mp4").symlink_to(elsewhere)
    with pytest.raises(errors.InvalidInput, match="needs a file"):
        load(VALID.replace("0" * 64, _digest(elsewhere))).replay()


def test_an_operation_that_is_none_changes_nothing(folder: Path, kit: Kit) -> None:
    recipe = load(VALID.replace("op: keep", "op: explode"))
    with pytest.raises(errors.RecipeError, match="Step 2 of the recipe"):
        recipe.verify()
    with pytest.raises(errors.RecipeError, match=r"Step 2 \(“trim it”\) cannot be made.*explode"):
        recipe.replay({"clip": kit.clip()}, out="out.mp4")
    assert not (folder / "out.mp4").exists()


def test_nothing_is_overwritten_and_nothing_done_where_it_would_be(folder: Path, kit: Kit) -> None:
    (folder / "out.mp4").write_bytes(b"precious")
    (folder / "link.mp4").symlink_to(folder / "nowhere.mp4")
    for out in ("out.mp4", "link.mp4", "."):
        with pytest.raises(errors.InvalidInput, match="already"):
            load(VALID).replay({"clip": "nowhere.mp4"}, out=out)
    load(VALID).replay({"clip": kit.clip()}, out="link.mp4", overwrite=True)
    assert (folder / "out.mp4").read_bytes() == b"precious"
    assert not (folder / "nowhere.mp4").exists()


# ---- downloads -----------------------------------------------------------------------------------


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedBackend]:
    monkeypatch.setenv(ALLOW, "127.0.0.1")
    with ScriptedBackend() as backend:
        yield backend


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _served(path: Path) -> Answer:
    return Answer((path.read_bytes(),), headers={"content-type": "video/mp4"})


def test_a_download_is_checked_and_kept(own_home: Path, folder: Path, web: ScriptedBackend, kit: Kit) -> None:
    clip = kit.clip()
    web.on("file", _served(clip))
    recipe = load(
        VALID.replace('get: ""', f'get: "{web.url}/files/clip.mp4"').replace("0" * 64, _digest(clip))
    )
    assert recipe.replay().draft.duration_ms == 2000
    assert recipe.replay().draft.duration_ms == 2000
    assert len(web.received("file")) == 1


def test_a_download_of_other_bytes_is_refused(
    own_home: Path, folder: Path, web: ScriptedBackend, kit: Kit
) -> None:
    web.on("file", _served(kit.clip()))
    recipe = load(VALID.replace('get: ""', f'get: "{web.url}/files/clip.mp4"'))
    with pytest.raises(errors.RecipeError, match="not the file that the recipe was made with"):
        recipe.replay()
    assert not list((own_home / "recipe-inputs").iterdir())


@pytest.mark.parametrize("kind", [*NO_FILE, "garbled", "gone"])
def test_a_kept_download_or_sample_that_is_damaged_is_made_again(
    own_home: Path, folder: Path, web: ScriptedBackend, kit: Kit, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quickly(shelf: Path, *, seconds: int) -> None:
        shelf.mkdir(exist_ok=True)
        if not (shelf / "city.mp4").exists():
            (shelf / "city.mp4").write_bytes(clip.read_bytes())

    def hurt(path: Path) -> None:
        if kind in NO_FILE:
            NO_FILE[kind](path)
        elif kind == "garbled":
            path.write_bytes(b"x" * 5000)
        else:
            path.unlink()

    monkeypatch.setattr("nemo_nb.samples.make_samples", quickly)
    clip = kit.clip()
    for place, hash in ((f"{web.url}/files/clip.mp4", _digest(clip)), ("sample:city?seconds=1", "0" * 64)):
        recipe = load(VALID.replace('get: ""', f'get: "{place}"').replace("0" * 64, hash))
        web.on("file", *[_served(clip)] * 2)
        (kept,) = asyncio.run(inputs.find(recipe._document, {}, folder)).values()
        hurt(kept)
        (again,) = asyncio.run(inputs.find(recipe._document, {}, folder)).values()
        assert again == kept
        assert again.read_bytes() == clip.read_bytes()


def test_no_download_from_this_machine_or_without_a_hash(folder: Path) -> None:
    with ScriptedBackend() as web:
        local = VALID.replace('get: ""', f'get: "{web.url}/files/clip.mp4"')
        with pytest.raises(errors.InvalidInput, match="private or local"):
            load(local).replay()
        with pytest.raises(errors.RecipeError, match="no hash"):
            load(local.replace("sha256:" + "0" * 64, "")).replay()
        assert not web.requests


# ---- code ----------------------------------------------------------------------------------------

NASTY = st.text(max_size=60) | st.sampled_from(
    [
        '"); import os; os.abort() #',
        "'''",
        '"""',
        "\\",
        "\n# x\nimport os",
        "{clip}",
        "\u2028import os",
        "\u202egnp",
    ]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=NASTY, words=NASTY, title=NASTY)
def test_words_are_quoted_in_generated_code(folder: Path, said: str, words: str, title: str) -> None:
    said, words, title = (t.encode("utf-8", "replace").decode() for t in (said or "x", words, title))
    recipe = nemo.Recipe(
        text.read(
            {
                "nemo_nb_recipe": 1,
                "title": title,
                "parameters": {"clip": words},
                "steps": [{"say": said, "operations": [{"op": "add_text", "text": words, "duration_ms": 9}]}],
                "holds": {"duration_ms": 9, "tracks": [], "edit_hash": ""},
            }
        )
    )
    calls = {"Path", "print", "connect", "start_new", "apply", "str"}
    notebook = json.loads(recipe.to_notebook())
    code = "\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    for source in (recipe.to_script(), code):
        tree = ast.parse(source)
        made = {
            ast.unparse(node.func).split(".")[-1] for node in ast.walk(tree) if isinstance(node, ast.Call)
        }
        assert made <= calls
        modules = {
            ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert modules == {"from pathlib import Path", "import nemo_nb as nemo"}
    prose = "".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    assert not set(prose) & set("<>`[")
