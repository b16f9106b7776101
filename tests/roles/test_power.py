"""A power cut at the coordinator: known from many devices at once, and everybody it kept waiting comes earlier once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal

import pytest

from device.contract.messages import (
    AlarmRaised,
    AnswerNumber,
    AskNumber,
    DeviceState,
    Envelope,
    HallAlarms,
    HallNotices,
    PowerBack,
    PowerLost,
    Record,
    StaffSignedIn,
    TicketIssued,
    TicketServed,
    TicketsLeft,
    VoucherMoved,
    VouchersGiven,
)
from device.effects import Began, Effect, Enter, Heard, Keep, Publish, Remember
from device.hall.vouchers import code_of
from device.roles.coordinator import Coordinator
from drivers.events import LinkUp
from tests.roles.stage import DAY, JOURNAL, MORNING, PLAN, STAFF, Stage, facts, said, uid

DEVICES = ("kiosk-1", "kiosk-2", "window-3", "window-4", "evaluator-3", "evaluator-4")


def _role(device: str) -> Literal["kiosk", "window"]:
    return "kiosk" if device.startswith("kiosk") else "window"


class Wired:
    """A coordinator, its book and everybody's lives."""

    def __init__(
        self, book: Iterable[tuple[Envelope, Record]] = (), kept: dict[str, str] | None = None, secret: str = ""
    ) -> None:
        self.stage = Stage(Coordinator("coordinator", PLAN, STAFF))
        self.stage.kept = dict(kept or {})
        self.book = list(book)
        self.life = 1
        self.seq = 0
        self.secret = secret

    def begin(self) -> None:
        self._done(self.stage.send(Began(dict(self.stage.kept), JOURNAL, list(self.book), self.secret)))
        self.stage.send(LinkUp())

    def _done(self, effects: list[Effect]) -> list[Record]:
        at = self.stage.wall.isoformat(timespec="milliseconds")
        for effect in effects:
            if isinstance(effect, Remember):
                self.book.append((Envelope(effect.id, at, "synced", "coordinator"), effect.record))
            elif isinstance(effect, Enter):
                self.book.append((effect.envelope, effect.record))
        return facts(effects)

    def comes(self, *devices: str, life: int | None = None) -> list[Record]:
        found: list[Record] = []
        for device in devices or DEVICES:
            boot = uid(0x1000 * (life or self.life) + DEVICES.index(device))
            found += self._done(self.stage.hear(DeviceState(_role(device), "1", boot, "ready"), device=device))
        return found

    def goes(self, *devices: str, retained: bool = False) -> list[Record]:
        found: list[Record] = []
        for device in devices or DEVICES:
            state = DeviceState(_role(device), "1", "", "offline")
            found += self._done(self.stage.send(Heard(self.stage.envelope("", device), state, retained)))
        return found

    def hear(self, record: Record, device: str, at: str = "") -> list[Record]:
        self.seq += 1
        envelope = self.stage.envelope("", device, self.seq)
        if at:
            envelope = Envelope(envelope.id, at, "synced", device, seq=self.seq, journal=JOURNAL)
        return self._done(self.stage.send_heard(envelope, record))

    def issue(self, *numbers: str, at: str = "") -> list[Record]:
        found: list[Record] = []
        for number in numbers:
            issued = TicketIssued(uid(int(number[1:])), f"20261123-{number}", number, DAY, "social", "online")
            found += self.hear(issued, "kiosk-1", at)
        return found

    def ask(self, code: str, request: int, kiosk: str = "kiosk-1") -> AnswerNumber:
        effects = self.stage.hear(AskNumber("social", voucher=code), id=uid(request), device=kiosk)
        self._done(effects)
        (answer,) = said(effects, AnswerNumber)
        return answer

    def code(self, number: str) -> str:
        return code_of(self.secret, f"20261123-{number}")


def wired() -> Wired:
    hall = Wired()
    hall.begin()
    hall.comes()
    return hall


@pytest.mark.req("R283", "R285")
def test_many_devices_gone_at_once_is_a_power_cut_told_at_once_with_everybody_who_waits() -> None:
    hall = wired()
    hall.issue("A001", "A002", "A003")
    hall.hear(StaffSignedIn(3, "1001", "online"), "window-3")
    hall.hear(TicketServed("20261123-A001", "social", 3, "1001", hall.stage.wall.isoformat()), "window-3")
    assert hall.goes("kiosk-1", "kiosk-2") == []
    found = hall.goes("window-3")
    lost, left, given, *alarms = [r for r in found if not isinstance(r, AlarmRaised) or r.kind == "power"]
    assert isinstance(lost, PowerLost)
    assert lost.devices == ("kiosk-1", "kiosk-2", "window-3")
    assert left == TicketsLeft(DAY, ("20261123-A002", "20261123-A003"), "power")
    assert isinstance(given, VouchersGiven)
    assert [v.ticket[9:] for v in given.vouchers] == ["A002", "A003"]
    assert given.until == "2026-12-21"
    assert {a.to for a in alarms if isinstance(a, AlarmRaised)} == {"leader", "head", "technician"}
    told = said(hall.stage.effects, HallAlarms)[-1]
    assert {"power"} <= {alarm.kind for alarm in told.alarms}


