"""Parts that break and mend, and what a device says of itself."""

from __future__ import annotations

import json

import pytest

from device.contract.codec import read
from device.contract.messages import DeviceState, Receipt
from device.effects import Effect, Event, Say, Show
from device.moment import Moment
from device.outbox import SILENCE
from device.perform import WrongPart
from drivers.book_memory import MemoryBook
from drivers.durable import JournalFailed
from drivers.events import ButtonPressed, KeyPressed, NotSaid, PartFailed, PartMended, PrinterReport
from drivers.journal_memory import MemoryJournal
from drivers.protocols import Utterance
from screens.views import EvaluatorThanks
from tests.helpers.tiny import HALL, JOURNAL, TinyStation, help_at_a_press, nothing, said, screen_of, with_screen


def test_a_role_that_asks_for_a_part_its_kind_never_has_is_a_loud_mistake() -> None:
    def react(event: Event, _: Moment) -> list[Effect]:
        return [Show(EvaluatorThanks(3))] if isinstance(event, KeyPressed) else []

    table = TinyStation({"coordinator": ("coordinator", react)}, book=MemoryBook())
    with pytest.raises(WrongPart, match="a coordinator has no screen"):
        table.happen("coordinator", KeyPressed("a"))


def test_a_device_configured_without_a_speaker_says_that_nothing_was_said() -> None:
    def react(event: Event, _: Moment) -> list[Effect]:
        return [Say(Utterance("u-1", ()))] if isinstance(event, KeyPressed) else []

    table = TinyStation({"board-1": ("board", react)})
    table.happen("board-1", KeyPressed("a"))
    assert table.roles["board-1"].heard[-1] == NotSaid("u-1", "absent")


def test_a_broken_part_is_a_record_and_stands_in_the_devices_state_until_it_works() -> None:
    table = TinyStation({"evaluator-3": ("evaluator", nothing)})
    table.line_up("evaluator-3")
    table.happen("evaluator-3", PartFailed("buttons", "unplugged", "gpiochip0 line 5"))
    table.happen("evaluator-3", PartFailed("buttons", "unplugged", "gpiochip0 line 5"))
    table.happen("evaluator-3", PartMended("buttons"))
    states = [body for body in table.links["evaluator-3"].bodies() if isinstance(body, DeviceState)]
    assert [(s.status, [f.code for f in s.faults]) for s in states] == [
        ("ready", []), ("fault", ["unplugged"]), ("ready", []),
    ]  # fmt: skip
    types = [json.loads(fact.payload)["type"] for fact in table.journal.unsent("evaluator-3")]
    assert types == ["fault.began", "fault.ended"]


def test_what_the_printer_says_is_a_fault_that_staff_can_mend() -> None:
    table = TinyStation({"kiosk-1": ("kiosk", nothing)})
    table.line_up("kiosk-1")
    table.happen("kiosk-1", PrinterReport(ready=False, code="paper-out"))
    table.happen("kiosk-1", PrinterReport(ready=False, code="overheated"))
    *_, paper, heat = (b for b in table.links["kiosk-1"].bodies() if isinstance(b, DeviceState))
    assert [(f.code, f.mender) for f in (*paper.faults, *heat.faults)] == [
        ("paper-out", "staff"), ("overheated", "technician"),
    ]  # fmt: skip


def test_what_was_broken_when_the_power_went_is_ended_when_it_starts_well() -> None:
    table = TinyStation({"evaluator-3": ("evaluator", nothing)})
    table.happen("evaluator-3", PartFailed("buttons", "unplugged", "line 5"))
    again = TinyStation({"evaluator-3": ("evaluator", nothing)}, journal=table.journal.reopened())
    types = [json.loads(fact.payload)["type"] for fact in again.journal.unsent("evaluator-3")]
    assert types == ["fault.began", "fault.ended"]
    third = TinyStation({"evaluator-3": ("evaluator", nothing)}, journal=again.journal.reopened())
    assert len(third.journal.unsent("evaluator-3")) == 2


def test_a_fault_code_that_is_no_name_on_the_wire_does_not_end_the_device() -> None:
    table = TinyStation({"evaluator-3": ("evaluator", nothing)})
    table.happen("evaluator-3", PartFailed("buttons", "Errno 5!", "line 5"))
    (note,) = table.station.seats["evaluator-3"].presence.faults.values()
    assert note.code == "unknown"


def test_the_state_is_said_again_at_every_line_up_for_the_broker_may_have_forgotten() -> None:
    table = TinyStation({"board-1": ("board", nothing)})
    table.line_up("board-1")
    table.line_down("board-1")
    table.line_up("board-1")
    assert table.links["board-1"].topics() == ["board-1/state"] * 2
    assert all(retain for _, _, retain, _ in table.links["board-1"].sent)


def test_the_will_and_the_last_word_say_offline() -> None:
    table = TinyStation({"board-1": ("board", nothing)})
    topic, payload = table.station.farewell(table.station.seats["board-1"])
    body = read(payload)[1]
    assert topic == f"hallside/1/{HALL}/board-1/state"
    assert isinstance(body, DeviceState)
    assert body.status == "offline"


def test_a_book_that_lost_what_it_receipted_becomes_a_fault_for_the_technician() -> None:
    journal = MemoryJournal(JOURNAL)
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, with_screen("evaluator-3"), journal)
    table.line_up("evaluator-3")
    table.happen("evaluator-3", ButtonPressed(5))
    table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 1)))
    for _ in range(2):
        assert "book" not in table.station.seats["evaluator-3"].presence.faults
        table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 0)))
        table.pass_time(SILENCE)
    assert table.station.seats["evaluator-3"].presence.faults["book"].code == "book-behind"


def test_a_journal_that_fills_up_is_told_before_it_is_full_and_again_when_it_has_room() -> None:
    journal = MemoryJournal(JOURNAL, capacity=20)
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, with_screen("evaluator-3"), journal)
    faults = table.station.seats["evaluator-3"].presence.faults
    for _ in range(15):
        table.happen("evaluator-3", ButtonPressed(5))
    assert not faults
    table.happen("evaluator-3", ButtonPressed(5))
    table.pass_time(1000)
    assert (faults["journal"].code, faults["journal"].mender) == ("nearly-full", "technician")
    table.line_up("evaluator-3")
    table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 2)))
    table.pass_time(1000)
    assert faults
    table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 10)))
    table.pass_time(1000)
    assert not faults


def test_a_full_journal_promises_nothing_more_and_overwrites_nothing() -> None:
    journal = MemoryJournal(JOURNAL, capacity=5)
    parts = with_screen("evaluator-3")
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, parts, journal)
    for _ in range(4):
        table.happen("evaluator-3", ButtonPressed(5))
    kept = journal.unsent("evaluator-3")
    with pytest.raises(JournalFailed, match="full"):
        table.happen("evaluator-3", ButtonPressed(5), ButtonPressed(4))
    assert journal.unsent("evaluator-3") == kept
    assert len(screen_of(parts, "evaluator-3").shown) == len(kept) == 4
