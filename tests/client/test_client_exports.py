"""An export: submitted once, found again, retried, cancelled, downloaded whole."""

from __future__ import annotations

import errno
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nemo_nb.client import (
    Client,
    Limits,
    RenderJob,
    Secret,
    UserToken,
    follow_export,
    new_export_id,
    run_export,
)
from nemo_nb.client.exports import _pauses
from nemo_nb.draft import Draft
from nemo_nb.errors import (
    BackendError,
    ExportCancelled,
    ExportFailed,
    NoSpaceLeft,
    NothingToExport,
    PlanRequired,
    Unreachable,
)
from nemo_nb.testing import Answer, FakeClock, ScriptedBackend, cut, failure, ok, pause

Run = Callable[..., Any]
OUTPUT = {"format": "mp4", "quality": "high"}
DRAFT = Draft.read({"v": 1, "t": [{"tt": 0, "sg": [{"s": 0, "d": 1000}]}], "x-cloud": "kept"})


def job(**fields: Any) -> Answer:
    """A job in the first render shape: no envelope."""
    return Answer(
        (json.dumps({"id": "render_x", **fields}).encode(),), headers={"content-type": "application/json"}
    )


def boxed(**fields: Any) -> Answer:
    """The second shape."""
    return Answer((json.dumps({"success": True, "data": {"id": "render_x", **fields}}).encode(),))


@pytest.fixture
def export(client: Client, run: Run) -> Callable[..., RenderJob]:
    return lambda **options: run(run_export(client, "session-1", DRAFT, OUTPUT, **options))


def test_what_is_submitted(backend: ScriptedBackend, export: Callable[..., RenderJob]) -> None:
    ids: list[str] = []
    export(on_submit=ids.append)
    (request,) = backend.received("export")
    assert request.json == {
        "id": ids[0],
        "sessionId": "session-1",
        "draft": DRAFT.to_dict(),
        "output": OUTPUT,
    }
    assert {"x-skill-source", "x-skill-version", "x-skill-platform"} <= set(request.headers)


def test_the_id_is_ours(clock: FakeClock) -> None:
    word, moment, random = new_export_id(clock).split("_")
    assert (word, moment, len(random)) == ("render", str(clock.wall_ms()), 8)


@pytest.mark.parametrize(
    ("shape", "done"),
    [
        (job, job(status="completed", output={"url": "https://cdn.test/a?sig=canary"})),
        (boxed, boxed(status="completed", outputUrl="https://cdn.test/a?sig=canary")),
        (lambda **fields: ok({"id": "render_x", **fields}), ok({"id": "render_x", "status": "completed",
                                                               "outputUrl": "https://cdn.test/a?sig=canary"})),
    ],
    ids=["bare", "success", "envelope"],
)  # fmt: skip
def test_every_shape_is_polled_to_its_end(
    backend: ScriptedBackend, export: Callable[..., RenderJob], shape: Callable[..., Answer], done: Answer
) -> None:
    seen: list[RenderJob] = []
    backend.on("export", shape(status="pending", progress=0))
    backend.on(
        "export_status",
        shape(status="processing", progress=40, timeLeftMs=6100),
        shape(status="processing", progress=0.2),
        done,
    )
    finished = export(on_progress=seen.append)
    assert [(now.status, now.progress) for now in seen] == [
        ("pending", 0),
        ("processing", 0.4),
        ("processing", 0.4),
        ("completed", 1),
    ]
    assert [now.time_left_ms for now in seen] == [None, 6100, None, None]
    assert finished.url == Secret("https://cdn.test/a?sig=canary")
    assert "canary" not in repr(finished)


def test_nothing_on_the_timeline_is_not_sent(backend: ScriptedBackend, client: Client, run: Run) -> None:
    with pytest.raises(NothingToExport):
        run(run_export(client, "s", Draft.read({"t": [{"sg": []}]}), OUTPUT))
    assert not backend.requests


def test_a_failed_render_is_sent_once_more_under_a_new_id(
    backend: ScriptedBackend, export: Callable[..., RenderJob]
) -> None:
    backend.on("export_status", job(status="failed", error="GPU lost"))
    ids: list[str] = []
    assert export(on_submit=ids.append).status == "completed"
    assert [request.json["id"] for request in backend.received("export")] == ids
    assert len(set(ids)) == 2

    backend.on(
        "export_status", job(status="failed", error="GPU lost"), boxed(status="failed", message="GPU lost")
    )
    with pytest.raises(ExportFailed, match="GPU lost"):
        export()
    assert len(backend.received("export")) == 4


