"""A part's thread that ends by itself does not go unnoticed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from device.crew import PASSING, Crew, ThreadGone


@pytest.fixture
def begun() -> Iterator[Callable[[str], tuple[threading.Thread, threading.Event]]]:
    ends = list[threading.Event]()

    def begin(name: str) -> tuple[threading.Thread, threading.Event]:
        end = threading.Event()
        ends.append(end)
        thread = threading.Thread(target=end.wait, name=name, daemon=True)
        thread.start()
        return thread, end

    yield begin
    for end in ends:
        end.set()


Begin = Callable[[str], tuple[threading.Thread, threading.Event]]


def over(thread: threading.Thread, end: threading.Event) -> None:
    end.set()
    thread.join(5)


def test_a_thread_that_ended_by_itself_is_named(begun: Begin) -> None:
    crew = Crew()
    begun("kiosk-1 printer")
    scanner = begun("kiosk-1 scanner")
    crew.complete()
    crew.check()
    over(*scanner)
    with pytest.raises(ThreadGone, match=r"ended by itself: kiosk-1 scanner$"):
        crew.check()


def test_threads_of_others_and_those_that_end_by_themselves_are_not_missed(begun: Begin) -> None:
    other = begun("a test's")
    crew = Crew()
    closing = begun(f"{PASSING}a printer")
    crew.complete()
    later = begun("not there at the start")
    for each in (other, closing, later):
        over(*each)
    crew.check()
