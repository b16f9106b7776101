"""One inbox, one thread, a heap of reminders."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from device.effects import Reminded
from device.loop import BATCH, Happening, Loop
from device.moment import HALL_TIME
from drivers.events import ButtonPressed, KeyPressed


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def now(self) -> datetime:
        return datetime(2026, 11, 21, 9, tzinfo=HALL_TIME) + timedelta(seconds=self.seconds)

    def mono(self) -> float:
        return self.seconds

    def trust(self) -> Literal["synced", "floor"]:
        return "synced"

    def floor(self) -> datetime:
        return self.now()

    def hear(self, at: datetime) -> None:
        raise NotImplementedError("a loop hears nobody's time")


class Real(Hands):
    def mono(self) -> float:
        return time.monotonic()


def table() -> tuple[Loop, Hands, list[list[Happening]]]:
    clock, batches = Hands(), list[list[Happening]]()
    return Loop(clock, lambda batch: batches.append(list(batch))), clock, batches


def test_what_is_queued_is_handled_together_in_order_of_arrival() -> None:
    loop, _, batches = table()
    for level in (1, 2, 3):
        loop.post("evaluator-3", ButtonPressed(level))
    assert loop.step()
    assert batches == [[("evaluator-3", ButtonPressed(level)) for level in (1, 2, 3)]]
    assert not loop.step()


def test_a_burst_is_cut_into_bounded_batches() -> None:
    loop, _, batches = table()
    for _ in range(BATCH + 5):
        loop.post("kiosk-1", KeyPressed("a"))
    while loop.step():
        pass
    assert [len(batch) for batch in batches] == [BATCH, 5]


def test_a_reminder_comes_when_its_time_has_come_and_once() -> None:
    loop, clock, batches = table()
    loop.remind("kiosk-1", "take", 8.0)
    assert not loop.step()
    clock.seconds += 8.0
    assert loop.step()
    assert not loop.step()
    assert batches == [[("kiosk-1", Reminded("take"))]]


def test_the_same_key_again_moves_the_reminder() -> None:
    loop, clock, _ = table()
    loop.remind("kiosk-1", "idle", 5.0)
    clock.seconds += 4.0
    loop.remind("kiosk-1", "idle", 5.0)
    clock.seconds += 4.0
    assert not loop.step()
    assert loop.next_due() == clock.seconds + 1.0
    clock.seconds += 1.0
    assert loop.step()


def test_a_forgotten_reminder_does_not_come() -> None:
    loop, clock, _ = table()
    loop.remind("kiosk-1", "idle", 5.0)
    loop.forget("kiosk-1", "idle")
    loop.forget("kiosk-1", "never asked for")
    clock.seconds += 9.0
    assert not loop.step()
    assert loop.next_due() is None


def test_two_devices_have_their_own_keys() -> None:
    loop, clock, batches = table()
    loop.remind("window-3", "tick", 1.0)
    loop.remind("evaluator-3", "tick", 2.0)
    loop.forget("window-3", "tick")
    clock.seconds += 2.0
    loop.step()
    assert batches == [[("evaluator-3", Reminded("tick"))]]


def test_reminders_come_in_the_order_of_their_times() -> None:
    loop, clock, batches = table()
    for key, seconds in (("c", 3.0), ("a", 1.0), ("b", 2.0)):
        loop.remind("board-1", key, seconds)
    clock.seconds += 9.0
    loop.step()
    assert batches == [[("board-1", Reminded(key)) for key in "abc"]]


def test_a_stream_of_events_does_not_starve_a_reminder() -> None:
    loop, clock, batches = table()
    loop.remind("kiosk-1", "answer", 0.4)
    clock.seconds += 1.0
    for _ in range(BATCH * 3):
        loop.post("kiosk-1", KeyPressed("a"))
    loop.step()
    assert batches[0][-1] == ("kiosk-1", Reminded("answer"))


def running(handle: list[list[Happening]], done: threading.Event) -> tuple[Loop, threading.Thread]:
    def take(batch: Sequence[Happening]) -> None:
        handle.append(list(batch))
        done.set()

    loop = Loop(Real(), take)
    return loop, threading.Thread(target=loop.run, daemon=True)


def test_a_running_loop_wakes_for_an_event_from_another_thread_and_stops_when_told() -> None:
    seen, done = list[list[Happening]](), threading.Event()
    loop, thread = running(seen, done)
    thread.start()
    loop.post_for("kiosk-1")(KeyPressed("7"))
    assert done.wait(5)
    loop.stop()
    thread.join(5)
    assert not thread.is_alive()
    assert seen == [[("kiosk-1", KeyPressed("7"))]]


def test_a_running_loop_wakes_for_a_reminder() -> None:
    seen, done = list[list[Happening]](), threading.Event()
    loop, thread = running(seen, done)
    loop.remind("kiosk-1", "answer", 0.01)
    thread.start()
    assert done.wait(5)
    loop.stop()
    thread.join(5)
    assert seen == [[("kiosk-1", Reminded("answer"))]]


def test_what_was_queued_before_the_stop_is_still_handled() -> None:
    loop, _, batches = table()
    loop.post("kiosk-1", KeyPressed("1"))
    loop.stop()
    loop.run()
    assert batches == [[("kiosk-1", KeyPressed("1"))]]


def test_a_signal_wakes_the_sleeping_loop() -> None:
    loop = Loop(Real(), lambda _: None)
    before = signal.signal(signal.SIGALRM, lambda *_: loop.stop())
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        loop.run()
    finally:
        signal.signal(signal.SIGALRM, before)
