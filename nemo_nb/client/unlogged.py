"""What may not stand in a log, at whatever level: httpx writes down the URLs that it asks for, some of which are
signed, and httpcore the headers of every answer, which name the next place to ask and may repeat a token.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import httpx

__all__ = ["mark_as_ours", "unlogged"]

_silent: ContextVar[bool] = ContextVar("nemo_nb_silent", default=False)
_ours: ContextVar[bool] = ContextVar("nemo_nb_ours", default=False)
_HEADERS = "receive_response_headers"


@contextmanager
def unlogged() -> Iterator[None]:
    """For requests whose very URL is a credential."""
    _filter(_not_silent, "httpx")
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


async def mark_as_ours(_request: httpx.Request) -> None:
    """A hook of httpx's: of whatever this task is answered from now on no header is logged."""
    _filter(_without_headers, "httpcore.http11", "httpcore.http2")
    _ours.set(True)


def _filter(rule: logging._FilterType, *names: str) -> None:
    for name in names:
        if rule not in (logger := logging.getLogger(name)).filters:
            logger.addFilter(rule)


def _not_silent(_record: logging.LogRecord) -> bool:
    return not _silent.get()


def _without_headers(record: logging.LogRecord) -> bool:
    return not (_ours.get() and str(record.msg).startswith(_HEADERS))
