"""What is wrong with a call that can't be made as it was written: its arguments, or a name that isn't there.

Python's own message says neither what the call takes nor what to write in its place; and a list where a sentence is
meant is noticed by nobody before it does harm far from the user's line.
"""

from __future__ import annotations

import difflib
import functools
import inspect
import numbers
import os
import types
import typing
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar

from .errors import NoSuchName, WrongCall

__all__ = ["Waited", "WaitedList", "checked", "checked_calls", "no_such_name"]

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C", bound=type)

# From where on a name is like another one. In a short one two letters in each other's place are half of it.
_ALIKE, _ALIKE_SHORT, _SHORT = 0.75, 0.65, 4

_IN_WORDS: dict[Any, str] = {
    str: "text", int: "a whole number", float: "a number", Path: "a path", os.PathLike: "a path", Mapping: "a dict",
    Sequence: "a list", Callable: "a function", Coroutine: "what is awaited",
}  # fmt: skip


class Waited:
    """What a blocking call gives. It is there, so there is nothing to await."""

    __slots__ = ()

    def __await__(self) -> NoReturn:
        raise WrongCall(
            "There is nothing to await: this call waits by itself, and what it does is done.",
            next_step="Leave out the `await`. Calls that are awaited: aproject = await nemo.aconnect().",
        )


class WaitedList(Waited, list[T]):
    """A list that a blocking call gives."""


_SEVERAL: dict[Any, str] = {str: "texts", int: "whole numbers", float: "numbers"}


def checked(example: str = "", unless: Collection[str] = ()) -> Callable[[F], F]:
    """The function, which raises WrongCall for arguments that aren't of the kinds that its signature has.

    `example` shows a call that works. The arguments of `unless` are looked at by the function itself.
    """

    def decorate(function: F) -> F:
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def awaited(*args: Any, **kwargs: Any) -> Any:
                _check(function, args, kwargs, example, unless)
                return await function(*args, **kwargs)

            return typing.cast("F", awaited)

        @functools.wraps(function)
        def called(*args: Any, **kwargs: Any) -> Any:
            _check(function, args, kwargs, example, unless)
            return function(*args, **kwargs)

        return typing.cast("F", called)

    return decorate


def checked_calls(examples: Mapping[str, str], unless: Collection[str] = ()) -> Callable[[C], C]:
    """A class whose public methods are `checked`, each with its example; `__init__` too where it has one."""

    def decorate(owner: C) -> C:
        for name, member in list(vars(owner).items()):
            if name.startswith("_") and name not in examples:
                continue
            decorated = checked(examples.get(name, ""), unless)
            if inspect.isfunction(member):
                setattr(owner, name, decorated(member))
            elif isinstance(member, classmethod):
                setattr(owner, name, classmethod(decorated(member.__func__)))
        return owner

    return decorate


def no_such_name(name: str, owner: str, known: Iterable[str], instead: Mapping[str, str]) -> NoSuchName:
    """The error for a name that `owner` doesn't have: the one that was meant, or what is said `instead`."""
    names = [other for other in known if not other.startswith("_")]
    near = difflib.get_close_matches(name, names, 1, _ALIKE_SHORT if len(name) <= _SHORT else _ALIKE)
    meant = f"; did you mean {near[0]}?" if near and name not in instead else "."
    step = "" if near else "What it has stands in the README's reference, and after a dot and the tab key."
    return NoSuchName(f"{owner} has no {name!r}{meant}", next_step=instead.get(name, step))


def _check(
    function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any], example: str, unless: Collection[str]
) -> None:  # fmt: skip
    signature = inspect.signature(function)
    call = _name(function)
    try:
        given = signature.bind(*args, **kwargs).arguments
    except TypeError as error:
        form = f"It is {call}{_form(signature)}. " if function.__name__ != "__init__" else ""
        step = f"{form}{_meant(signature, kwargs)}{example}"
        raise WrongCall(f"{call}() can't be called like that: {error}.", next_step=step.strip()) from None
    for name, kind in _kinds(function).items():
        if name in given and name not in unless and not _fits(given[name], kind):
            takes = " or ".join(dict.fromkeys(_in_words(kind)))
            step = example or f"It is {call}{_form(signature)}."
            raise WrongCall(
                f"{call}({name}=…) takes {takes}, not {_shown(given[name], takes)}.", next_step=step
            )