@pytest.mark.req("R284")
def test_screens_tell_whoever_waits_that_their_number_stands_for_an_hour_at_most() -> None:
    def told(hall: Wired) -> bool:
        notices = said(hall.stage.effects, HallNotices)[-1]
        return notices.fault is not None and "号码仍然有效" in notices.fault.zh

    hall = wired()
    assert not told(hall)
    hall.goes()
    assert told(hall)
    hall.comes(life=2)
    assert told(hall)
    hall.stage.wall += timedelta(hours=1)
    hall.stage.wait(21)
    assert not told(hall)


@pytest.mark.req("R283")
def test_it_is_over_when_they_are_back_and_their_lives_say_whether_it_was_the_power() -> None:
    for again, why in ((2, "power"), (1, "network")):
        hall = wired()
        hall.goes()
        assert hall.comes("kiosk-1", "window-3", life=again) == []
        hall.stage.wait(60)
        back = [r for r in hall.comes("window-4", "kiosk-2", life=again) if isinstance(r, PowerBack)]
        assert [(b.why, b.restarted > 0) for b in back] == [(why, again == 2)]


def test_devices_that_go_one_after_another_or_in_the_evening_are_no_power_cut() -> None:
    hall = wired()
    for device in DEVICES:
        assert not [r for r in hall.goes(device) if isinstance(r, PowerLost)]
        hall.stage.wait(31)
    evening = wired()
    evening.stage.wall = MORNING.replace(hour=17, minute=35)
    assert not [r for r in evening.goes() if isinstance(r, PowerLost)]


def test_what_the_broker_kept_of_devices_that_were_off_before_is_no_power_cut() -> None:
    hall = Wired()
    hall.begin()
    assert not [r for r in hall.goes(retained=True) if isinstance(r, PowerLost)]


@pytest.mark.req("R285")
def test_power_that_goes_again_before_everybody_is_back_days_later_takes_nobodys_voucher() -> None:
    before = wired()
    before.issue("A001", "A002")
    book, kept, gone = before.book, before.stage.kept, before.stage.wall
    for start in range(3):  # the coordinator alone, three times within a minute
        after = Wired(book, kept)
        after.stage.wall = gone + timedelta(days=3, minutes=12, seconds=20 * start)
        after.begin()
        book, kept = after.book, after.stage.kept
    found = after.comes(life=2)
    (lost,) = [r for r in found if isinstance(r, PowerLost)]
    (given,) = [r for r in found if isinstance(r, VouchersGiven)]
    assert lost.since == gone.isoformat(timespec="milliseconds")
    assert [v.ticket[9:] for v in given.vouchers] == ["A001", "A002"]
    assert not [r for r in after.comes(life=3) if isinstance(r, VouchersGiven)]


@pytest.mark.req("R285", "R287")
def test_a_coordinator_that_lost_its_power_too_knows_it_by_the_new_lives_around_it() -> None:
    before = wired()
    before.issue("A001", "A002")
    after = Wired(before.book, before.stage.kept)
    after.stage.wall = before.stage.wall + timedelta(minutes=12)
    after.begin()
    after.issue("A003", at=(before.stage.wall - timedelta(seconds=5)).isoformat(timespec="milliseconds"))
    found = after.comes(life=2)
    (lost,) = [r for r in found if isinstance(r, PowerLost)]
    (back,) = [r for r in found if isinstance(r, PowerBack)]
    (given,) = [r for r in found if isinstance(r, VouchersGiven)]
    assert (lost.how, back.why, back.restarted) == ("restarted", "power", 3)
    assert [v.ticket[9:] for v in given.vouchers] == ["A001", "A002"]
    assert not [r for r in after.comes(life=3) if isinstance(r, PowerLost)], "told once"


def test_a_coordinator_that_restarts_alone_says_nothing_of_power() -> None:
    before = wired()
    before.issue("A001")
    after = Wired(before.book, before.stage.kept)
    after.begin()
    assert not [r for r in after.comes(life=1) if isinstance(r, PowerLost)]


def test_a_hall_that_was_switched_off_in_the_evening_wakes_to_an_ordinary_day() -> None:
    before = wired()
    before.stage.wall = MORNING.replace(hour=17, minute=40)
    before.hear(StaffSignedIn(3, "1001", "online"), "window-3")
    after = Wired(before.book, before.stage.kept)
    after.stage.wall = MORNING.replace(day=24, hour=8, minute=20)
    after.begin()
    assert not [r for r in after.comes(life=2) if isinstance(r, PowerLost)]


