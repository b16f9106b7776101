"""The shell: one commit between what happened and what people see, then the wire."""

from __future__ import annotations

import json

import pytest

from device.contract.codec import read, record_hash
from device.contract.messages import (
    AskNumber,
    DeviceState,
    HallNotices,
    HallWindow,
    HelpAsked,
    PaperLow,
    Receipt,
)
from device.effects import (
    Began,
    Effect,
    Enter,
    Event,
    Forget,
    Heard,
    Keep,
    Publish,
    Remember,
    Remind,
    Reminded,
    Say,
    Show,
    Tapped,
    Tell,
    Told,
)
from device.moment import Moment
from device.perform import WrongPart
from device.seat import Parts
from device.station import CLOCK
from drivers.book_memory import MemoryBook
from drivers.events import (
    ButtonPressed,
    Closed,
    Delivered,
    KeyPressed,
    LinkUp,
    NotSaid,
    PartFailed,
    PartMended,
    PrinterReport,
    Touched,
)
from drivers.journal_memory import MemoryJournal
from drivers.protocols import JournalFailed, Utterance
from screens.views import EvaluatorThanks, View
from tests.helpers.parts import TableScreen
from tests.helpers.tiny import HALL, JOURNAL, OTHERS, TinyStation, said


def nothing(_: Event, __: Moment) -> list[Effect]:
    return []


def help_at_a_press(event: Event, moment: Moment) -> list[Effect]:
    match event:
        case ButtonPressed():
            return [Remember(HelpAsked(), moment.id(0)), Show(EvaluatorThanks(3))]
        case _:
            return []


def screen_of(parts: dict[str, Parts], device: str) -> TableScreen:
    screen = parts[device].screens["main"]
    assert isinstance(screen, TableScreen)
    return screen


def with_screen(device: str) -> dict[str, Parts]:
    return {device: Parts({"main": TableScreen(lambda _: None, "main")})}


def test_what_was_promised_is_committed_before_it_is_shown() -> None:
    seen: list[int] = []

    class Looking(TableScreen):
        def show(self, view: View) -> None:
            super().show(view)
            seen.append(len(table.journal.unsent("evaluator-3")))

    parts = {"evaluator-3": Parts({"main": Looking(lambda _: None, "main")})}
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, parts)
    table.happen("evaluator-3", ButtonPressed(5))
    assert seen == [1]


def test_a_commit_that_fails_ends_the_process_and_shows_nothing() -> None:
    parts = with_screen("evaluator-3")
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, parts)
    table.journal.broken = "disk full"
    with pytest.raises(JournalFailed):
        table.happen("evaluator-3", ButtonPressed(5))
    assert screen_of(parts, "evaluator-3").shown == []
    assert table.links["evaluator-3"].sent == []


def test_what_is_queued_together_is_committed_together() -> None:
    commits: list[int] = []

    class Counting(MemoryJournal):
        def commit(self, facts, kept):  # type: ignore[no-untyped-def]
            commits.append(len(facts))
            super().commit(facts, kept)

    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, with_screen("evaluator-3"), Counting(JOURNAL))
    commits.clear()
    table.happen("evaluator-3", *(ButtonPressed(level) for level in (1, 2, 3)))
    assert commits == [3]


def test_of_several_views_in_one_batch_only_the_last_is_drawn() -> None:
    def react(event: Event, _: Moment) -> list[Effect]:
        return [Show(EvaluatorThanks(event.level))] if isinstance(event, ButtonPressed) else []

    parts = with_screen("evaluator-3")
    table = TinyStation({"evaluator-3": ("evaluator", react)}, parts)
    table.happen("evaluator-3", *(ButtonPressed(level) for level in (1, 2, 3)))
    assert screen_of(parts, "evaluator-3").shown == [EvaluatorThanks(3)]