def test_what_a_second_try_would_not_change_is_not_tried(
    backend: ScriptedBackend, export: Callable[..., RenderJob]
) -> None:
    backend.on("export_status", job(status="failed", error="disk full", code=4103))
    with pytest.raises(NoSpaceLeft):
        export()
    backend.on("export_status", job(status="failed", error="cancelled", code=4102))
    with pytest.raises(ExportCancelled):
        export()
    assert len(backend.received("export")) == 2


def test_a_refused_export_is_an_error(backend: ScriptedBackend, export: Callable[..., RenderJob]) -> None:
    backend.on("export", failure(402, status=402))
    with pytest.raises(PlanRequired, match="Register or upgrade"):
        export()
    assert [request.call for request in backend.requests] == ["export"]


@pytest.mark.parametrize("answer", [Answer((cut,)), Answer((b"",), 502), Answer((b"",), 500)])
def test_after_a_cut_submission_the_backend_is_asked_first(
    backend: ScriptedBackend, export: Callable[..., RenderJob], answer: Answer
) -> None:
    backend.on("export", answer)
    export()  # the status call knows the id: nothing is submitted again
    assert [request.call for request in backend.requests][:2] == ["export", "export_status"]
    assert len(backend.received("export")) == 1


def test_a_submission_that_never_arrived_is_repeated_under_the_same_id(
    backend: ScriptedBackend, export: Callable[..., RenderJob]
) -> None:
    backend.on("export", Answer((b"",), 503))
    backend.on("export_status", Answer((cut,)), failure(404, "no such render", status=404))
    export()
    first, second = backend.received("export")
    assert first.json["id"] == second.json["id"]


def test_a_backend_that_is_away_while_it_renders_is_waited_for(
    backend: ScriptedBackend, export: Callable[..., RenderJob]
) -> None:
    backend.on("export_status", *[Answer((b"",), 503)] * 5)
    assert export().status == "completed"


def test_but_not_for_ever(backend: ScriptedBackend, run: Run) -> None:
    class HundredTimesFaster(FakeClock):
        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds * 100)

    clock = HundredTimesFaster()
    client = Client(backend.url, credentials=UserToken(Secret("x")), clock=clock)
    backend.on("export_status", *[Answer((b"",), 503)] * 40)
    with pytest.raises(Unreachable):
        run(follow_export(client, "render_x"))
    assert 300 <= clock.monotonic() < 400
    run(client.aclose())


def test_an_export_is_found_again_by_its_id(backend: ScriptedBackend, client: Client, run: Run) -> None:
    backend.on("export_status", job(status="processing", progress=0.9))
    assert run(follow_export(client, "render_x")).status == "completed"
    backend.on("export_status", ok({}))
    with pytest.raises(BackendError, match="does not know"):
        run(follow_export(client, "render_y"))


def test_this_machine_is_asked_often_and_the_cloud_seldom(client: Client, clock: FakeClock) -> None:
    def pauses(of: Client, count: int) -> list[float]:
        taken = []
        for seconds in itertools.islice(_pauses(of), count):
            taken.append(seconds)
            clock.advance(seconds)
        return taken

    near = pauses(client, 12)
    assert (near[0], near[-1]) == (0.02, 0.1)
    far = pauses(Client("https://cloud.test", credentials=UserToken(Secret("x")), clock=clock), 45)
    assert far[0] == 1.0
    assert 10.0 in far
    assert far[-1] == 30.0


# -- the download ------------------------------------------------------------------------------------------------

VIDEO = bytes(range(256)) * 4096  # a megabyte


def file(
    content: bytes, *, of: bytes = VIDEO, start: int = 0, lost: bool = False, etag: str = '"v1"'
) -> Answer:
    headers = {"content-length": str(len(of) - start), "etag": etag, "content-type": "video/mp4"}
    if start:
        headers["content-range"] = f"bytes {start}-{len(of) - 1}/{len(of)}"
    return Answer((content, cut) if lost else (content,), 206 if start else 200, headers)


@pytest.fixture
def download(client: Client, cdn: ScriptedBackend, run: Run, tmp_path: Path) -> Callable[..., Path]:
    done = RenderJob("render_x", "completed", 1.0, Secret(f"{cdn.url}/files/out.mp4?sig=canary"))
    return lambda path=tmp_path / "out.mp4", on_progress=None: run(client.download(done, path, on_progress))


def test_the_cdn_never_sees_the_token(
    backend: ScriptedBackend, cdn: ScriptedBackend, download: Callable[..., Path], tmp_path: Path
) -> None:
    cdn.on("file", file(VIDEO))
    told: list[Any] = []
    assert download(on_progress=lambda *now: told.append(now)).read_bytes() == VIDEO
    assert told[-1] == (len(VIDEO), len(VIDEO))
    (request,) = cdn.requests
    assert not {"authorization", "x-client-id", "x-skill-source"} & set(request.headers)
    assert not backend.requests
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp4"]