@pytest.mark.req("R284", "R285")
def test_a_cut_that_lasts_into_the_next_day_still_has_its_register() -> None:
    before = wired()
    before.issue("A001")
    after = Wired(before.book, before.stage.kept)
    after.stage.wall = MORNING + timedelta(days=1)
    after.begin()
    (given,) = [r for r in after.comes(life=2) if isinstance(r, VouchersGiven)]
    assert [(v.ticket, v.service) for v in given.vouchers] == [("20261123-A001", "social")]


@pytest.mark.req("R285")
def test_a_ticket_from_before_the_cut_that_is_only_heard_of_afterwards_gets_its_voucher_too() -> None:
    hall = wired()
    at = hall.stage.wall.isoformat(timespec="milliseconds")
    hall.stage.wait(5)
    hall.goes()
    hall.stage.wait(600)
    late = hall.issue("A009", at=at)
    assert [r.vouchers[0].ticket for r in late if isinstance(r, VouchersGiven)] == ["20261123-A009"]
    assert not [r for r in hall.issue("A010") if isinstance(r, VouchersGiven)]


def cut_hall() -> Wired:
    hall = wired()
    hall.issue("A501", "A502")
    hall.goes()
    hall.comes(life=2)
    return hall


@pytest.mark.req("R285")
def test_a_voucher_gives_the_next_visit_priority_once_also_with_two_kiosks_at_the_same_time() -> None:
    hall = cut_hall()
    code = hall.code("A501")
    first, second = hall.ask(code, 0x61, "kiosk-1"), hall.ask(code, 0x62, "kiosk-2")
    assert (first.outcome, first.klass) == ("given", "voucher")
    assert (second.outcome, second.voucher) == ("unknown", "used")
    assert hall.ask(code, 0x61) == first, "the answer was lost: it is the same request"
    moves = [r for _, r in hall.book if isinstance(r, VoucherMoved)]
    assert [(m.state, m.ticket[9:]) for m in moves] == [("held", first.number)]
    number = first.number
    issued = TicketIssued(uid(0x61), f"20261123-{number}", number, DAY, "social", "online", klass="voucher")
    assert [r.state for r in hall.hear(issued, "kiosk-1") if isinstance(r, VoucherMoved)] == ["used"]
    again = Wired(hall.book, hall.stage.kept)
    again.begin()
    assert again.ask(code, 0x63).voucher == "used", "also after a restart"


@pytest.mark.req("R285")
def test_a_kiosk_that_had_to_go_on_with_its_own_numbers_leaves_the_voucher_good() -> None:
    hall = cut_hall()
    code = hall.code("A501")
    hall.ask(code, 0x61)
    own = TicketIssued(uid(0x61), "20261123-A600", "A600", DAY, "social", "block")
    assert [r.state for r in hall.hear(own, "kiosk-1") if isinstance(r, VoucherMoved)] == ["free"]
    assert hall.ask(code, 0x64).outcome == "given"


@pytest.mark.req("R285")
def test_whoever_is_served_after_all_needs_no_voucher_and_an_old_or_invented_one_is_told_apart() -> None:
    hall = cut_hall()
    hall.hear(StaffSignedIn(3, "1001", "online"), "window-3")
    hall.hear(TicketServed("20261123-A501", "social", 3, "1001", hall.stage.wall.isoformat()), "window-3")
    assert hall.ask(hall.code("A501"), 0x71).voucher == "used"
    assert hall.ask("000000000000", 0x72).voucher == "unknown"
    later = Wired(hall.book, hall.stage.kept)
    later.stage.wall = MORNING + timedelta(days=28, hours=1)
    later.begin()
    assert later.ask(hall.code("A502"), 0x73).voucher == ""
    later.stage.wall += timedelta(days=1)
    assert later.ask(hall.code("A502"), 0x74).voucher in ("expired", "unknown", "used")


def test_codes_of_another_life_are_other_codes() -> None:
    assert code_of("a", "20261123-A001") != code_of("b", "20261123-A001")
    assert all(len(code_of("a", f"20261123-A{n:03d}")) == 12 for n in range(1, 200))


def test_lives_are_kept_only_when_a_new_one_is_heard_of() -> None:
    hall = wired()
    kept = [e for e in hall.stage.effects if isinstance(e, Keep) and e.key == "boots"]
    hall.comes()
    assert [e for e in hall.stage.effects if isinstance(e, Keep) and e.key == "boots"] == kept
    assert len(kept) == len(DEVICES)


def test_a_voucher_is_never_said_on_the_wire() -> None:
    hall = cut_hall()
    code = hall.code("A501")
    hall.ask(code, 0x61)
    assert not [e for e in hall.stage.effects if isinstance(e, Publish) and code in repr(e.body)]
