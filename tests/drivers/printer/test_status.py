"""What a printer's status bytes mean, and telling its answers apart."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos_status import CLEAR, SPEAK_UP, Ear, decode_asb, decode_port_status, decode_status, dle_eot
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


# What each bit of each byte says, from the command reference, written out apart from the code: DLE EOT 1 to 4.
DLE_EOT_BITS: tuple[Mapping[int, str], ...] = (
    {0x08: "offline", 0x20: "offline"},
    {0x04: "cover-open", 0x08: "offline", 0x20: "paper-out", 0x40: "unnamed"},
    {0x04: "broken", 0x08: "cutter", 0x20: "broken", 0x40: "overheated"},
    {0x04: "paper-low", 0x08: "paper-low", 0x20: "paper-out", 0x40: "paper-out"},
)
ASB_BITS: tuple[Mapping[int, str], ...] = (
    {0x08: "offline", 0x20: "cover-open", 0x40: "offline"},
    {0x01: "offline", 0x04: "broken", 0x08: "cutter", 0x20: "broken", 0x40: "overheated"},
    {0x01: "paper-low", 0x02: "paper-low", 0x04: "paper-out", 0x08: "paper-out"},
    {},
)


def said_by(bits: Mapping[int, str], byte: int) -> set[str]:
    return {name for bit, name in bits.items() if byte & bit}


def what_stands(said: set[str]) -> set[str]:
    """Being offline, and an error without a name, come along with everything else."""
    low, named = said & {"paper-low"}, said - {"offline", "paper-low", "unnamed"}
    if not named:
        named = {"broken"} if "unnamed" in said else said & {"offline"}
    return named | low


@pytest.mark.req("R002")
@pytest.mark.parametrize("which", range(4))
def test_each_of_256_values_of_each_dle_eot_byte_is_read_as_a_set_of_bits(which: int) -> None:
    for byte in range(256):
        answers = [WELL] * 4
        answers[which] = byte
        report = decode_status(*answers)
        expected = what_stands(said_by(DLE_EOT_BITS[which], byte))
        assert report.conditions == expected, f"DLE EOT {which + 1} says {byte:08b}"
        assert report.ready == (expected <= {"paper-low"})
        assert (report.code == "") == report.ready


@pytest.mark.parametrize("which", range(4))
def test_each_of_256_values_of_each_byte_sent_unasked_is_read_as_a_set_of_bits(which: int) -> None:
    for byte in range(256):
        block = [0x10, 0x00, 0x00, 0x00]
        block[which] = byte
        expected = what_stands(said_by(ASB_BITS[which], byte))
        assert decode_asb(*block).conditions == expected, f"byte {which + 1} of ASB says {byte:08b}"


def test_each_of_256_values_of_the_usb_port_status_is_read_as_bits_or_as_no_status_at_all() -> None:
    for byte in range(256):
        report = decode_port_status(byte)
        if byte & 0b11000111:
            assert report is None, f"{byte:08b}: bits that the standard holds at 0"
            continue
        assert report is not None
        if byte & 0x20:
            assert report.conditions == {"paper-out"}
        elif not byte & 0x08:
            assert report.conditions == {"broken"}
        else:
            assert report.conditions == (set() if byte & 0x10 else {"offline"})


@given(STATUS, STATUS, STATUS, STATUS)
def test_several_faults_at_once_are_all_told_and_the_one_to_mend_first_leads(
    one: int, two: int, three: int, four: int
) -> None:
    report = decode_status(one, two, three, four)
    said = set().union(*(said_by(bits, byte) for bits, byte in zip(DLE_EOT_BITS, (one, two, three, four), strict=True)))
    assert report.conditions == what_stands(said)
    order = ["broken", "cutter", "cover-open", "paper-out", "overheated", "offline", ""]
    told = [report.code, *report.also]
    assert told == sorted(told, key=order.index)
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
    assert ear.unasked == (0x14, 0x00, 0x00, 0x0F)


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
    ear.hear(b"\x10\x00")  # noise that begins like a status sent unasked
    ear.hear(b"\x16")
    assert ear.status == [0x12, 0x16]
    assert ear.unasked is None


def test_the_second_half_of_a_status_sent_unasked_is_never_taken_for_the_proof_of_a_ticket() -> None:
    ear = Ear()
    ear.hear(b"\x10\x00")
    ear.forget()
    ear.hear(b"\x00\x0f")
    assert (ear.fences, ear.unasked) == (0, (0x10, 0x00, 0x00, 0x0F))


def test_the_questions_are_the_bytes_of_the_command_reference() -> None:
    assert dle_eot(4) == b"\x10\x04\x04"
    assert bytes([16, 20, 8, 1, 3, 20, 1, 6, 2, 8]) == CLEAR
    assert bytes([29, 97, 0b00001110]) == SPEAK_UP  # online, error, roll paper
