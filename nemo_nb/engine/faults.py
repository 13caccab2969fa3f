"""The one place where an error that is not ours becomes ours: with a number, words for the user, and a way on."""

from __future__ import annotations

import logging
import secrets
import sqlite3

from pydantic import ValidationError

from ..errors import InvalidInput, NemoError
from .blobs import disk_error

log = logging.getLogger(__name__)


class EngineFault(NemoError):
    """Something that nobody thought of. Its number stands in the log, beside what happened."""

    code = 5000
    default_step = "Try again. If it happens again, report it with the engine's log."


class DamagedRecords(EngineFault):
    code = 5001
    default_step = "Try again in a moment: the engine starts anew and makes it again from what is left."


def ours(error: BaseException) -> NemoError:
    """The error itself where it is ours, else what it amounts to. What nobody thought of is logged under a number."""
    if isinstance(error, NemoError):
        return error
    if isinstance(error, OSError | sqlite3.OperationalError):
        known = disk_error(error)
        if isinstance(known, NemoError):
            return known
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        log.error("the database could not be read", exc_info=error)
        return DamagedRecords("A record of the engine's database is damaged.")
    if isinstance(error, ValidationError):
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, fault["loc"]))
        return InvalidInput(f"That can't be done: {place}: {fault['msg']}.")
    if isinstance(error, RecursionError):
        return InvalidInput("What was sent is nested too deeply.")
    if isinstance(error, UnicodeError):
        return InvalidInput("What was sent holds characters that no text has.")
    if isinstance(error, MemoryError):
        return EngineFault("The engine's memory ran out.", next_step="Try it with less at once.")
    number = secrets.token_hex(4)
    log.error("fault %s", number, exc_info=error)
    return EngineFault(f"The engine failed ({type(error).__name__}); its log says more under {number}.")
