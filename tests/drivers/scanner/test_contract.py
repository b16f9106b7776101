"""What every scanner promises, whether it types, speaks over a line, or is simulated."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers import backoff
from drivers.events import PartFailed, PartMended, Scanned
from drivers.protocols import Scanner
from tests.drivers.scanner.scanners import RIGS, Ear, Hand

TICKET = "hallside:longjiang:20261121-A012"


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture(params=sorted(RIGS))
def both(
    request: pytest.FixtureRequest, ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Scanner, Hand]]:
    monkeypatch.setattr(backoff, "STEPS", (0.01,))
    with RIGS[request.param](ear, tmp_path) as made:
        yield made


def test_codes_are_read_whole_and_in_their_order(both: tuple[Scanner, Hand], ear: Ear) -> None:
    _, hand = both
    for text in (TICKET, "20260817", "https://city.example/q?t=Ab_9-~"):
        hand.scan(text)
    assert ear.codes(3) == [TICKET, "20260817", "https://city.example/q?t=Ab_9-~"]


def test_a_code_that_stays_before_the_scanner_is_one_code(both: tuple[Scanner, Hand], ear: Ear) -> None:
    _, hand = both
    for text in (TICKET, TICKET, TICKET, "A012"):
        hand.scan(text)
    assert ear.codes(2) == [TICKET, "A012"]


def test_what_is_no_text_is_told_to_whoever_holds_it(both: tuple[Scanner, Hand], ear: Ear) -> None:
    _, hand = both
    hand.garble()
    hand.scan("A012")
    assert ear.codes(2) == ["", "A012"]


def test_a_code_longer_than_any_of_ours_is_not_passed_on(both: tuple[Scanner, Hand], ear: Ear) -> None:
    _, hand = both
    hand.scan("7" * 513)
    hand.scan("7" * 512)
    assert ear.codes(2) == ["", "7" * 512]


def test_three_unreadable_codes_are_the_scanner_s_fault_and_the_next_good_one_ends_it(
    both: tuple[Scanner, Hand], ear: Ear
) -> None:
    _, hand = both
    for _ in range(3):
        hand.garble()
    heard = [ear.next() for _ in range(4)]
    assert heard.count(Scanned("")) == 3
    (failed,) = (event for event in heard if isinstance(event, PartFailed))
    assert (failed.part, failed.code, failed.mender) == ("scanner", "garbled", "technician")
    hand.scan("A012")
    assert [ear.next(), ear.next()] == [PartMended("scanner"), Scanned("A012")]


def test_an_unplugged_scanner_is_a_fault_for_staff_and_reads_again_when_it_is_back(
    both: tuple[Scanner, Hand], ear: Ear
) -> None:
    _, hand = both
    hand.unplug()
    assert ear.fault() == ("unplugged", "staff")
    hand.plug()
    assert ear.next() == PartMended("scanner")
    hand.scan(TICKET)
    assert ear.codes(1) == [TICKET]


@pytest.mark.req("R083")
def test_what_was_read_is_in_no_text_that_a_log_could_get(both: tuple[Scanner, Hand], ear: Ear) -> None:
    _, hand = both
    hand.scan("110101199003077715")
    event = ear.next()
    assert event == Scanned("110101199003077715")
    assert "1101" not in repr(event)


def test_closing_twice_ends_the_thread(both: tuple[Scanner, Hand], ear: Ear) -> None:
    scanner, _ = both
    scanner.close()
    scanner.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "kiosk-1 scanner"]
