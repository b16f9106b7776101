"""Pieces become whole codes, on a clock that the test holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanner_text import AGAIN_SECONDS, BURST, BURST_SECONDS, LONGEST, QUIET_SECONDS, ScannedText


def test_a_code_ends_with_return_line_feed_or_tab() -> None:
    text = ScannedText()
    assert text.feed("A0", 0.0) == []
    assert text.feed("12\rB", 0.001) == ["A012"]
    assert text.feed("003\r\nC001\t", 0.002) == ["B003", "C001"]
    assert not text.waiting


def test_a_code_that_is_broken_off_is_not_glued_to_the_next() -> None:
    text = ScannedText()
    text.feed("hallside:long", 0.0)
    assert text.feed("A012\r", QUIET_SECONDS) == ["", "A012"]
    text.feed("hallside:long", 1.0)
    assert text.hush(1.0 + QUIET_SECONDS) == [""]
    assert text.hush(2.0) == []


def test_a_scanner_without_an_ending_ends_its_codes_with_a_pause() -> None:
    text = ScannedText("silence")
    assert text.feed("A01", 0.0) == []
    assert text.feed("2", 0.1) == []
    assert text.hush(0.1 + QUIET_SECONDS) == ["A012"]


@pytest.mark.parametrize(("sent", "code"), [("]Q1A012", "A012"), ("\x02A012\x03", "A012"), (" A012 ", "A012")])
def test_what_models_put_around_a_code_is_no_part_of_it(sent: str, code: str) -> None:
    assert ScannedText().feed(f"{sent}\r", 0.0) == [code]


@pytest.mark.parametrize("sent", ["", "\r", "\x02\x03", "  "])
def test_an_ending_alone_is_no_code(sent: str) -> None:
    assert ScannedText().feed(f"{sent}\n", 0.0) == []


@pytest.mark.parametrize("sent", ["A\0", "A\x1b[2J", "A\u202e", "9" * (LONGEST + 1), "\ud800"])
def test_what_cannot_be_printed_or_is_too_long_is_no_code(sent: str) -> None:
    assert ScannedText().feed(f"{sent}\r", 0.0) == [""]


def test_the_same_code_counts_again_after_a_while() -> None:
    text = ScannedText()
    assert text.feed("A012\r", 0.0) == ["A012"]
    assert text.feed("A012\r", AGAIN_SECONDS * 0.9) == []
    assert text.feed("A012\r", AGAIN_SECONDS * 1.8) == []  # it never left
    assert text.feed("A012\r", AGAIN_SECONDS * 2.9) == ["A012"]


def test_more_codes_than_anybody_holds_up_are_a_fault_and_not_passed_on() -> None:
    text = ScannedText()
    read = text.feed("".join(f"A{n:03d}\r" for n in range(50)), 0.0)
    assert (len(read), text.fault) == (BURST, "babbling")
    assert text.feed("A100\r", BURST_SECONDS) == ["A100"]
    assert text.fault == ""


PIECES = st.text("A1é\0\r\n\t \x02]", max_size=20) | st.integers(500, 520).map(lambda n: "7" * n)


@given(st.lists(PIECES, max_size=20), st.integers(1, 50))
def test_whatever_comes_what_goes_out_is_bounded(pieces: list[str], step: int) -> None:
    text = ScannedText()
    for turn, piece in enumerate(pieces):
        for code in text.feed(piece, turn * step / 10):
            assert len(code) <= LONGEST
            assert code == "" or code.isprintable()
        assert text.waiting <= LONGEST + 1