def test_a_cut_download_goes_on_where_it_stopped(cdn: ScriptedBackend, download: Callable[..., Path]) -> None:
    half = 524288
    cdn.on("file", file(VIDEO[:half], lost=True), file(VIDEO[half:], start=half))
    assert download().read_bytes() == VIDEO
    assert cdn.requests[1].headers["range"] == f"bytes={half}-"
    assert cdn.requests[1].headers["if-range"] == '"v1"'


def test_a_part_that_does_not_fit_is_not_joined(cdn: ScriptedBackend, download: Callable[..., Path]) -> None:
    cdn.on("file", file(VIDEO[:524288], lost=True), file(VIDEO[5:], start=5), file(VIDEO))
    assert download().read_bytes() == VIDEO
    assert "range" not in cdn.requests[2].headers


def test_a_file_that_changed_meanwhile_is_fetched_anew(
    cdn: ScriptedBackend, download: Callable[..., Path]
) -> None:
    other = b"other" * 1000
    cdn.on("file", file(VIDEO[:524288], lost=True), file(other, of=other, etag='"v2"'))
    assert download().read_bytes() == other


def test_when_the_url_fails_the_download_call_is_made(
    backend: ScriptedBackend, cdn: ScriptedBackend, download: Callable[..., Path]
) -> None:
    cdn.on("file", Answer((b"<Error>expired</Error>",), 403))
    backend.on("download", file(VIDEO))
    assert download().read_bytes() == VIDEO
    assert backend.requests[0].headers["authorization"] == "Bearer user-token"


def test_the_download_call_may_send_us_to_the_cdn(
    backend: ScriptedBackend, cdn: ScriptedBackend, client: Client, run: Run, tmp_path: Path
) -> None:
    backend.on("download", Answer((b"",), 302, {"location": f"{cdn.url}/files/out.mp4"}))
    cdn.on("file", file(VIDEO))
    run(client.download(RenderJob("render_x", "completed"), tmp_path / "a.mp4"))
    assert "authorization" not in cdn.requests[0].headers


def test_what_is_not_the_file_never_becomes_it(
    backend: ScriptedBackend, cdn: ScriptedBackend, download: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "out.mp4").write_bytes(b"the last one")
    cdn.on("file", *[Answer((b"",), 503)] * 4)
    backend.on("download", failure(4101, "gone"))
    with pytest.raises(ExportFailed, match="gone"):
        download()
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp4"]
    assert (tmp_path / "out.mp4").read_bytes() == b"the last one"


def test_a_full_disk_is_said(
    cdn: ScriptedBackend, download: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(NoSpaceLeft):
        download()
    assert not list(tmp_path.iterdir())


def test_a_name_as_long_as_any_can_be(
    cdn: ScriptedBackend, download: Callable[..., Path], tmp_path: Path
) -> None:
    cdn.on("file", file(VIDEO))
    path = tmp_path / f"{'a' * 251}.mp4"
    assert download(path).read_bytes() == VIDEO
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_without_an_end(
    backend: ScriptedBackend,
    cdn: ScriptedBackend,
    download: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nemo_nb.client.download.MOST_FILE", 500_000)
    for server, call in ((cdn, "file"), (backend, "download")):
        server.on(call, Answer((VIDEO,), headers={"content-type": "video/mp4"}))
    with pytest.raises(BackendError, match="no end"):
        download()
    assert not list(tmp_path.iterdir())


def test_a_file_that_the_disk_has_no_room_for_is_not_begun(
    cdn: ScriptedBackend, download: Callable[..., Path], tmp_path: Path
) -> None:
    told: list[Any] = []
    cdn.on("file", Answer((VIDEO,), headers={"content-length": str(10**16), "content-type": "video/mp4"}))
    with pytest.raises(NoSpaceLeft, match="no room"):
        download(on_progress=lambda *now: told.append(now))
    assert not told
    assert not list(tmp_path.iterdir())


def test_a_file_that_trickles(
    backend: ScriptedBackend, cdn: ScriptedBackend, run: Run, tmp_path: Path, clock: FakeClock
) -> None:
    """Every attempt brings a little, and none of them enough."""
    limits = Limits(total=0.4)
    client = Client(backend.url, credentials=UserToken(Secret("x")), clock=clock, limits=limits)
    for many in range(1, 10):
        cdn.on("file", Answer((VIDEO[: many * 10], pause()), headers={"content-type": "video/mp4"}))
    done = RenderJob("render_x", "completed", 1.0, Secret(f"{cdn.url}/files/out.mp4"))
    backend.on("download", failure(4101, "gone"))
    with pytest.raises(ExportFailed, match="gone"):
        run(client.download(done, tmp_path / "out.mp4"))
    assert len(cdn.requests) <= 3
    run(client.aclose())
