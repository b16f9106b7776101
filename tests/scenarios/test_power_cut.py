"""The main switch, at any moment: nothing is damaged, nothing bursts when it comes back, and nobody is forgotten."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from device.contract.messages import (
    AlarmRaised,
    PowerBack,
    PowerLost,
    TicketCalled,
    TicketIssued,
    TicketsLeft,
    VouchersGiven,
)
from device.hall.vouchers import Vouchers
from device.roles.scans import voucher_text
from drivers.journal_memory import MemoryJournal
from screens.views import KioskHome, KioskLookup, KioskPlace, KioskTake
from tests.helpers.table import HallOnATable
from tests.scenarios.conftest import MONDAY
from tests.scenarios.people import take

HALL = "longjiang"


@pytest.fixture
def two() -> HallOnATable:
    """Two kiosks; tickets A001 to A003 wait, and everybody knows."""
    hall = HallOnATable(MONDAY, kiosks=2)
    hall.pass_time(2)
    for _ in range(3):
        take(hall)
    return hall


def cut(hall: HallOnATable, *stations: str, minutes: float = 12) -> None:
    """The power goes, and comes back for one after another, the coordinator first."""
    gone = sorted(stations or hall.lives, key=lambda name: name != "coordinator")
    for name in gone:
        hall.cut_power(name)
    hall.pass_time(minutes * 60)
    for n, name in enumerate(gone):
        hall.later(n * 0.5, partial(hall.boot, name))
    hall.pass_time(20)


def codes(hall: HallOnATable) -> dict[str, str]:
    """Number -> code, as the book has them."""
    found = Vouchers()
    for record in hall.records("vouchers.given", "voucher.moved"):
        found.apply(record)
    return {one.ticket[9:]: one.code for one in found.known.values() if one.state == "free"}


@pytest.mark.req("R178")
def test_whoever_was_left_over_before_days_without_power_is_on_record_after_them_and_has_a_voucher(
    two: HallOnATable,
) -> None:
    stations = sorted(two.lives)
    for name in stations:
        two.cut_power(name)
    two.pass_time(3 * 24 * 3600)
    for name in stations:
        two.boot(name)
    two.pass_time(20)
    tickets = tuple(f"{MONDAY:%Y%m%d}-A00{n}" for n in (1, 2, 3))
    left, of_power = two.records("tickets.left")
    assert left == TicketsLeft(f"{MONDAY:%Y-%m-%d}", tickets, "day-ended")
    assert of_power == replace(left, why="power")
    assert codes(two).keys() == {"A001", "A002", "A003"}


@pytest.mark.req("R285", "R287")
@pytest.mark.parametrize("coordinator", ["on a UPS", "without power"])
def test_everybody_who_waited_has_a_voucher_whether_or_not_the_coordinator_saw_the_cut(
    two: HallOnATable, coordinator: str
) -> None:
    cut(two, *(name for name in two.lives if coordinator == "without power" or name != "coordinator"))
    (lost,) = two.records("power.lost")
    assert isinstance(lost, PowerLost)
    assert lost.how == ("seen" if coordinator == "on a UPS" else "restarted")
    assert [r.why for r in two.records("power.back") if isinstance(r, PowerBack)] == ["power"]
    assert set(codes(two)) == {"A001", "A002", "A003"}


@pytest.mark.req("R283")
def test_the_coordinator_on_its_ups_tells_within_the_will_of_the_third_device(two: HallOnATable) -> None:
    began = two.clock.mono()
    for name in [name for name in two.lives if name != "coordinator"]:
        two.cut_power(name)
    while not two.records("power.lost"):
        two.pass_time(1)
    assert two.clock.mono() - began <= 20
    alarms = {r.to for r in two.records("alarm.raised") if isinstance(r, AlarmRaised) and r.kind == "power"}
    assert alarms == {"leader", "head", "technician"}


@pytest.mark.req("R285")
def test_at_the_next_visit_a_voucher_is_called_first_once_and_the_second_kiosk_says_so(two: HallOnATable) -> None:
    cut(two)
    code = codes(two)["A002"]
    take(two)  # A004, an ordinary one before it
    two.scan("kiosk-1", voucher_text(HALL, code))
    page = two.view("kiosk-1")
    assert isinstance(page, KioskHome)
    assert page.voucher
    number = take(two)
    issued = [r for r in two.records("ticket.issued") if isinstance(r, TicketIssued) and r.number == number]
    assert [r.klass for r in issued] == ["voucher"]
    two.scan("kiosk-2", voucher_text(HALL, code))
    two.tap("kiosk-2", "service:social")
    two.pass_time(2)
    told = two.view("kiosk-2")
    assert isinstance(told, KioskPlace)
    assert told.what == "voucherused"
    two.sign_in("window-3", "1001")
    two.tap("window-3", "next")
    assert [r.ticket[9:] for r in two.records("ticket.called") if isinstance(r, TicketCalled)] == [number]


@pytest.mark.req("R285")
def test_two_kiosks_that_ask_in_the_same_instant_give_one_priority(two: HallOnATable) -> None:
    cut(two)
    code = codes(two)["A001"]
    for kiosk in ("kiosk-1", "kiosk-2"):
        two.scan(kiosk, voucher_text(HALL, code))
    for kiosk in ("kiosk-1", "kiosk-2"):
        two.parts(kiosk).screens["main"].touch("service:social")
    two.pass_time(3)
    assert {type(two.view(kiosk)) for kiosk in ("kiosk-1", "kiosk-2")} == {KioskTake, KioskPlace}
    assert [r.klass for r in two.records("ticket.issued") if isinstance(r, TicketIssued)].count("voucher") == 1


@pytest.mark.req("R285")
def test_the_code_can_be_keyed_in(two: HallOnATable) -> None:
    cut(two)
    two.tap("kiosk-1", "lookup", "checkin", "voucher")
    for digit in codes(two)["A003"]:
        assert isinstance(two.view("kiosk-1"), KioskLookup)
        two.tap("kiosk-1", f"type:{digit}")
    take(two)
    assert [r.klass for r in two.records("ticket.issued") if isinstance(r, TicketIssued)][-1] == "voucher"


@pytest.mark.req("R285")
def test_without_the_line_a_kiosk_says_that_the_voucher_stays_good_and_gives_an_ordinary_number(
    two: HallOnATable,
) -> None:
    cut(two)
    code = codes(two)["A001"]
    two.broker.cut("kiosk-1")
    two.pass_time(30)
    two.scan("kiosk-1", voucher_text(HALL, code))
    page = two.view("kiosk-1")
    assert isinstance(page, KioskPlace)
    assert page.what == "voucheroffline"
    two.tap("kiosk-1", "done")
    assert take(two) == "A600"
    two.broker.mend("kiosk-1")
    two.pass_time(30)
    assert codes(two)["A001"] == code


@pytest.mark.req("R282")
def test_when_the_power_comes_back_no_device_writes_more_than_a_few_times(
    two: HallOnATable, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits: dict[str, int] = {}
    commit = MemoryJournal.commit

    def counted(journal: MemoryJournal, facts: Any, kept: Any) -> None:
        commits[journal.id] = commits.get(journal.id, 0) + 1
        commit(journal, facts, kept)

    monkeypatch.setattr(MemoryJournal, "commit", counted)
    cut(two)
    assert commits
    assert max(commits.values()) <= 20, "the coordinator keeps each device's new life once"
    assert sum(commits.values()) <= 60


@pytest.mark.req("R282", "R287")
def test_power_that_comes_and_goes_ten_times_loses_nothing_and_gives_each_ticket_one_voucher(two: HallOnATable) -> None:
    for _ in range(10):
        cut(two, minutes=0.5)
    given = [v.ticket for r in two.records("vouchers.given") if isinstance(r, VouchersGiven) for v in r.vouchers]
    assert sorted(given) == sorted(set(given))
    assert {ticket[9:] for ticket in given} == {"A001", "A002", "A003"}
    two.sign_in("window-3", "1001")
    two.tap("window-3", "next")
    assert [r.ticket[9:] for r in two.records("ticket.called") if isinstance(r, TicketCalled)] == ["A001"]
    assert two.unsent() == 0
