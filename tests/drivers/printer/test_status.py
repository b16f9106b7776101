"""What a printer's status bytes mean, and telling its answers apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos_status import CLEAR, Ear, decode_status, dle_eot
from drivers.events import PrinterReport

WELL = 0x12
STATUS = st.integers(0, 255).map(lambda byte: (byte & 0x6C) | WELL)  # any byte with DLE EOT's fixed bits


@pytest.mark.req("R002")
@pytest.mark.parametrize(
    ("bytes_", "report"),
    [
        ((0x12, 0x12, 0x12, 0x12), PrinterReport(ready=True)),
        ((0x16, 0x12, 0x12, 0x12), PrinterReport(ready=True)),  # the drawer's pin says nothing about paper
        ((0x12, 0x12, 0x12, 0x1E), PrinterReport(ready=True, low=True)),
        ((0x12, 0x12, 0x12, 0x16), PrinterReport(ready=True, low=True)),  # a copy that sets one bit of the two
        ((0x1A, 0x32, 0x12, 0x72), PrinterReport(ready=False, code="paper-out")),
        ((0x1A, 0x12, 0x12, 0x7E), PrinterReport(ready=False, low=True, code="paper-out")),
        ((0x12, 0x12, 0x12, 0x32), PrinterReport(ready=False, code="paper-out")),  # online, but no paper
        ((0x1A, 0x16, 0x12, 0x12), PrinterReport(ready=False, code="cover-open")),
        ((0x1A, 0x52, 0x1A, 0x12), PrinterReport(ready=False, code="cutter")),
        ((0x1A, 0x52, 0x32, 0x12), PrinterReport(ready=False, code="broken")),
        ((0x1A, 0x52, 0x16, 0x12), PrinterReport(ready=False, code="broken")),
        ((0x1A, 0x52, 0x12, 0x12), PrinterReport(ready=False, code="broken")),  # an error without a name
        ((0x1A, 0x52, 0x52, 0x12), PrinterReport(ready=False, code="overheated")),
        ((0x1A, 0x12, 0x12, 0x12), PrinterReport(ready=False, code="offline")),
        ((0x32, 0x12, 0x12, 0x12), PrinterReport(ready=False, code="offline")),  # waits to come online again
        ((0x1A, 0x1A, 0x12, 0x12), PrinterReport(ready=False, code="offline")),  # somebody holds the feed button
    ],
)
def test_each_fault_is_read_from_its_own_bits(bytes_: tuple[int, int, int, int], report: PrinterReport) -> None:
    assert decode_status(*bytes_) == report


@pytest.mark.parametrize(
    ("bytes_", "code"),
    [
        ((0x1A, 0x36, 0x12, 0x7E), "cover-open"),  # the roll is being changed
        ((0x1A, 0x76, 0x3A, 0x7E), "broken"),
        ((0x1A, 0x76, 0x1A, 0x7E), "cutter"),
        ((0x1A, 0x72, 0x12, 0x7E), "paper-out"),  # copies that call a lack of paper an error
        ((0x1A, 0x56, 0x12, 0x12), "cover-open"),  # or an open cover
        ((0x1A, 0x32, 0x52, 0x72), "paper-out"),
    ],
)
def test_of_several_faults_the_one_to_mend_first_is_named(bytes_: tuple[int, int, int, int], code: str) -> None:
    assert decode_status(*bytes_).code == code


@given(STATUS, STATUS, STATUS, STATUS)
def test_a_printer_is_ready_only_if_no_bit_speaks_against_it(one: int, two: int, three: int, four: int) -> None:
    report = decode_status(one, two, three, four)
    against = (one & 0x28) | (two & 0x6C) | (three & 0x6C) | (four & 0x60)
    assert report.ready == (against == 0)
    assert bool(report.code) == (not report.ready)
    assert report.low == bool(four & 0x0C)


@given(st.lists(STATUS), st.integers(1, 5))
def test_status_bytes_are_heard_in_order_however_they_are_cut_up(answers: list[int], size: int) -> None:
    ear, data = Ear(), bytes(answers)
    for at in range(0, len(data), size):
        ear.hear(data[at : at + size])
    assert ear.status == answers
    assert ear.fences == 0


def test_answers_of_every_kind_are_told_apart() -> None:
    ear = Ear()
    # XON, a status sent unasked (four bytes), DLE EOT, GS r, the clear response, DLE EOT, XOFF, GS r with low paper
    ear.hear(b"\x11" + b"\x14\x00\x00\x0f" + b"\x12" + b"\x00" + b"\x37\x25\x00" + b"\x1e" + b"\x13" + b"\x03")
    assert (ear.status, ear.fences, ear.cleared) == ([0x12, 0x1E], 2, True)


@given(st.binary())
def test_noise_never_makes_an_answer_that_has_not_the_fixed_bits(noise: bytes) -> None:
    ear = Ear()
    ear.hear(noise)
    assert all(byte & 0x93 == 0x12 for byte in ear.status)


def test_half_an_answer_does_not_hide_the_answer_to_the_next_question() -> None:
    ear = Ear()
    ear.hear(b"\x37\x25")
    ear.forget()
    ear.hear(b"\x12")
    assert ear.status == [0x12]


def test_the_questions_are_the_bytes_of_the_command_reference() -> None:
    assert dle_eot(4) == b"\x10\x04\x04"
    assert bytes([16, 20, 8, 1, 3, 20, 1, 6, 2, 8]) == CLEAR
