"""JSON Schema (2020-12) of every message, from the same shapes that the codec validates by.

The keywords used mean the same in draft 7, so AsyncAPI's own dialect reads these schemas unchanged. Two things a schema
cannot say are said in CONTRACT.md: a day must exist in the calendar, and a whole number is written without fraction.
"""

from __future__ import annotations

from typing import Any, Final

from device.contract.codec import BODIES, carried
from device.contract.messages import Envelope
from device.contract.rules import RULES
from device.contract.shape import Bool, Int, Many, Maybe, OneOf, Part, Shape, Str, members

Schema = dict[str, Any]

_FORMATS: Final = {"day": "date", "instant": "date-time"}


def document() -> Schema:
    """One schema that any message on the wire meets; its `$defs` name each type."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:hallside:contract:1",
        "title": "hallside messages, version 1",
        "oneOf": [{"$ref": f"#/$defs/{word}"} for word in BODIES],
        "$defs": definitions("#/$defs/"),
    }


def definitions(refer: str) -> dict[str, Schema]:
    """Type or part -> its schema; `refer` is the way to them inside the document they are put in."""
    used = set().union(*(_parts(Part(kind)) for kind in BODIES.values())) - set(BODIES.values())
    parts = {part.__name__: _object(part, refer) for part in used}
    whole = {word: _message(word, kind, refer) for word, kind in BODIES.items()}
    return {**dict(sorted(parts.items())), **whole}


def of_member(shape: Shape, refer: str) -> Schema:
    """The schema of one field."""
    match shape:
        case Str(_, most, calendar, secret):
            found: Schema = {"type": "string", "pattern": shape.anchored}
            if most is not None:
                found["maxLength"] = most
            if calendar in _FORMATS and not shape.optional:
                found["format"] = _FORMATS[calendar]
            return found | ({"format": "password", "writeOnly": True} if secret else {})
        case Int(least, most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Bool():
            return {"type": "boolean"}
        case OneOf(words):
            return {"const": words[0]} if len(words) == 1 else {"enum": list(words)}
        case Many(item, most):
            return {"type": "array", "items": of_member(item, refer), "maxItems": most}
        case Part(kind):
            return {"$ref": refer + kind.__name__}
        case Maybe(item):
            return {"anyOf": [of_member(item, refer), {"type": "null"}]}


def sentence(kind: type) -> str:
    """What a message or part says, with the rule that it must keep as a whole."""
    told = " ".join((kind.__doc__ or "").split())
    return f"{told} Rule: {RULES[kind].sentence}." if kind in RULES else told


def _message(word: str, kind: type, refer: str) -> Schema:
    around = [m for m in members(Envelope) if m.name == "v" or m.name in carried(kind)]
    numbered = {"seq", "journal"} & set(carried(kind))
    properties: dict[str, Schema] = {"type": {"const": word}} | {m.name: of_member(m.shape, refer) for m in around}
    if numbered:
        properties["seq"]["minimum"] = 1
        properties["journal"]["minLength"] = 36
    body = _object(kind, refer)
    required = ["type", "v", *(m.name for m in around if m.name != "v" and (m.required or m.name in numbered))]
    return body | {"properties": properties | body["properties"], "required": required + body["required"]}


def _object(kind: type, refer: str) -> Schema:
    properties = {}
    for member in members(kind):
        properties[member.name] = of_member(member.shape, refer)
        if not member.required:
            default = member.default
            properties[member.name]["default"] = list(default) if isinstance(default, tuple) else default
    return {
        "type": "object",
        "description": sentence(kind),
        "properties": properties,
        "required": [m.name for m in members(kind) if m.required],
    }


def _parts(shape: Shape) -> set[type]:
    """The dataclasses that a shape is made of, at any depth."""
    match shape:
        case Part(kind):
            return {kind}.union(*(_parts(member.shape) for member in members(kind)))
        case Many(item) | Maybe(item):
            return _parts(item)
        case _:
            return set()
