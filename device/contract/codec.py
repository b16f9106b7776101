"""Messages to bytes and back. Whatever the bytes are, they become a sound message or a `Malformed`, nothing else.

One message is one flat JSON object: `type`, `v`, the envelope's fields, then the body's. Validation is pydantic's core,
fed straight from the dataclasses' shapes: nothing is coerced, unknown fields are passed over (that is how the contract
grows), and each type's validator is built when its first message comes, so starting costs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Final, Literal, NoReturn, get_args

from pydantic_core import (
    CoreSchema,
    PydanticCustomError,
    SchemaValidator,
    ValidationError,
    core_schema,
    from_json,
    to_json,
)

from device.contract import channels
from device.contract.messages import Body, Envelope, Record
from device.contract.rules import RULES, Rule
from device.contract.shape import Bool, Int, Many, Maybe, Member, OneOf, Part, Shape, Str, members, secret_names

Kind = Literal["bad-topic", "too-large", "not-json", "version", "unknown-type", "bad-field", "not-allowed"]
LIMIT: Final = 8192  # bytes of one payload
BODIES: Final[Mapping[str, type]] = {kind.type: kind for kind in get_args(Body)}
RECORDS: Final = frozenset(get_args(Record))

_RECORD_ONLY: Final = ("seq", "journal", "prev")
_CALENDAR: Final[Mapping[str, Callable[[str], object]]] = {
    "day": date.fromisoformat,
    "instant": datetime.fromisoformat,
    "ticket": lambda text: date.fromisoformat(text[:8]),
}


class Malformed(Exception):
    """Not a message of this contract. kind: a word for counting. why: for a technician, quotes no value."""

    def __init__(self, kind: Kind, why: str) -> None:
        super().__init__(f"{kind}: {why}")
        self.kind, self.why = kind, why


class TooLarge(Malformed):
    """More than 8192 bytes; a broker or a peer may refuse it for ever, so it must not start its way."""

    def __init__(self, size: int) -> None:
        super().__init__("too-large", f"{size} bytes, {LIMIT} are allowed")


def encode(envelope: Envelope, body: Body) -> bytes:
    """The wire bytes of a message, which `read` gives back as it was. Raises Malformed for what it would refuse."""
    kind: type = type(body)
    around = {name: getattr(envelope, name) for name in carried(kind)}
    try:
        head = to_json({"type": body.type, "v": envelope.v, **around})
        tail = to_json(body)
    except ValueError:  # a lone surrogate: no UTF-8 can carry it
        raise Malformed("bad-field", f"{body.type}: not Unicode text") from None
    payload = head if tail == b"{}" else head[:-1] + b"," + tail[1:]
    read(payload)  # what a peer would drop must never be promised
    return payload


@lru_cache(maxsize=64)  # of a pure function: devices of one station hear the same
def decode(topic: str, payload: bytes) -> tuple[Envelope, Body]:
    """The message, if it is sound and its sender may say it on this topic. Raises Malformed and nothing else."""
    address = channels.parse(topic)
    if address is None:
        raise Malformed("bad-topic", "no such topic in the contract")
    envelope, body = read(payload)
    if not channels.may_say(address, envelope.device, body):
        raise Malformed("not-allowed", f"{envelope.device} may not say {body.type} on this topic")
    return envelope, body


@lru_cache(maxsize=64)  # of a pure function: what is said was just read
def read(payload: bytes) -> tuple[Envelope, Body]:
    """The message, wherever it was said: for the book and the journal. Raises Malformed and nothing else."""
    said = _parsed(payload)
    kind = _kind(said)
    try:
        around = {name: said[name] for name in carried(kind) if name in said}
        envelope: Envelope = _validator(Envelope).validate_python(around)
        body: Body = _validator(kind).validate_python(said)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise Malformed("bad-field", f"{said['type']}: {where or 'whole'}: {first['msg']}") from None
    if kind in RECORDS and not (envelope.seq and envelope.journal):
        raise Malformed("bad-field", f"{said['type']}: a record has a number and a journal")
    return envelope, body


def read_again(payload: bytes) -> tuple[Envelope, Record]:
    """A record out of our own book, which was sound when it was entered: of its words only the types are looked at.

    Half the time of `read`, for a start that replays a day. Raises Malformed for what never was a record.
    """
    try:
        said = from_json(payload)
        kind = _kind(said) if isinstance(said, dict) else None
        if kind in RECORDS:
            envelope: Envelope = _validator(Envelope, again=True).validate_python(said)
            record: Record = _validator(kind, again=True).validate_python(said)
            return envelope, record
    except ValueError:
        raise Malformed("bad-field", "not as it was entered") from None
    raise Malformed("unknown-type", "no record")


def shaped(kind: type, said: Mapping[str, object]) -> Any:
    """What comes by another door than the wire, as `kind`, within the same bounds. Malformed, which quotes no value."""
    try:
        return _validator(kind).validate_python(dict(said))
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Malformed("bad-field", f"{'.'.join(map(str, first['loc'])) or 'whole'}: {first['msg']}") from None


def masked(payload: bytes) -> dict[str, object]:
    """The message as it may be written down: SECRET fields as "***", and of a malformed one only its kind and size."""
    try:
        read(payload)
    except Malformed as malformed:
        return {"malformed": malformed.kind, "bytes": len(payload)}
    return {name: _masked(name, value) for name, value in _parsed(payload).items()}


@cache
def carried(kind: type) -> tuple[str, ...]:
    """The envelope's fields that a message of this kind carries, besides `v`."""
    of_record = kind in RECORDS
    return tuple(m.name for m in members(Envelope) if m.name != "v" and (of_record or m.name not in _RECORD_ONLY))


