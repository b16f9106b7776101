"""The shell: one commit between what happened and what people see, then the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from device.contract.codec import read, record_hash
from device.contract.messages import AskNumber, HallWindow, Receipt
from device.effects import (
    Began,
    Effect,
    Event,
    Forget,
    Heard,
    Keep,
    Publish,
    Remind,
    Reminded,
    Show,
    Tapped,
    Tell,
    Told,
)
from device.known_time import CLOCK
from device.moment import Moment
from device.seat import Parts
from device.table_parts import TableScreen
from drivers.durable import Fact, JournalFailed
from drivers.events import ButtonPressed, Closed, Delivered, KeyPressed, LinkUp, Touched
from drivers.journal_memory import MemoryJournal
from screens.views import EvaluatorThanks, View
from tests.helpers.tiny import (
    HALL,
    JOURNAL,
    OTHERS,
    TinyStation,
    help_at_a_press,
    nothing,
    said,
    screen_of,
    with_screen,
)


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
        def commit(self, facts: Sequence[Fact], kept: Mapping[tuple[str, str], str | None]) -> None:
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


def test_publishing_with_the_line_down_is_lost_and_harmless() -> None:
    def react(event: Event, moment: Moment) -> list[Effect]:
        return [Publish(AskNumber("social"), moment.id(0))] if isinstance(event, KeyPressed) else []

    table = TinyStation({"kiosk-1": ("kiosk", react)})
    table.line_down("kiosk-1")
    table.happen("kiosk-1", KeyPressed("a"))
    assert table.links["kiosk-1"].sent == []
    table.happen("kiosk-1", LinkUp())
