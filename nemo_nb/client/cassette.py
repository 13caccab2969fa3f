"""A conversation with a backend on file: recorded once, played back without a backend, an account or a network.

A cassette is JSON lines: a head, then one exchange a line, in order. It is redacted before it is written, so that no
token, signed URL, id or address of a person is ever on the disk; what signs in is not recorded at all.

Played back, what changes something must come in the recorded order and with the same words. What only asks is answered
as it was at that point of the conversation, as often as it is asked.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

import httpx
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from .. import __version__
from ..errors import BackendError, InvalidInput, MissingFile
from .files import append_line
from .masked import Secret
from .redaction import Redactor

__all__ = ["Player", "Recorder", "Tape"]


def _in_base64(text: str) -> str:
    base64.b64decode(text, validate=True)  # a ValueError where it is none
    return text


MAX_BODY = 3_000_000  # bytes of an answer that is no text: a small video
_SIGN_IN = "/api/auth/"
_CAPABILITIES = "/nb/v1/capabilities"
_KEPT_HEADERS = ("content-type", "location", "retry-after")


MAX_CASSETTE = 500_000_000
_Kept = Literal["content-type", "location", "retry-after"]
_Plain = Annotated[str, Field(pattern=r"^[ -~]*$")]


class _Answered(BaseModel):
    """An answer as a line has it. Its headers are those that are kept, in the letters that headers have."""

    model_config = ConfigDict(strict=True)

    status: Annotated[int, Field(ge=200, le=599)]
    headers: dict[_Kept, _Plain] = {}
    text: str = ""
    base64: Annotated[str, AfterValidator(_in_base64)] = ""
    left_out_bytes: Annotated[int, Field(ge=0)] = 0
    cut: bool = False


class _Exchange(BaseModel):
    model_config = ConfigDict(strict=True)

    method: str
    path: str
    asked: Any
    answer: _Answered


class _Head(BaseModel):
    nemo_nb_cassette: int


class Tape(Protocol):
    """What stands between a client and its connections."""

    def around(self, transport: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport: ...
    def keep_silent_about(self, secrets: Callable[[], Sequence[Secret]]) -> None: ...


class Recorder:
    """Writes down what goes over its transports. InvalidInput where there is a file already."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise InvalidInput(
                f"There is a file {path.name!r} already.",
                next_step="Delete it to record the conversation anew.",
            )
        self._path = path
        self._redact = Redactor(lambda: ())
        append_line(path, json.dumps({"nemo_nb_cassette": 1, "recorded_by": f"nemo_nb {__version__}"}))

    def keep_silent_about(self, secrets: Callable[[], Sequence[Secret]]) -> None:
        self._redact = Redactor(secrets)

    def around(self, transport: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport:
        return _Recording(transport, self)

    def write(
        self, request: httpx.Request, asked: Any, response: httpx.Response, raw: bytes, *, cut: bool
    ) -> None:
        """One exchange. Ids that the question names are known from the answers before it."""
        headers = {
            name: self._clean(response.headers[name]) for name in _KEPT_HEADERS if name in response.headers
        }
        answer: dict[str, Any] = {
            "status": response.status_code,
            "headers": headers,
            **self._body(response, raw),
        }
        if cut:
            answer["cut"] = True
        line = {
            "method": request.method,
            "path": self.path(request),
            "asked": self._cleaned(asked),
            "answer": answer,
        }
        append_line(self._path, json.dumps(line, ensure_ascii=False))

    def path(self, request: httpx.Request) -> str:
        return _path(request, self._redact)

    def _body(self, response: httpx.Response, raw: bytes) -> dict[str, Any]:
        """The body as it reads: whatever it was packed in on its way is undone."""
        packed = {"content-encoding": response.headers.get("content-encoding", "identity")}
        content = httpx.Response(200, headers=packed, content=raw).content
        try:
            return {"text": self._clean(content.decode("utf-8"))}
        except UnicodeDecodeError:
            if len(content) > MAX_BODY:
                return {"left_out_bytes": len(content)}
            return {"base64": base64.b64encode(content).decode("ascii")}

    def _clean(self, text: str) -> str:
        return self._redact.text(text)

    def _cleaned(self, asked: Any) -> Any:
        return json.loads(self._clean(json.dumps(asked, ensure_ascii=False)))


class _Recording(httpx.AsyncBaseTransport):
    def __init__(self, inner: httpx.AsyncBaseTransport, recorder: Recorder) -> None:
        self._inner, self._recorder = inner, recorder

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = _Heard(request.stream)
        request = httpx.Request(
            request.method, request.url, headers=request.headers, stream=body, extensions=request.extensions
        )
        response = await self._inner.handle_async_request(request)
        if request.url.path.startswith(_SIGN_IN):
            return response
        asked = _asked(request, bytes(body.head))
        assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 - an async transport's
        stream = _Listened(
            response.stream, lambda raw, cut: self._recorder.write(request, asked, response, raw, cut=cut)
        )
        return httpx.Response(
            response.status_code, headers=response.headers, stream=stream, extensions=response.extensions
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Heard(httpx.AsyncByteStream):
    """A request's body on its way out, with its beginning kept: a question is small, an upload isn't."""

    HEAD = 1_000_000

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.head = bytearray()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._inner:
            self.head += chunk[: max(0, self.HEAD - len(self.head))]
            yield chunk


class _Listened(httpx.AsyncByteStream):
    """An answer's body on its way in. It is written down when it has ended, or broke off."""

    def __init__(self, inner: httpx.AsyncByteStream, done: Callable[[bytes, bool], None]) -> None:
        self._inner, self._done = inner, done
        self._raw = bytearray()
        self._told = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._inner:
                self._raw += chunk
                yield chunk
        except httpx.TransportError:
            self._tell(cut=True)
            raise
        self._tell(cut=False)

    async def aclose(self) -> None:
        await self._inner.aclose()
        self._tell(cut=True)

    def _tell(self, *, cut: bool) -> None:
        if not self._told:
            self._told = True
            self._done(bytes(self._raw), cut)


class Player(httpx.AsyncBaseTransport):
    """Answers from a cassette, and never from anywhere else."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._exchanges = _read(path)
        self._redact = Redactor(lambda: ())
        self._at = 0  # everything before it has been said
        self._asked: dict[tuple[str, int], int] = {}

    def around(self, transport: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport:
        return self

    def keep_silent_about(self, secrets: Callable[[], Sequence[Secret]]) -> None:
        pass

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = _Heard(request.stream)
        async for _ in body:
            pass
        path = _path(request, self._redact)
        if request.url.path.startswith(_SIGN_IN):
            raise InvalidInput(
                "A recorded conversation has nobody to sign in.", next_step="Connect to a backend for that."
            )
        if path == _CAPABILITIES and all(exchange["path"] != path for exchange in self._exchanges):
            return httpx.Response(
                404
            )  # nobody wanted more than the plain protocol: nothing more is on the tape
        exchange = (
            self._look_up(path) if request.method == "GET" else self._go_on(request, path, bytes(body.head))
        )
        return _response(exchange["answer"], self._name)

    def _go_on(self, request: httpx.Request, path: str, body: bytes) -> dict[str, Any]:
        """The next exchange that changes something; it must be this one."""
        number = self._next_change()
        due = self._exchanges[number] if number < len(self._exchanges) else None
        asked = _asked(request, body)
        if (
            due is None
            or (due["method"], due["path"]) != (request.method, path)
            or (due["asked"] or asked) != asked
        ):
            raise self._departure()
        self._at = number + 1
        return due

    def _look_up(self, path: str) -> dict[str, Any]:
        """The answer at this point: those until the next change in order, the last one again and again.

        What was not asked here is answered as it was before.
        """
        here = [n for n in range(self._at, self._next_change()) if self._exchanges[n]["path"] == path]
        before = [n for n in range(self._at) if not self._changes(n) and self._exchanges[n]["path"] == path]
        found = here or before[-1:]
        if not found:
            raise self._departure()
        turn = self._asked.get((path, self._at), 0)
        self._asked[path, self._at] = turn + 1
        return self._exchanges[found[min(turn, len(found) - 1)]]

    def _next_change(self) -> int:
        """The number of the next exchange that changes something; the cassette's length where none comes."""
        rest = range(self._at, len(self._exchanges))
        return next((number for number in rest if self._changes(number)), len(self._exchanges))

    def _departure(self) -> InvalidInput:
        number = self._next_change()
        if number == len(self._exchanges):
            return InvalidInput(
                f"The recorded conversation in {self._name} is over.", next_step="Run it from its beginning."
            )
        return InvalidInput(
            f"The recorded conversation in {self._name} goes on differently: {_shown(self._exchanges[number])}.",
            next_step="Say the same as in the recording, in the same order.",
        )

    def _changes(self, number: int) -> bool:
        return bool(self._exchanges[number]["method"] != "GET")


def _read(path: Path) -> list[dict[str, Any]]:
    """The exchanges of a file that anybody may have made: each is what a recorder writes, or it is no cassette."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_CASSETTE:
            raise FileNotFoundError(path)
        head, *lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
        if _Head.model_validate_json(head).nemo_nb_cassette != 1:
            raise InvalidInput(f"{path.name} is a cassette of a later version.", next_step="Update nemo_nb.")
        return [_Exchange.model_validate_json(line).model_dump(exclude_unset=True) for line in lines]
    except OSError:
        raise MissingFile(f"There is no cassette at {path}.") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(
            f"{path.name} is no cassette.", next_step="Record one: connect(backend, cassette=…)."
        ) from None


def _path(request: httpx.Request, redact: Redactor) -> str:
    """What is asked of the API by its path, of any other host by a name; never with a query."""
    path = request.url.path
    if path.startswith(("/api/", "/nb/", "/run_sse")):
        return redact.text(path)
    return redact.url(str(request.url))


def _asked(request: httpx.Request, body: bytes) -> Any:
    """What tells one question from another of the same call: the words, the files' names, the operations."""
    if request.url.path == "/run_sse":
        parts = json.loads(body)["new_message"]["parts"]
        return [part.get("text") for part in parts]
    if request.headers.get("content-type", "").startswith("multipart/"):
        return sorted(set(re.findall(r'filename="([^"]*)"', body.decode("utf-8", "replace"))))
    if request.url.path.startswith("/nb/v1/") and body:
        return json.loads(body)
    return None


def _shown(exchange: dict[str, Any]) -> str:
    asked = exchange["asked"]
    if exchange["path"] == "/run_sse" and isinstance(asked, list):
        return f"“{' '.join(map(str, asked))[:200]}” is said next"
    return f"{exchange['method']} {exchange['path'][:200]} comes next"


def _response(answer: dict[str, Any], name: str) -> httpx.Response:
    if "left_out_bytes" in answer:
        size = answer["left_out_bytes"] / 1e6
        raise BackendError(f"{name} holds no copy of that file, which had {size:.0f} MB.", next_step="")
    content = base64.b64decode(answer["base64"]) if "base64" in answer else answer.get("text", "").encode()
    return httpx.Response(
        answer["status"],
        headers=answer.get("headers", {}),
        stream=_Played(content, cut=answer.get("cut", False)),
    )


class _Played(httpx.AsyncByteStream):
    def __init__(self, content: bytes, *, cut: bool) -> None:
        self._content, self._cut = content, cut

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content
        if self._cut:
            raise httpx.ReadError("The connection was lost here.")
