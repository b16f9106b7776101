"""Records of our own book at a start: the same as when they were entered, and damage among them is no record."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from device.contract import messages as m
from device.contract.codec import BODIES, RECORDS, Malformed, encode, read, read_again
from device.contract.examples import EXAMPLES, Example
from tests.contract.made import changed, message, named

OF_RECORDS = [each for each in EXAMPLES if type(each.body) in RECORDS]


@pytest.mark.parametrize("word", sorted(word for word, kind in BODIES.items() if kind in RECORDS))
def test_any_record_is_read_again_as_it_was_read_first(word: str) -> None:
    @settings(max_examples=6)
    @given(message(word))
    def check(made: tuple[m.Envelope, m.Body]) -> None:
        payload = encode(*made)
        assert read_again(payload) == read(payload) == made

    check()


@pytest.mark.parametrize("example", OF_RECORDS, ids=named)
def test_a_record_of_a_later_version_is_read_again_without_what_is_new(example: Example) -> None:
    assert read_again(changed(example, later="what")) == (example.envelope, example.body)


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each not in OF_RECORDS], ids=named)
def test_what_is_no_record_was_never_entered(example: Example) -> None:
    with pytest.raises(Malformed, match="unknown-type"):
        read_again(example.payload)


@pytest.mark.parametrize("payload", [b"", b"[]", b"7", b'{"type":', b"\xff", b'{"type":[],"v":1}', b'{"v":1}'])
def test_damaged_bytes_are_malformed(payload: bytes) -> None:
    with pytest.raises(Malformed):
        read_again(payload)


@pytest.mark.parametrize("example", OF_RECORDS, ids=named)
def test_a_value_of_another_type_is_malformed(example: Example) -> None:
    said = json.loads(example.payload)
    for name in said:
        if name not in ("type", "v"):
            with pytest.raises(Malformed, match="bad-field"):
                read_again(changed(example, **{name: {"another": 0.5}}))
