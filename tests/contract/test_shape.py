"""The shapes of messages: what must hold for each one that is ever added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import pytest
from annotated_types import Ge, MaxLen

from device.contract.codec import BODIES, carried
from device.contract.messages import Envelope, Pattern
from device.contract.shape import Many, Maybe, Part, Shape, Str, members, secret_names, shape_of


def inside(shape: Shape) -> Iterator[Shape]:
    yield shape
    match shape:
        case Many(item) | Maybe(item):
            yield from inside(item)
        case Part(kind):
            for member in members(kind):
                yield from inside(member.shape)


def texts() -> set[Str]:
    kinds: list[type] = [Envelope, *BODIES.values()]
    return {shape for kind in kinds for shape in inside(Part(kind)) if isinstance(shape, Str)}


@pytest.mark.parametrize("word", sorted(BODIES))
def test_a_body_never_hides_a_field_of_its_envelope(word: str) -> None:
    own = {member.name for member in members(BODIES[word])}
    assert own.isdisjoint({"type", "v", *carried(BODIES[word])})


@pytest.mark.parametrize("word", sorted(BODIES))
def test_types_are_dotted_words_that_are_used_once(word: str) -> None:
    assert re.fullmatch(r"[a-z]+(\.[a-z_]+)?", word)
    assert [kind.__name__ for kind in BODIES.values()].count(BODIES[word].__name__) == 1


def test_every_text_has_an_end() -> None:
    endless = re.compile(r"[*+](?!\])|\{\d+,\}")
    for text in texts():
        inner = re.sub(r"\[[^]]*\]", "x", text.regex)
        assert text.most is not None or not endless.search(inner), text


def test_every_pattern_reads_alike_in_python_rust_and_ecma() -> None:
    for text in texts():
        assert not re.search(r"\\[dDwWsSbB]|\(\?", text.regex), text


@pytest.mark.parametrize(
    "hint",
    [str, int, float, bytes, tuple[str, ...], Annotated[int, Ge(0)], Annotated[tuple[str, ...], MaxLen(3)], str | int],
    ids=str,
)
def test_what_has_no_bounds_cannot_be_put_on_the_wire(hint: object) -> None:
    with pytest.raises(TypeError, match="on the wire"):
        shape_of(hint)


def test_digits_are_ascii_digits() -> None:
    shape = shape_of(Annotated[str, Pattern(r"[A-Z]\d{3}")])
    assert isinstance(shape, Str)
    assert re.fullmatch(shape.regex, "A012")
    assert not re.fullmatch(shape.regex, "A٠١٢")


def test_a_pattern_is_anchored_as_a_whole() -> None:
    assert re.search(Str("a|b").anchored, "ab") is None
    assert re.search(Str("a").anchored, "aa") is None


@pytest.mark.req("R204")
def test_pins_and_a_number_to_call_back_are_the_only_secrets_and_they_are_known() -> None:
    found = {(word, name) for word, kind in BODIES.items() for name in secret_names(kind)}
    assert found == {("ask.sign_in", "pin"), ("ask.leave", "pin"), ("ask.guide", "pin"), ("ask.contact", "contact")}
