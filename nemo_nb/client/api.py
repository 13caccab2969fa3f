"""The calls of the protocol, one method each."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from ..errors import BackendError
from ..media.formats import EVERYWHERE
from . import paths, settings
from .answers import Asset, Credits, RenderJob, Session, State
from .auth import Credentials
from .cassette import Tape
from .clock import Clock, current
from .download import OnDownload, fetcher, save
from .events import StreamEvent, TurnTold
from .extensions import ExtensionCalls
from .identity import backend_key
from .masked import Secret
from .multipart import FilesBody, OnUpload
from .stream import converse
from .uploads import LocalFile, One, RemoteFile, batches, examine
from .wire import Limits, Wire

__all__ = ["Client"]

_AGENT = "nemo_agent/me"
_SLOWEST_COPY = 20_000_000  # bytes a second: how long to wait for an answer


class Client(ExtensionCalls):
    """A backend, known by its URL only.

    `transport_factory` makes httpx's transport where it isn't plain TCP: for a Unix socket,
    `lambda: httpx.AsyncHTTPTransport(uds=path)` with the base URL `http://nemo-nb.localhost`. `key` names what
    is kept about this backend (the token, the journal); by default it is made from the URL. `tape` is a
    `cassette.Recorder` or `Player`.

    Every method that asks the backend is a coroutine, and raises errors of `nemo_nb.errors` only.

    >>> client = Client("https://mega-api-prod.nemovideo.ai", credentials=UserToken(Secret("…")))  # doctest: +SKIP
    >>> (await client.credits()).available  # doctest: +SKIP
    100.0
    """

    def __init__(
        self,
        base_url: str,
        *,
        credentials: Credentials,
        transport_factory: Callable[[], httpx.AsyncBaseTransport] | None = None,
        attribution: Mapping[str, str] | None = None,
        web_url: str = settings.WEB_URL,
        key: str | None = None,
        clock: Clock | None = None,
        limits: Limits | None = None,
        tape: Tape | None = None,
    ) -> None:
        super().__init__(
            Wire(
                base_url,
                credentials=credentials,
                attribution=settings.attribution() if attribution is None else attribution,
                web_url=web_url,
                transport_factory=transport_factory,
                clock=clock or current(),
                limits=limits or Limits(),
                tape=tape,
            )
        )
        self.key = key or backend_key(base_url)
        self.credentials = credentials
        self._web_url = web_url

    def __repr__(self) -> str:
        return f"<Client of {self._wire.host}>"

    @property
    def local(self) -> bool:
        """Whether the backend is on this machine."""
        return self._wire.local

    @property
    def clock(self) -> Clock:
        return self._wire.clock

    @property
    def limits(self) -> Limits:
        return self._wire.limits

    async def aclose(self) -> None:
        """Close the connections. The client can be used again."""
        await self._wire.aclose()

    # -- sessions --------------------------------------------------------------------------------------------

    async def session(self, name: str = "project", language: str = "en") -> Session:
        """A new session, with a project of its own."""
        data = await self._wire.call(
            "POST",
            "/api/tasks/me/with-session/nemo_agent",
            json={"task_name": name, "language": language},
        )
        session = Session.read(data)
        if not session.session_id:
            raise BackendError("The backend gave no session.")
        self._wire.user_id = session.user_id or self._wire.user_id
        self._heard_of(session.session_id, 0)
        return session

    async def state(self, session_id: str) -> State:
        state = State.read(await self._wire.call("GET", f"/api/state/{_AGENT}/{_segment(session_id)}/latest"))
        if state.stand:
            self._heard_of(session_id, state.stand.turn)
        return state

    async def newest_turn(self, session_id: str) -> int:
        """The number of the newest turn that was heard of; asked for where nothing was heard of the session yet."""
        if session_id not in self._newest:
            await self.state(session_id)
        return self._newest.get(session_id, 0)

    async def credits(self) -> Credits:
        return Credits.read(await self._wire.call("GET", "/api/credits/balance/simple"))

    async def claim_link(self, task_id: str, session_id: str) -> Secret:
        """A link that opens the project in the browser, for whoever holds it: fetch it on click, never store it."""
        data = await self._wire.call(
            "POST", "/api/auth/claim-token", json={"task_id": task_id, "session_id": session_id}, secret=True
        )
        claim = Secret(str(data.get("claim_token") or "")) if isinstance(data, dict) else Secret("")
        if not claim:
            raise BackendError("The backend gave no link.")
        return Secret(f"{self._web_url}/workspace/claim?ct={quote(claim.reveal(), safe='')}")

    # -- messages --------------------------------------------------------------------------------------------

    async def message(
        self, session_id: str, text: str, focus: Mapping[str, Any] | None = None
    ) -> AsyncGenerator[StreamEvent, None]:
        """Send a message, once, and iterate over what happens.

        `focus` is what the person has before the eyes, `{"at": ms, "segments": [ids]}`; a plain backend doesn't use it.

        Raises where it is certain that nothing was done. Where that is uncertain, the last event is a `StreamCut`.
        """
        async with aclosing(converse(self._wire, session_id, text, focus)) as events:
            async for event in events:
                if isinstance(event, TurnTold):
                    self._heard_of(session_id, event.turn)
                yield event

    # -- uploads ---------------------------------------------------------------------------------------------

    async def upload(
        self, session_id: str, sources: Iterable[One], on_progress: OnUpload | None = None
    ) -> list[Asset]:
        """Upload paths, URLs, open files or `(name, bytes)`, in this order.

        All are checked before a byte of the first is sent: see `nemo_nb.client.uploads`. After an error, those of
        earlier requests are there: `state` tells.
        """
        assets: list[Asset] = []
        files = [examine(source) for source in sources]
        if not all(file.is_taken_by(EVERYWHERE) for file in files if isinstance(file, LocalFile)):
            accepts = (await self.capabilities()).accepts
            for file in files:
                if isinstance(file, LocalFile):
                    file.refuse_unless(accepts)
        for batch in batches(files):
            local = [file for file in batch if isinstance(file, LocalFile)]
            urls = [file.url for file in batch if isinstance(file, RemoteFile)]
            if urls:
                assets += await self.upload_urls(session_id, urls)
                continue
            taken = await self._upload_paths(session_id, local)
            assets += taken if taken is not None else await self._upload_bytes(session_id, local, on_progress)
            if taken and on_progress:
                for file in local:
                    on_progress(file.size, file.size, file.name)
        return assets

    async def _upload_paths(self, session_id: str, files: Sequence[LocalFile]) -> list[Asset] | None:
        """Tell the engine of this machine where the files lie; None where it has to be their bytes.

        Never where the conversation is recorded: a cassette is for others, and tells nothing of this machine.
        """
        if self._wire.taped or not self.local or not (told := paths.told(files)):
            return None
        if not await self.can("upload.path"):
            return None
        data = await self._wire.call(
            "POST",
            _uploads(session_id),
            json={"paths": told, "source_type": "path"},
            read_s=self._wire.limits.work + sum(file.size for file in files) / _SLOWEST_COPY,
        )
        return None if isinstance(data, dict) and data.get("send_bytes") is True else _files(data)

    async def _upload_bytes(
        self, session_id: str, files: Sequence[LocalFile], on_progress: OnUpload | None
    ) -> list[Asset]:
        body = FilesBody(files, on_progress)
        data = await self._wire.call(
            "POST",
            _uploads(session_id),
            body=body.stream,
            headers=body.headers,
            read_s=self._wire.limits.work,
        )
        return _files(data)

    async def upload_urls(self, session_id: str, urls: Iterable[str]) -> list[Asset]:
        """Have the backend fetch files itself."""
        data = await self._wire.call(
            "POST",
            _uploads(session_id),
            json={"urls": list(urls), "source_type": "url"},
            read_s=self._wire.limits.work,
        )
        return _files(data)

    # -- exports: `exports.run_export` puts these together -----------------------------------------------------

    async def export_submit(
        self, session_id: str, draft: Mapping[str, Any], output: Mapping[str, Any], export_id: str
    ) -> RenderJob:
        data = await self._wire.call(
            "POST",
            "/api/render/proxy/lambda",
            json={"id": export_id, "sessionId": session_id, "draft": dict(draft), "output": dict(output)},
            secret=True,  # its URL is
        )
        return RenderJob.read(data, export_id)

    async def export_status(self, export_id: str) -> RenderJob:
        data = await self._wire.call("GET", f"/api/render/proxy/lambda/{_segment(export_id)}", secret=True)
        if not isinstance(data, dict) or not data.get("status"):
            raise BackendError("The backend does not know this export.")
        return RenderJob.read(data, export_id)

    async def export_cancel(self, export_id: str) -> None:
        await self._wire.call("POST", f"/api/render/proxy/lambda/{_segment(export_id)}/cancel")

    async def download(self, job: RenderJob, path: Path, on_progress: OnDownload | None = None) -> Path:
        """The video of a completed export, from its URL or, when that fails, by the download call.

        `path` appears when the file is whole, and replaces what was there. A cut download goes on where it stopped.
        """
        again = Secret(f"/api/render/proxy/{_segment(job.id)}/download")
        if job.url:
            try:
                return await self._save(job.url, path, on_progress)
            except BackendError:
                pass  # an expired link, or a CDN that this network doesn't reach
        return await self._save(again, path, on_progress)

    async def _save(self, url: Secret, path: Path, on_progress: OnDownload | None) -> Path:
        fetch = fetcher(self._wire, url, read_s=self._wire.limits.read)
        return await self._wire.conduct(lambda: save(self._wire, fetch, path, on_progress))


def _uploads(session_id: str) -> str:
    return f"/api/upload-video/{_AGENT}/{_segment(session_id)}"


def _files(data: object) -> list[Asset]:
    return Asset.read_all(data.get("files") if isinstance(data, dict) else None)


def _segment(value: str) -> str:
    """One segment of a URL's path: ids come from outside and may hold anything."""
    return quote(value, safe="")