def _name(function: Callable[..., Any]) -> str:
    """As it is called: of a class' `__init__` the class."""
    owner, _, name = function.__qualname__.rpartition(".")
    return owner if name == "__init__" else name


def _form(signature: inspect.Signature) -> str:
    """`(text, *, focus=None)`: for reading, without kinds."""
    empty = inspect.Parameter.empty
    shown = [item.replace(annotation=empty) for item in signature.parameters.values()]
    first = 1 if shown and shown[0].name in ("self", "cls") else 0
    return str(signature.replace(parameters=shown[first:], return_annotation=inspect.Signature.empty))


def _meant(signature: inspect.Signature, kwargs: Mapping[str, Any]) -> str:
    unknown = next((name for name in kwargs if name not in signature.parameters), "")
    near = difflib.get_close_matches(unknown, signature.parameters, 1)
    return f"Did you mean {near[0]}=…? " if near else ""


@functools.cache
def _kinds(function: Callable[..., Any]) -> dict[str, Any]:
    """The kinds of its arguments. Those that only a type checker knows are left out, and so are lists of arguments."""
    written = inspect.unwrap(function)
    kinds: dict[str, Any] = {}
    for name, parameter in inspect.signature(written).parameters.items():
        if (
            parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
            or parameter.annotation is parameter.empty
        ):
            continue
        one = types.SimpleNamespace(__annotations__={name: parameter.annotation})
        with suppress(NameError):
            kinds[name] = typing.get_type_hints(one, written.__globals__)[name]
    return kinds


def _fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a kind, as far as that can be told without looking into it deeply."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, one) for one in inner)
    if origin is Literal:
        return any(value == one and type(value) is type(one) for one in inner)
    plain = origin or kind
    if plain is None or plain is types.NoneType:
        return value is None
    if plain in (int, float):
        number = numbers.Integral if plain is int else numbers.Real
        return isinstance(value, number) and not isinstance(value, bool)
    if plain is Path:
        return isinstance(value, os.PathLike)
    if plain is Mapping:
        return isinstance(value, Mapping) and all(
            _fits(key, inner[0]) and _fits(item, inner[1]) for key, item in value.items()
        )
    if plain is Sequence:
        listed = isinstance(value, Sequence) and not isinstance(value, (str, bytes))
        return listed and all(_fits(item, inner[0]) for item in value)
    told = isinstance(plain, type) and plain is not bool and not getattr(plain, "_is_protocol", False)
    return isinstance(value, plain) if told else True


def _in_words(kind: Any) -> list[str]:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        said = [word for one in inner if one is not types.NoneType for word in _in_words(one)]
        return [word for word in said if word != "text" or "a path" not in said]
    if origin is Literal:
        return [repr(one) for one in inner]
    plain = origin or kind
    said_of = _IN_WORDS.get(plain) or f"{_article(plain.__name__)} {plain.__name__}"
    holds = _SEVERAL.get(inner[-1]) if inner and plain in (Mapping, Sequence) else None
    return [f"{said_of} of {holds}" if holds else said_of]


def _shown(value: object, takes: str) -> str:
    """A value in few words; of one that is of a kind that is taken, what it holds."""
    if value is None or isinstance(value, (str, int, float)):
        return repr(value)[:60]
    shown = _named(value)
    if shown not in takes or not isinstance(value, (dict, list, tuple)):
        return shown
    held = sorted({_named(item) for item in (value.values() if isinstance(value, dict) else value)})
    return f"{shown} that holds {' and '.join(held)}"


def _named(value: object) -> str:
    name = type(value).__name__
    return f"{_article(name)} {name}"


def _article(name: str) -> str:
    return "an" if name[:1].lower() in "aeiou" else "a"
