"""The shape of a message, read once from its annotations: for codec, schemas and tests alike."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Final, Literal, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MaxLen

from device.contract.messages import Calendar, Pattern, Secret

_PLAIN_TEXT: Final = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]*"  # no control characters, no line breaks


@dataclass(frozen=True, slots=True)
class Str:
    """Text. regex: the whole text must match; in the dialect common to Python, Rust and ECMA 262. most: characters."""

    regex: str
    most: int | None = None
    calendar: Literal["", "day", "instant", "ticket"] = ""
    secret: bool = False

    @property
    def anchored(self) -> str:
        """For engines that search instead of matching the whole."""
        return f"^(?:{self.regex})$" if "|" in self.regex else f"^{self.regex}$"

    @property
    def optional(self) -> bool:
        """Whether the empty text will do."""
        return re.fullmatch(self.regex, "") is not None


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number, least to most."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Bool:
    """True or false, no numbers."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these fixed words (or the version's number)."""

    words: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at most `most` of these."""

    item: Shape
    most: int


@dataclass(frozen=True, slots=True)
class Part:
    """An object: the fields of this dataclass."""

    kind: type


@dataclass(frozen=True, slots=True)
class Maybe:
    """This or null."""

    item: Shape


Shape = Str | Int | Bool | OneOf | Many | Part | Maybe


@dataclass(frozen=True, slots=True)
class Member:
    """One field of a dataclass; `default` is MISSING when the sender must say it."""

    name: str
    shape: Shape
    default: object

    @property
    def required(self) -> bool:
        """Whether a message without this field is refused."""
        return self.default is MISSING


@cache
def members(kind: type) -> tuple[Member, ...]:
    """The fields of a message or part in order; raises TypeError where one has no bounds."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(Member(item.name, shape_of(hints[item.name]), item.default) for item in fields(kind))


def shape_of(hint: object) -> Shape:
    """The shape that an annotation of messages/ means; raises TypeError for what has no bounds on the wire."""
    notes: tuple[object, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        notes = tuple(rest)
    if get_origin(hint) is UnionType and NoneType in get_args(hint):
        (inner,) = (each for each in get_args(hint) if each is not NoneType)
        return Maybe(shape_of(inner))
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        return Many(shape_of(get_args(hint)[0]), _bound(MaxLen, "max_length", notes, hint))
    if get_origin(hint) is Literal:
        return OneOf(get_args(hint))
    if hint is str:
        return _text(notes)
    if hint is int:
        return Int(_bound(Ge, "ge", notes, hint), _bound(Le, "le", notes, hint))
    if hint is bool:
        return Bool()
    if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__"):
        return Part(hint)
    raise TypeError(f"{hint} has no shape on the wire")


def secret_names(kind: type) -> frozenset[str]:
    """The fields of a message that must never be written down."""
    return frozenset(m.name for m in members(kind) if isinstance(m.shape, Str) and m.shape.secret)


def _text(notes: tuple[object, ...]) -> Str:
    pattern = next((note.regex for note in notes if isinstance(note, Pattern)), None)
    most = None if pattern else _bound(MaxLen, "max_length", notes, str)
    calendar = next((note for note in notes if isinstance(note, Calendar)), None)
    secret = any(isinstance(note, Secret) for note in notes)
    # \d is every script's digits in Python and Rust but 0-9 in ECMA 262: say the one that all three read alike.
    regex = pattern.replace(r"\d", "[0-9]") if pattern else _PLAIN_TEXT
    re.compile(regex)
    return Str(regex, most, calendar.of if calendar else "", secret)


def _bound(kind: type, name: str, notes: tuple[object, ...], hint: object) -> int:
    for note in notes:
        if isinstance(note, kind):
            return int(getattr(note, name))
    raise TypeError(f"{hint} on the wire needs a bound: {kind.__name__}")