def test_records_are_numbered_chained_and_sent_as_they_were_committed() -> None:
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, with_screen("evaluator-3"))
    table.line_up("evaluator-3")
    table.links["evaluator-3"].sent.clear()
    table.happen("evaluator-3", ButtonPressed(5), ButtonPressed(4))
    payloads = [payload for _, payload, _, _ in table.links["evaluator-3"].sent]
    first, second = (read(payload)[0] for payload in payloads)
    assert (first.seq, second.seq, first.prev, second.prev) == (1, 2, "", record_hash(payloads[0]))
    assert first.journal == JOURNAL
    assert [fact.payload for fact in table.journal.unsent("evaluator-3")] == payloads


def test_only_a_receipt_for_this_journal_takes_records_away() -> None:
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, with_screen("evaluator-3"))
    table.line_up("evaluator-3")
    table.happen("evaluator-3", ButtonPressed(5), ButtonPressed(4))
    table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(OTHERS, 2)))
    table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 7)))
    assert len(table.journal.unsent("evaluator-3")) == 2
    table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 1)))
    assert [fact.seq for fact in table.journal.unsent("evaluator-3")] == [2]


def test_a_role_hears_no_receipts() -> None:
    table = TinyStation({"evaluator-3": ("evaluator", nothing)})
    table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 0)))
    assert not any(isinstance(event, Heard) for event in table.roles["evaluator-3"].heard)


def test_silence_makes_the_oldest_record_knock_again() -> None:
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, with_screen("evaluator-3"))
    table.line_up("evaluator-3")
    table.happen("evaluator-3", ButtonPressed(5), ButtonPressed(4))
    link = table.links["evaluator-3"]
    link.sent.clear()
    table.pass_time(4.9)
    assert link.sent == []
    table.pass_time(0.2)
    assert [read(payload)[0].seq for _, payload, _, _ in link.sent] == [1]


def test_after_the_receipt_nothing_wakes_the_device_for_its_outbox() -> None:
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, with_screen("evaluator-3"))
    table.line_up("evaluator-3")
    table.happen("evaluator-3", ButtonPressed(5))
    table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 1)))
    table.links["evaluator-3"].sent.clear()
    table.pass_time(60)
    assert table.links["evaluator-3"].sent == []


# --- what a role is told -------------------------------------------------------------------------------------


def test_the_first_event_brings_what_was_kept_and_not_the_shells_own() -> None:
    journal = MemoryJournal(JOURNAL)
    journal.commit((), {("kiosk-1", "reserve"): "{}", ("kiosk-1", "shell.faults"): "{}", ("", CLOCK): "x"})
    table = TinyStation({"kiosk-1": ("kiosk", nothing)}, journal=journal)
    assert table.roles["kiosk-1"].heard == [Began({"reserve": "{}"}, JOURNAL, ())]


def test_what_is_kept_comes_back_in_the_next_life() -> None:
    def react(event: Event, _: Moment) -> list[Effect]:
        return [Keep("word", '"red"')] if isinstance(event, KeyPressed) else []

    table = TinyStation({"window-3": ("window", react)})
    table.happen("window-3", KeyPressed("a"))
    again = TinyStation({"window-3": ("window", react)}, journal=table.journal.reopened())
    assert again.roles["window-3"].heard == [Began({"word": '"red"'}, JOURNAL, ())]


def test_a_touch_is_told_by_the_name_of_its_key_and_beside_the_keys_not_at_all() -> None:
    class OneKey(TableScreen):
        def key_at(self, x: int, y: int) -> str | None:
            return "done" if x < 10 and y < 10 else None

    parts = {"kiosk-1": Parts({"main": OneKey(lambda _: None, "main")})}
    table = TinyStation({"kiosk-1": ("kiosk", nothing)}, parts)
    table.happen("kiosk-1", Touched(5, 5), Touched(50, 5))
    assert table.roles["kiosk-1"].heard[1:] == [Tapped("done")]


