"""JSON Schema and codec are two readings of one thing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from device.contract.codec import BODIES, Malformed, carried, encode, read
from device.contract.examples import EXAMPLES, Example
from device.contract.messages import Body, Envelope
from device.contract.rules import RULES
from device.contract.schemas import document
from device.contract.shape import Int, Many, Maybe, Part, Shape, Str, members
from tests.contract.made import message, named

WHOLE = document()


def reader(word: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{word}", "$defs": WHOLE["$defs"]})


READERS = {word: reader(word) for word in BODIES}
ANY = st.sampled_from(["", "x", "A012", "王", 0, 1, 3, -1, 10**9, True, None, [], ["x"], [1], {}, {"x": 1}, 0.5])


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(WHOLE)


def test_asyncapis_older_dialect_reads_it_too() -> None:
    for word in BODIES:
        Draft7Validator.check_schema(WHOLE["$defs"][word])


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_every_example_is_one_message_of_the_schema(example: Example) -> None:
    found = [word for word in BODIES if READERS[word].is_valid(json.loads(example.payload))]
    assert found == [example.body.type]


@pytest.mark.parametrize("word", sorted(BODIES))
def test_what_the_codec_says_the_schema_takes(word: str) -> None:
    @settings(max_examples=4)
    @given(message(word))
    def check(made: tuple[Envelope, Body]) -> None:
        READERS[word].validate(json.loads(encode(*made)))

    check()


def beyond(shape: Shape) -> list[object]:
    """Values one step outside a shape's bounds."""
    match shape:
        case Str(most=None):
            return ["!", None]
        case Str(most=int(most)):
            return ["x" * (most + 1), "a\nb", None]
        case Int(least, most):
            return [least - 1, most + 1, str(least), None]
        case Many(item, most):
            return [[["social", 3, [], {}]], ["a"] * (most + 1), *([value] for value in beyond(item)), None]
        case Maybe(item):
            return [value for value in beyond(item) if value is not None]
        case Part(kind):
            return [[], *({member.name: value} for member in members(kind) for value in beyond(member.shape))]
        case _:
            return ["neither", 7]


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_one_step_beyond_any_bound_both_refuse(example: Example) -> None:
    said = json.loads(example.payload)
    kind: type = type(example.body)
    around = [member for member in members(Envelope) if member.name in carried(kind)]
    for member in [*around, *members(kind)]:
        for value in beyond(member.shape):
            spoiled = said | {member.name: value}
            assert not READERS[example.body.type].is_valid(spoiled), (member.name, value)
            assert refusal(json.dumps(spoiled).encode()) is not None, (member.name, value)


@settings(max_examples=250)
@given(st.sampled_from(EXAMPLES), st.data())
def test_the_codec_refuses_what_the_schema_refuses(example: Example, data: st.DataObject) -> None:
    said: dict[str, Any] = json.loads(example.payload)
    field = data.draw(st.sampled_from(sorted(said)))
    if data.draw(st.booleans()):
        said[field] = data.draw(ANY)
    else:
        del said[field]
    takes = READERS[example.body.type].is_valid(said)
    payload = json.dumps(said).encode()
    if not takes:
        with pytest.raises(Malformed):
            read(payload)
    elif (why := refusal(payload)) is not None:  # a schema cannot say these
        assert why.endswith(("no such day or instant", *(rule.sentence for rule in RULES.values()))), why


def refusal(payload: bytes) -> str | None:
    try:
        read(payload)
    except Malformed as malformed:
        return malformed.why
    return None