def record_hash(payload: bytes) -> str:
    """What the next record of the journal carries as `prev`: SHA-256 of the payload, in hexadecimal (R142)."""
    return sha256(payload).hexdigest()


def _masked(name: str, value: object) -> object:
    if name in _secret_names():
        return "***"
    if isinstance(value, dict):
        return {key: _masked(key, inner) for key, inner in value.items()}
    return [_masked("", inner) for inner in value] if isinstance(value, list) else value


# --- JSON, stricter than usual -------------------------------------------------------------------------------


def _parsed(payload: bytes) -> dict[str, Any]:
    if len(payload) > LIMIT:
        raise TooLarge(len(payload))
    try:
        # Refuses wrong UTF-8, lone surrogates, NaN and more than 200 levels; of a key said twice it takes the last.
        said = from_json(payload, allow_inf_nan=False)
        if to_json(said) != payload:  # so it may have been said twice; our own words say it as it is
            said = _JSON.decode(payload.decode())
    except (ValueError, RecursionError):
        raise Malformed("not-json", "no single JSON value in UTF-8 with every key once") from None
    if not isinstance(said, dict):
        raise Malformed("not-json", "a message is one JSON object")
    return said


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _no_constant(_: str) -> NoReturn:
    raise ValueError("not a JSON number")


_JSON: Final = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_no_constant)


def _kind(said: Mapping[str, Any]) -> type:
    version, word = said.get("v"), said.get("type")
    if type(version) is not int or version != 1:
        raise Malformed("version", "v is not 1")
    if not isinstance(word, str) or word not in BODIES:
        raise Malformed("unknown-type", "no such type in this version of the contract")
    return BODIES[word]


# --- shapes to validators ------------------------------------------------------------------------------------


@cache
def _validator(kind: type, *, again: bool = False) -> SchemaValidator:
    """again: for what was found sound before."""
    return SchemaValidator(_object(kind, again))


@cache
def _secret_names() -> frozenset[str]:
    return frozenset().union(*(secret_names(kind) for kind in BODIES.values()))


def _object(kind: type, again: bool) -> CoreSchema:
    parts = [core_schema.dataclass_field(m.name, _with_default(m, again)) for m in members(kind)]
    arguments = core_schema.dataclass_args_schema(kind.__name__, parts, extra_behavior="ignore")
    names = [m.name for m in members(kind)]
    schema = core_schema.dataclass_schema(kind, arguments, names, frozen=True, slots=True)
    return _ruled(schema, RULES[kind]) if kind in RULES and not again else schema


def _with_default(member: Member, again: bool) -> CoreSchema:
    schema = _core(member.shape, again)
    return schema if member.required else core_schema.with_default_schema(schema, default=member.default)


def _core(shape: Shape, again: bool) -> CoreSchema:
    match shape:
        case Str() if again:
            return core_schema.str_schema(strict=True)
        case Str(_, most, calendar):
            text = core_schema.str_schema(strict=True, pattern=shape.anchored, max_length=most)
            return _real(text, _CALENDAR[calendar]) if calendar else text
        case Int(least, most):
            return core_schema.int_schema(strict=True, ge=least, le=most)
        case Bool():
            return core_schema.bool_schema(strict=True)
        case OneOf(words):
            return core_schema.literal_schema(list(words))
        case Many(item, most):
            return core_schema.tuple_schema([_core(item, again)], variadic_item_index=0, max_length=most)
        case Part(kind):
            return _object(kind, again)
        case Maybe(item):
            return core_schema.nullable_schema(_core(item, again))


def _ruled(schema: CoreSchema, rule: Rule) -> CoreSchema:
    def check(value: object) -> object:
        if not rule.holds(value):
            raise PydanticCustomError("rule", rule.sentence)
        return value

    return core_schema.no_info_after_validator_function(check, schema)


def _real(schema: CoreSchema, parse: Callable[[str], object]) -> CoreSchema:
    def check(text: str) -> str:
        try:
            if text:
                parse(text)
        except ValueError:
            raise PydanticCustomError("calendar", "no such day or instant") from None
        return text

    return core_schema.no_info_after_validator_function(check, schema)
