"""Whatever was said and applied: undone step by step, each draft is the one before, byte for byte; and redone."""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path

from bank import CLIP, LOFI
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_nb.draft.operations import AddMusic, place
from nemo_nb.engine.blobs import Blobs
from nemo_nb.engine.editing import Editor
from nemo_nb.engine.listening import Listener
from nemo_nb.engine.records import Records, Session
from nemo_nb.errors import DraftError

WISHES = st.sampled_from(
    (
        "cut the first 2 seconds",
        "mute 0:01 to 0:02",
        "play it at 2x",
        "add the title “Hi” at the start and fade it in",
        "make it vertical",
        "split it in the middle",
        "reverse it",
        "fade the music out, then make it black and white",
        "把音乐调到30%",
        "删掉标题",
        "freeze at 1s for 2 seconds",
        "nothing that anybody understands",
        "how long is it?",
    )
)
RAW = st.sampled_from(
    (
        [{"op": "duplicate", "segment": "seg-1"}],
        [{"op": "volume", "segments": ["seg-2"], "volume": 0.5}, {"op": "background", "color": "#ffffff"}],
        [{"op": "delete", "segments": ["seg-1"]}],
    )
)


@settings(max_examples=12)
@given(st.lists(WISHES | RAW, max_size=7))
def test_undo_gives_each_draft_before_and_redo_each_one_after(
    steps: list[str | list[dict[str, object]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        records = Records(Path(folder) / "engine.db")
        session = records.new_session("somebody", "project", "en")
        editor = Editor(records, Listener(Blobs(Path(folder) / "blobs")))

        def now() -> Session:
            return records.session(session.id, session.user)

        def document() -> str:
            return json.dumps(records.head(now()).draft.to_dict())

        music = AddMusic(asset=LOFI.asset, file=LOFI.file, file_ms=LOFI.duration_ms)
        asyncio.run(editor.apply(now(), [place(CLIP).model_dump(), music.model_dump()], "start"))
        drafts = [document()]
        for step in steps:
            try:
                if isinstance(step, str):
                    asyncio.run(editor.say(now(), step))
                else:
                    asyncio.run(editor.apply(now(), step, "by hand"))
            except DraftError:
                assert document() == drafts[-1], "what could not be done changed something"
            if document() != drafts[-1]:
                drafts.append(document())
        for before in reversed(drafts[:-1]):
            asyncio.run(editor.say(now(), "undo"))
            assert document() == before
        for after in drafts[1:]:
            asyncio.run(editor.say(now(), "redo"))
            assert document() == after
        records.close()
