"""What every speaker promises, whether anybody hears it or not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from drivers.events import NotSaid, Said
from drivers.protocols import Speaker
from drivers.speaker_queue import ROOM
from tests.drivers.speaker.speakers import RIGS, Ear, Rig, call

Make = Callable[..., Speaker]


@pytest.fixture(params=sorted(RIGS))
def make(request: pytest.FixtureRequest, ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    with ExitStack() as opened:
        rig: Rig = RIGS[request.param]
        yield lambda slow=False: opened.enter_context(rig(ear, tmp_path, monkeypatch, slow))


def test_announcements_are_said_one_after_another_in_their_order(make: Make, ear: Ear) -> None:
    speaker = make()
    for id_ in ("a", "b", "c"):
        speaker.say(call(id_, "请"))
    assert ear.ends(3) == [Said("a"), Said("b"), Said("c")]


def test_an_announcement_without_words_or_chime_is_said_too(make: Make, ear: Ear) -> None:
    speaker = make()
    speaker.say(call("empty", chime=False))
    assert ear.ends(1) == [Said("empty")]


def test_the_same_announcement_delivered_again_is_said_once(make: Make, ear: Ear) -> None:
    speaker = make()
    for id_ in ("a", "a", "b", "a"):
        speaker.say(call(id_, "请"))
    ends = ear.ends(4)
    assert sorted(ends, key=str) == sorted(
        [Said("a"), Said("b"), NotSaid("a", "repeated"), NotSaid("a", "repeated")], key=str
    )


def test_an_announcement_past_its_time_stays_silent(make: Make, ear: Ear) -> None:
    speaker = make()
    now = datetime.now(UTC)
    speaker.say(replace(call("old", "请"), until=now - timedelta(milliseconds=1)))
    speaker.say(replace(call("new", "请"), until=now + timedelta(minutes=1)))
    assert ear.ends(2) == [NotSaid("old", "stale"), Said("new")]


def test_a_full_queue_refuses_the_newest(make: Make, ear: Ear) -> None:
    speaker = make(slow=True)
    for number in range(ROOM + 3):  # one is being said, ROOM wait
        speaker.say(call(f"{number}", "请A零一二号到三号窗口"))
    assert ear.ends(2) == [NotSaid(f"{ROOM + 1}", "full"), NotSaid(f"{ROOM + 2}", "full")]


def test_at_the_end_everything_has_ended_once_and_nothing_is_said_later(make: Make, ear: Ear) -> None:
    speaker = make(slow=True)
    for number in range(4):
        speaker.say(call(f"{number}", "请A零一二号到三号窗口"))
    began = monotonic()
    speaker.close()
    speaker.close()
    assert monotonic() - began < 1.0
    speaker.say(call("late", "请"))
    assert ear.ends(5) == [NotSaid(id_, "closed") for id_ in ("0", "1", "2", "3", "late")]
    assert ear.rest() == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("speaker")]


def test_a_second_life_begins_after_the_first_one_ended(make: Make, ear: Ear) -> None:
    make().close()
    make().say(call("a", "请"))
    assert ear.ends(1) == [Said("a")]