def test_reminders_come_to_the_device_that_asked() -> None:
    def react(event: Event, _: Moment) -> list[Effect]:
        match event:
            case Began():
                return [Remind(5.0, "a"), Remind(5.0, "b")]
            case KeyPressed():
                return [Forget("b")]
            case _:
                return []

    table = TinyStation({"window-3": ("window", react), "evaluator-3": ("evaluator", nothing)})
    table.happen("window-3", KeyPressed("x"))
    table.pass_time(5.0)
    assert table.roles["window-3"].heard[2:] == [Reminded("a")]
    assert len(table.roles["evaluator-3"].heard) == 1


def test_devices_on_one_desk_hear_each_other_without_the_broker() -> None:
    state = HallWindow(3, 0, "open")

    def react(event: Event, _: Moment) -> list[Effect]:
        return [Tell(state)] if isinstance(event, KeyPressed) else []

    table = TinyStation({"window-3": ("window", react), "evaluator-3": ("evaluator", nothing)})
    table.line_down("window-3")
    table.happen("window-3", KeyPressed("n"))
    assert table.roles["evaluator-3"].heard[-1] == Told(state)
    assert Told(state) not in table.roles["window-3"].heard


def test_the_window_being_closed_stops_the_loop() -> None:
    table = TinyStation({"board-1": ("board", nothing)})
    table.loop.post("board-1", Closed())
    table.loop.run()  # returns


# --- wrong messages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        (f"hallside/1/{HALL}/kiosk-1/answer", b"\xff"),
        (f"hallside/1/{HALL}/kiosk-1/answer", b"{}"),
        ("hallside/1/elsewhere", b"{}"),
        (f"hallside/1/{HALL}/kiosk-1/answer", b'{"type":"answer.number"'),
    ],
)
def test_a_malformed_message_is_counted_and_changes_nothing(topic: str, payload: bytes) -> None:
    table = TinyStation({"kiosk-1": ("kiosk", nothing)})
    table.happen("kiosk-1", Delivered(topic, payload, retained=False))
    assert len(table.roles["kiosk-1"].heard) == 1
    assert sum(count.total for count in table.station.seats["kiosk-1"].door.dropped.values()) == 1


def test_malformed_messages_of_one_kind_are_logged_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    table = TinyStation({"kiosk-1": ("kiosk", nothing)})
    bad = Delivered(f"hallside/1/{HALL}/kiosk-1/answer", b"secret words", retained=False)
    table.happen("kiosk-1", *[bad] * 50)
    table.pass_time(59)
    table.happen("kiosk-1", *[bad] * 50)
    assert len(caplog.messages) == 1
    table.pass_time(1)
    table.happen("kiosk-1", bad)
    assert len(caplog.messages) == 2
    assert "dropped 100" in caplog.messages[1]
    assert "secret" not in caplog.text


# --- parts and health ----------------------------------------------------------------------------------------


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


def test_a_moment_that_is_surely_past_is_kept_for_a_start_without_a_clock() -> None:
    table = TinyStation({"board-1": ("board", nothing)})
    assert table.journal.kept("")[CLOCK].startswith("2026-11-21T09:00")
    table.clock.set_trust("floor")
    table.pass_time(3600)
    assert table.journal.kept("")[CLOCK].startswith("2026-11-21T09:00")
    table.clock.set_trust("synced")
    table.pass_time(3600)
    assert table.journal.kept("")[CLOCK].startswith("2026-11-21T11:00")


# --- the coordinator -----------------------------------------------------------------------------------------


def enters(event: Event, _: Moment) -> list[Effect]:
    match event:
        case Heard(envelope, HelpAsked() | PaperLow() as record):
            return [Enter(envelope, record)]
        case _:
            return []


def test_records_are_entered_as_they_came_and_receipted_after_the_commit_once_a_batch() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    coming = [said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=n, journal=OTHERS, n=n) for n in (1, 2, 3)]
    table.happen("coordinator", *coming)
    assert [row.payload for row in book.rows] == [each.payload for each in coming]
    assert table.links["coordinator"].bodies() == [Receipt(OTHERS, 3)]
    assert table.links["coordinator"].topics() == ["kiosk-1/receipt"]


