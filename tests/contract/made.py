"""Messages made for tests: any sound one, from the shapes the codec reads, and examples that were spoiled."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

import pytest
from hypothesis import strategies as st

from device.contract import messages
from device.contract.codec import BODIES, RECORDS, Malformed, carried, read
from device.contract.examples import Example
from device.contract.messages import Body, Envelope
from device.contract.rules import RULES
from device.contract.shape import Bool, Int, Many, Maybe, OneOf, Part, Shape, Str, members, shape_of

_PLAIN = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
_UUIDS = st.uuids().map(str)
_LONG: dict[Shape, st.SearchStrategy[str]] = {  # from a regular expression these would take most of the time
    shape_of(messages.Uuid): _UUIDS,
    shape_of(messages.MaybeUuid): st.just("") | _UUIDS,
    shape_of(messages.Hash): st.binary(max_size=32).map(bytes.hex),
}
_ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def _calendar(shape: Str) -> st.SearchStrategy[str]:
    days = st.dates(date(2000, 1, 1), date(2999, 12, 31))
    match shape.calendar:
        case "day":
            return days.map(date.isoformat)
        case "ticket":
            number = st.from_regex(re.compile("[A-Z][0-9]{3}"), fullmatch=True)
            return st.tuples(days, number).map(lambda made: f"{made[0]:%Y%m%d}-{made[1]}")
        case _:
            return st.datetimes(datetime(2000, 1, 2), datetime(2999, 12, 30), timezones=_ZONES).map(  # noqa: DTZ001  zones are drawn
                lambda made: made.isoformat(timespec="milliseconds")
            )


@cache
def value(shape: Shape) -> st.SearchStrategy[Any]:
    """Any value that a field of this shape may have."""
    match shape:
        case Str(calendar=""):
            if shape in _LONG:
                return _LONG[shape]
            if shape.most is not None:
                return st.text(_PLAIN, max_size=shape.most)
            return st.from_regex(re.compile(shape.regex, re.ASCII), fullmatch=True)
        case Str():
            return _calendar(shape) | st.just("") if shape.optional else _calendar(shape)
        case Int(least, most):
            return st.integers(least, most)
        case Bool():
            return st.booleans()
        case OneOf(words):
            return st.sampled_from(words)
        case Many(item, most):
            return st.lists(value(item), max_size=min(most, 4)).map(tuple)
        case Part(kind):
            return _sound(kind)
        case Maybe(item):
            return st.none() | value(item)


@cache
def _sound(kind: type) -> st.SearchStrategy[Any]:
    made: st.SearchStrategy[Any] = st.builds(kind, **{m.name: value(m.shape) for m in members(kind)})
    return made.filter(RULES[kind].holds) if kind in RULES else made


@cache
def message(word: str) -> st.SearchStrategy[tuple[Envelope, Body]]:
    """Any sound message of one type."""
    kind = BODIES[word]
    around = {m.name: value(m.shape) for m in members(Envelope) if m.name in carried(kind)}
    if kind in RECORDS:
        around["seq"] = st.integers(1, 2**53)
        around["journal"] = around["id"]
    if word == "ticket.issued":
        return st.tuples(st.builds(Envelope, **around), _issued(kind))
    return st.tuples(st.builds(Envelope, **around), _sound(kind))


def _issued(kind: type) -> st.SearchStrategy[Any]:
    """Ticket, number and day hang together; chance alone would never find that."""
    plain = {m.name: value(m.shape) for m in members(kind) if m.name not in ("ticket", "number", "day")}

    def fit(ticket: str, **others: Any) -> Any:
        day = f"{ticket[:4]}-{ticket[4:6]}-{ticket[6:8]}"
        return kind(ticket=ticket, number=ticket[9:], day=day, **others)

    ticket = next(m.shape for m in members(kind) if m.name == "ticket")
    return st.builds(fit, ticket=value(ticket), **plain)


def named(example: Example) -> str:
    """A test's name for an example."""
    return example.body.type


def changed(example: Example, **fields: Any) -> bytes:
    """The example's payload with other fields."""
    return json.dumps(json.loads(example.payload) | fields, ensure_ascii=False).encode()


def without(example: Example, field: str) -> bytes:
    """The example's payload without one field."""
    said = json.loads(example.payload)
    del said[field]
    return json.dumps(said).encode()


def refusal(payload: bytes) -> Malformed:
    """How the codec refuses this; fails if it does not."""
    with pytest.raises(Malformed) as caught:
        read(payload)
    return caught.value
