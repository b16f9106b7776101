"""The printer in memory behaves like the ones that give trouble, not like the ones in a brochure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.escpos_machine import FAULTS, Machine
from drivers.escpos_status import CLEAR, FENCE
from tests.drivers.printer.jobs import paper, ticket

JOB = ticket("A012")
CLEARED = b"\x37\x25\x00"


def told(machine: Machine) -> bytes:
    """What it has answered since the last time."""
    answers = bytes(machine.answers)
    machine.answers.clear()
    return answers


def test_what_it_holds_comes_out_as_soon_as_it_is_mended() -> None:
    machine = Machine()
    machine.fault("paper-out")
    machine.receive(JOB)
    assert not machine.papers
    machine.mend()
    assert list(machine.papers) == [paper(JOB)]


def test_what_was_cleared_never_comes_out() -> None:
    machine = Machine()
    machine.fault("cover-open")
    machine.receive(JOB + CLEAR)
    assert told(machine) == CLEARED
    machine.mend()
    assert not machine.papers


def test_one_that_cannot_clear_prints_what_it_holds_all_the_same() -> None:
    machine = Machine(clears=False)
    machine.fault("cover-open")
    machine.receive(JOB + CLEAR)
    machine.mend()
    assert told(machine) == b""
    assert len(machine.papers) == 1


def test_status_is_answered_at_once_and_the_fence_in_its_turn() -> None:
    machine = Machine()
    machine.fault("paper-out")
    machine.receive(JOB + FENCE + b"\x10\x04\x04")
    assert told(machine) == b"\x7e"
    machine.mend()
    assert told(machine) == b"\x00"


@pytest.mark.parametrize(
    ("faults", "status"),
    [
        ([], b"\x12\x12\x12\x12"),
        (["paper-low"], b"\x12\x12\x12\x1e"),
        (["paper-out"], b"\x1a\x32\x12\x7e"),
        (["cover-open", "paper-out"], b"\x1a\x36\x12\x7e"),
        (["cutter"], b"\x1a\x52\x1a\x12"),
        (["broken"], b"\x1a\x52\x32\x12"),
        (["overheated"], b"\x1a\x52\x52\x12"),
        (["offline"], b"\x1a\x12\x12\x12"),
        (["silent"], b""),
    ],
)
def test_every_fault_shows_in_its_bits(faults: list[str], status: bytes) -> None:
    machine = Machine()
    for fault in faults:
        machine.fault(fault)
    machine.receive(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04")
    assert told(machine) == status


def test_a_real_time_command_is_carried_out_inside_another_command() -> None:
    machine = Machine()
    within = JOB.index(b"20261121") + 3
    machine.receive(JOB[:within] + b"\x10\x04\x01" + JOB[within:])
    assert told(machine) == b"\x12"
    assert list(machine.papers) == [paper(JOB)]


def test_bytes_that_only_begin_like_a_real_time_command_are_data() -> None:
    jobs: list[bytes] = []
    machine = Machine(jobs.append)
    machine.receive(b"\x1b@A\x10B\x10\x14\x08C\n\x1dVB\x00")
    assert jobs == [b"\x1b@A\x10B\x10\x14\x08C\n\x1dVB\x00"]


def test_a_planned_fault_begins_after_exactly_so_many_bytes() -> None:
    for fault in ("unplugged", "stuck"):
        machine = Machine()
        machine.fault(fault, after=7)
        assert machine.receive(b"\x10\x04\x01" + JOB) == 3 + 7
        assert machine.receive(JOB) == 0
        machine.mend(fault)
        assert machine.receive(JOB) == len(JOB)


def test_a_job_is_kept_whole_or_as_far_as_it_came() -> None:
    jobs: list[bytes] = []
    machine = Machine(jobs.append)
    machine.receive(b"\x00\x00" + JOB + FENCE + JOB[:50] + CLEAR + JOB[:60] + JOB)
    assert jobs == [JOB, JOB[:50], JOB[:60], JOB]


def test_an_unknown_fault_is_refused_with_what_is_known() -> None:
    with pytest.raises(ValueError, match=r"no fault 'fire'; known are .*paper-out"):
        Machine().fault("fire")
    with pytest.raises(ValueError, match="no fault 'fire'"):
        Machine().mend("fire")
    assert "fire" not in FAULTS


@settings(max_examples=30)
@given(st.lists(st.integers(1, 60), min_size=1), st.booleans())
def test_it_does_not_matter_how_the_bytes_are_cut_up(sizes: list[int], clears: bool) -> None:
    machine, data, at = Machine(clears=clears), JOB + b"\x10\x04\x01" + JOB, 0
    while at < len(data):
        for size in sizes:
            machine.receive(data[at : at + size])
            at += size
    assert list(machine.papers) == [paper(JOB), paper(JOB)]
    assert told(machine) == b"\x12"


@given(st.binary(max_size=300))
def test_any_bytes_are_taken(data: bytes) -> None:
    machine = Machine()
    assert machine.receive(data) == len(data)
