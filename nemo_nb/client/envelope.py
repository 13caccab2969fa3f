"""From an answer to its data, or to the right error.

Backends say "no" in three ways: a code in the envelope (often over HTTP 200), an HTTP status, or both.
The code is the more precise one and comes first.
"""

from __future__ import annotations

import json
import re
from typing import Any, Literal

import httpx

from .. import errors
from ..errors import BackendError, NemoError
from .bounds import check_values
from .masked import Secret, presentable

__all__ = ["Reason", "Refused", "error_for", "open_envelope", "refusal_for"]

_BY_CODE: dict[int, type[NemoError]] = {
    kind.code: kind
    for name in errors.__all__
    if "code" in vars(kind := getattr(errors, name)) and kind.code is not None
}
_BY_STATUS: dict[int, type[NemoError]] = {
    401: errors.SignInFailed,
    402: errors.PlanRequired,
    408: errors.TimedOut,
    413: errors.FileTooLarge,
    415: errors.UnsupportedFile,
    429: errors.RateLimited,
    502: errors.Unreachable,
    503: errors.Unreachable,
    504: errors.TimedOut,
    507: errors.NoSpaceLeft,
}
_WORDS: dict[type[NemoError], str] = {
    errors.SignInFailed: "The backend did not accept the token.",
    errors.SessionNotFound: "The backend does not know this session.",
    errors.NoCredits: "There are no credits left.",
    errors.UnsupportedFile: "The backend does not take files of this kind.",
    errors.FileTooLarge: "The file is too large.",
    errors.PlanRequired: "The plan of this account does not allow the export.",
    errors.RateLimited: "The backend is asked too often.",
    errors.TimedOut: "The backend gave no answer in time.",
    errors.Unreachable: "The backend is out of service.",
}

_WANTS_CLIENT_ID = re.compile(r"(?i)client[-_ ]?id")

Reason = Literal["token", "client id", "rate"]


class Refused(Exception):
    """A definite refusal: nothing was done there, so the same request may be sent once more after a remedy.

    Internal: what reaches a user is `error`.
    """

    def __init__(self, error: NemoError, reason: Reason, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.error = error
        self.reason = reason
        self.retry_after_s = retry_after_s


def open_envelope(response: httpx.Response, secrets: tuple[Secret, ...] = ()) -> Any:
    """The data of an answer that was read.

    Its body is an envelope `{"code": 0, "data": …}`, the second render shape `{"success": true, "data": …}`, or
    bare JSON, which is its own data. Raises `Refused` where the request may be sent once more, else an
    error of `nemo_nb.errors`.
    """
    # Neither body nor headers are arguments where something is raised: a verbose traceback prints those, and both may
    # repeat a token.
    status, after_s = response.status_code, _seconds(response.headers.get("retry-after"))
    check_values(response.content)
    answer = _json(response)
    fields = answer if isinstance(answer, dict) else {}
    if status < 300 and "data" not in fields and "id" in fields and "status" in fields:
        return answer  # a render job in the first shape; a failed one has a `code` of its own
    code = _number(fields.get("code"))
    if status < 300 and code in (None, 0) and fields.get("success", True) is not False:
        if answer is None:
            raise BackendError(
                "The answer is not JSON: this is hardly a NemoVideo backend.", next_step="Check NEMO_API_URL."
            )
        return fields["data"] if "data" in fields and ("code" in fields or "success" in fields) else answer
    said = presentable(_message(fields), *secrets)
    error = error_for(code, status, said)
    if advice := presentable(fields.get("next_step") or "", *secrets):
        error = type(error)(error.what, next_step=advice)
    raise refusal_for(error, status, after_s) or error from None


def tells_a_code(response: httpx.Response) -> bool:
    """Whether an answer that was read is an envelope with a code: what answers so has failed, and knows it."""
    answer = _json(response)
    return isinstance(answer, dict) and bool(_number(answer.get("code")))


def _json(response: httpx.Response) -> Any:
    """What was answered; None where it isn't JSON."""
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        return None


def error_for(code: int | None, status: int = 200, said: str = "") -> NemoError:
    """The error for an envelope's code, else for the HTTP status, else for what was said.

    >>> type(error_for(2001))
    <class 'nemo_nb.errors.NoCredits'>
    """
    kind = _BY_CODE.get(code or 0) or _BY_STATUS.get(status)
    if kind is None and "session not found" in said.lower():
        kind = errors.SessionNotFound
    if kind is None:
        number = f" ({code})" if code else f" (HTTP {status})" if status >= 300 else ""
        return BackendError(f"The backend answered with an error{number}{': ' + said if said else '.'}")
    return kind(said or _WORDS.get(kind, "The backend refused this."))


def refusal_for(error: NemoError, status: int = 200, retry_after_s: float | None = None) -> Refused | None:
    """The error as a refusal, where it is one that has a remedy."""
    if isinstance(error, errors.SignInFailed):
        return Refused(error, "token")
    if isinstance(error, errors.RateLimited):
        return Refused(error, "rate", retry_after_s)
    if status == 400 and _WANTS_CLIENT_ID.search(error.what):
        return Refused(error, "client id")
    return None


def _message(fields: dict[str, Any]) -> object:
    for key in ("message", "msg", "detail", "error"):
        value = fields.get(key)
        if isinstance(value, dict):
            value = value.get("message")
        if isinstance(value, str) and value:
            return value
    return ""


def _number(value: object) -> int | None:
    """A code as a number: some backends write it as a string. Words ("NOT_FOUND") are no code of the protocol."""
    if isinstance(value, bool):
        return None
    try:
        return int(value) if isinstance(value, int | str) else None
    except ValueError:
        return None


def _seconds(retry_after: str | None) -> float | None:
    """The delta form of `Retry-After`; its date form is as good as none here."""
    try:
        return max(0.0, float(retry_after)) if retry_after else None
    except ValueError:
        return None