def test_a_repeated_record_is_receipted_and_not_told_again() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    record = said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=1, journal=OTHERS)
    table.happen("coordinator", record)
    table.happen("coordinator", record)
    assert len(book.rows) == 1
    assert sum(isinstance(event, Heard) for event in table.roles["coordinator"].heard) == 1
    assert table.links["coordinator"].bodies() == [Receipt(OTHERS, 1)] * 2


def test_a_gap_is_answered_with_what_the_book_has() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    table.happen("coordinator", said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=2, journal=OTHERS))
    assert book.rows == []
    assert table.links["coordinator"].bodies() == [Receipt(OTHERS, 0)]


def test_no_receipt_goes_out_when_the_book_did_not_take_it() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    book.broken = "disk full"
    with pytest.raises(JournalFailed):
        table.happen("coordinator", said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=1, journal=OTHERS))
    assert table.links["coordinator"].sent == []


def test_the_coordinators_own_records_are_rows_of_the_book_and_chain_over_a_restart() -> None:
    def react(event: Event, moment: Moment) -> list[Effect]:
        return [Remember(PaperLow(), moment.id(0))] if isinstance(event, KeyPressed) else []

    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", react)}, book=book)
    table.happen("coordinator", KeyPressed("a"))
    again = TinyStation({"coordinator": ("coordinator", react)}, journal=table.journal.reopened(), book=book)
    again.happen("coordinator", KeyPressed("a"))
    first, second = (read(row.payload)[0] for row in book.rows)
    assert (first.seq, second.seq, second.prev) == (1, 2, record_hash(book.rows[0].payload))
    assert table.journal.unsent("coordinator") == []


def test_a_restarted_coordinator_is_told_the_book_in_order_of_arrival() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    table.happen("coordinator", said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=1, journal=OTHERS, n=1))
    table.happen("coordinator", said("kiosk-1", "kiosk-1/record", PaperLow(), seq=2, journal=OTHERS, n=2))
    again = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    (began,) = again.roles["coordinator"].heard
    assert isinstance(began, Began)
    assert [record for _, record in began.book] == [HelpAsked(), PaperLow()]


def test_questions_reach_the_coordinator_and_answers_the_askers_place() -> None:
    def react(event: Event, moment: Moment) -> list[Effect]:
        return [Publish(HallNotices(1), moment.id(1))] if isinstance(event, Heard) else []

    table = TinyStation({"coordinator": ("coordinator", react)}, book=MemoryBook())
    table.happen("coordinator", said("kiosk-1", "kiosk-1/ask", AskNumber("social")))
    assert table.links["coordinator"].topics() == ["hall/notices"]


def test_nobody_hears_their_own_echo() -> None:
    table = TinyStation({"coordinator": ("coordinator", nothing)}, book=MemoryBook())
    state = DeviceState("coordinator", "1", "", "ready")
    table.happen("coordinator", said("coordinator", "coordinator/state", state))
    assert not any(isinstance(event, Heard) for event in table.roles["coordinator"].heard)


def test_publishing_with_the_line_down_is_lost_and_harmless() -> None:
    def react(event: Event, moment: Moment) -> list[Effect]:
        return [Publish(AskNumber("social"), moment.id(0))] if isinstance(event, KeyPressed) else []

    table = TinyStation({"kiosk-1": ("kiosk", react)})
    table.line_down("kiosk-1")
    table.happen("kiosk-1", KeyPressed("a"))
    assert table.links["kiosk-1"].sent == []
    table.happen("kiosk-1", LinkUp())


def test_a_book_that_lost_what_it_receipted_becomes_a_fault_for_the_technician() -> None:
    journal = MemoryJournal(JOURNAL)
    table = TinyStation({"evaluator-3": ("evaluator", help_at_a_press)}, with_screen("evaluator-3"), journal)
    table.line_up("evaluator-3")
    table.happen("evaluator-3", ButtonPressed(5))
    table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 1)))
    for _ in range(3):
        table.happen("evaluator-3", said("coordinator", "evaluator-3/receipt", Receipt(JOURNAL, 0)))
    assert table.station.seats["evaluator-3"].presence.faults["book"].code == "book-behind"
