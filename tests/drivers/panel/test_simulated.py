"""The simulated panel: what the bench can do to it, what it leaves in the recordings."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from drivers import debounce
from drivers.buttons_simulated import BOUNCES, PRESS_SECONDS, SimulatedButtons
from drivers.buttons_watch import EdgeWatch
from drivers.debounce import DEBOUNCE_MS, SHORT_TIMES
from drivers.events import ButtonPressed, ButtonsUnclear, HardwareEvent, PartFailed, PartMended
from drivers.lamps_simulated import SimulatedLamps
from drivers.protocols import PartMissing, Place
from tests.drivers.panel.rigs import Ear, Hand, eventually


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def buttons(hand: Hand, ear: Ear) -> Iterator[SimulatedButtons]:
    buttons = SimulatedButtons(ear.post, Place("evaluator-3", "buttons", hand))
    yield buttons
    buttons.close()


@pytest.mark.usefixtures("buttons")
def test_a_bench_press_is_one_press_felt_after_the_debounce_time(hand: Hand, ear: Ear) -> None:
    began = time.monotonic()
    assert hand.do("buttons", "press", level=5) == {}
    assert ear.next() == ButtonPressed(5)
    assert time.monotonic() - began >= DEBOUNCE_MS / 1000
    eventually(lambda: hand.do("buttons", "look") == {"down": []}, "the finger is gone")


@pytest.mark.usefixtures("buttons")
def test_presses_asked_for_at_once_are_made_one_after_another(hand: Hand, ear: Ear) -> None:
    for level in (1, 2, 3, 4, 5):
        hand.do("buttons", "press", level=level, seconds=0.04)
    assert [ear.next() for _ in range(5)] == [ButtonPressed(level) for level in (1, 2, 3, 4, 5)]


def test_the_contacts_of_a_press_do_bounce(hand: Hand, ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    moves: list[int] = []
    moved = EdgeWatch.moved

    def noted(watch: EdgeWatch, *levels: int) -> None:
        moves.extend(levels)
        moved(watch, *levels)

    monkeypatch.setattr(EdgeWatch, "moved", noted)
    buttons = SimulatedButtons(ear.post, Place("evaluator-3", "buttons", hand))
    hand.do("buttons", "press", level=2)
    assert ear.next() == ButtonPressed(2)
    eventually(lambda: hand.do("buttons", "look") == {"down": []}, "the finger is gone")
    buttons.close()
    assert moves == [2] * (len(BOUNCES[0]) + 1 + len(BOUNCES[1]) + 1)


def test_every_bounce_of_a_simulated_contact_is_over_before_a_finger_is_gone() -> None:
    assert all(len(bounce) % 2 == 0 and sum(bounce) / 1000 < PRESS_SECONDS - DEBOUNCE_MS / 1000 for bounce in BOUNCES)


@pytest.mark.usefixtures("buttons")
def test_a_held_button_is_seen_down_until_it_is_released(hand: Hand, ear: Ear) -> None:
    hand.do("buttons", "hold", level=3)
    assert ear.next() == ButtonPressed(3)
    assert hand.do("buttons", "look") == {"down": [3]}
    hand.do("buttons", "release", level=3)
    eventually(lambda: hand.do("buttons", "look") == {"down": []}, "the button is up")


@pytest.mark.usefixtures("buttons")
@pytest.mark.parametrize(
    ("do", "what", "refusal"),
    [
        ("press", {}, "which button"),
        ("press", {"level": 6}, "which button"),
        ("press", {"level": "5"}, "which button"),
        ("press", {"level": 5, "seconds": -1}, "how long"),
        ("press", {"level": 5, "seconds": "long"}, "how long"),
        ("release", {"level": 5}, "level 5 is not held down"),
        ("stroke", {"level": 5}, "can `press`, `hold`, `release`, `together`, `fault`, `mend` and `look`"),
        ("together", {"levels": [5]}, "which buttons"),
        ("together", {"levels": [5, 6]}, "which buttons"),
        ("fault", {"name": "melted"}, "a fault is"),
        ("fault", {"name": "stuck"}, "a fault is"),
        ("fault", {"name": "short"}, "which buttons"),
    ],
)
def test_what_a_finger_cannot_do_is_refused(
    hand: Hand, ear: Ear, do: str, what: dict[str, object], refusal: str
) -> None:
    with pytest.raises(ValueError, match=refusal):
        hand.do("buttons", do, **what)
    hand.do("buttons", "press", level=1)
    assert ear.next() == ButtonPressed(1)


@pytest.mark.usefixtures("buttons")
def test_a_button_held_down_cannot_be_pressed_again(hand: Hand, ear: Ear) -> None:
    hand.do("buttons", "hold", level=4)
    with pytest.raises(ValueError, match="level 4 is already held down"):
        hand.do("buttons", "press", level=4)


# --- every fault by name -------------------------------------------------------------------------------------


def failed(ear: Ear) -> str:
    event = ear.next()
    assert isinstance(event, PartFailed), event
    return event.code


@pytest.mark.usefixtures("buttons")
def test_two_fingers_of_the_bench_at_once_are_unclear(hand: Hand, ear: Ear) -> None:
    hand.do("buttons", "together", levels=[4, 2])
    assert ear.next() == ButtonsUnclear((4, 2))


def test_a_stuck_button_is_a_fault_by_name_and_can_be_mended(hand: Hand, ear: Ear) -> None:
    buttons = SimulatedButtons(ear.post, Place("evaluator-3", "buttons", hand), stuck_seconds=0.01)
    hand.do("buttons", "fault", name="stuck", level=5)
    assert ear.next() == ButtonPressed(5)
    assert failed(ear) == "stuck-5"
    hand.do("buttons", "mend")
    assert ear.next() == PartMended("buttons")
    buttons.close()


def test_two_wires_that_touch_are_unclear_and_then_a_fault_by_name(
    buttons: SimulatedButtons, hand: Hand, ear: Ear
) -> None:
    hand.do("buttons", "fault", name="short", levels=[5, 4])
    for _ in range(SHORT_TIMES):
        hand.do("buttons", "press", level=5)
        assert ear.next() == ButtonsUnclear((5, 4))
        eventually(lambda: buttons.panel.resting, "the finger is gone and the contacts rest")
    assert failed(ear) == "short-5-4"
    hand.do("buttons", "mend")
    hand.do("buttons", "press", level=4)
    assert ear.next() == ButtonPressed(4)
    assert ear.next() == PartMended("buttons")


def heard_among_rattling(ear: Ear, wanted: Callable[[HardwareEvent], bool]) -> bool:
    """Whether it is said among what a rattling contact says, which on a stalling machine rests now and then."""
    for _ in range(1000):
        try:
            event = ear.next(within=0.3)
        except AssertionError:
            return False
        if wanted(event):
            return True
    return False


def test_a_loose_wire_is_a_fault_by_name_while_other_buttons_are_heard(
    buttons: SimulatedButtons, hand: Hand, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debounce, "LOOSE_SECONDS", 0.05)
    hand.do("buttons", "fault", name="loose", level=3)
    assert heard_among_rattling(ear, lambda event: isinstance(event, PartFailed) and event.code == "loose-3")
    for _ in range(20):
        hand.do("buttons", "press", level=1)
        if heard_among_rattling(ear, lambda event: event == ButtonPressed(1)):
            break
    else:
        pytest.fail("level 1 was never heard")
    hand.do("buttons", "mend")
    eventually(lambda: not buttons.panel.moving() and not buttons.panel.fault, "all is well")


@pytest.mark.usefixtures("buttons")
def test_a_chip_that_does_not_answer_is_a_fault_by_name(hand: Hand, ear: Ear) -> None:
    hand.do("buttons", "fault", name="unreadable")
    assert failed(ear) == "unreadable"
    hand.do("buttons", "mend")
    assert ear.next() == PartMended("buttons")


def test_a_stuck_button_is_told_again_after_a_worse_fault_that_hid_it(hand: Hand, ear: Ear) -> None:
    buttons = SimulatedButtons(ear.post, Place("evaluator-3", "buttons", hand), stuck_seconds=0.01)
    hand.do("buttons", "hold", level=5)
    assert ear.next() == ButtonPressed(5)
    assert failed(ear) == "stuck-5"
    buttons._unreadable = True
    buttons._watch.moved(1)
    assert failed(ear) == "unreadable"
    buttons._unreadable = False
    buttons._watch.moved(1)
    assert ear.next() == PartMended("buttons")
    assert failed(ear) == "stuck-5"
    buttons.close()


# --- lamps ---------------------------------------------------------------------------------------------------


def recorded(folder: Path) -> list[list[int]]:
    lines = (folder / "lamps" / "evaluator-3.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["lit"] for line in lines]


def test_every_change_of_the_lamps_is_recorded_with_its_hall_time(ear: Ear, tmp_path: Path) -> None:
    lamps = SimulatedLamps(ear.post, Place("evaluator-3", "lamps", recordings=tmp_path))
    assert recorded(tmp_path) == []
    lamps.light(frozenset({5}))
    lamps.light(frozenset({5}))
    lamps.light(frozenset({2, 1}))
    lamps.close()
    assert recorded(tmp_path) == [[5], [1, 2], []]
    [first, *_] = (tmp_path / "lamps" / "evaluator-3.jsonl").read_text().splitlines()
    at = datetime.fromisoformat(json.loads(first)["at"])
    assert at.utcoffset() == timedelta(hours=8)


def test_a_recordings_folder_that_cannot_be_had_refuses_to_start(ear: Ear, tmp_path: Path) -> None:
    (tmp_path / "lamps").write_text("a file in the folder's place")
    with pytest.raises(PartMissing, match="cannot record at"):
        SimulatedLamps(ear.post, Place("evaluator-3", "lamps", recordings=tmp_path))


def test_a_recording_that_breaks_is_told_once_and_mended_while_the_lamps_go_on(ear: Ear, tmp_path: Path) -> None:
    hand = Hand()
    lamps = SimulatedLamps(ear.post, Place("evaluator-3", "lamps", hand, tmp_path))
    folder = tmp_path / "lamps"
    folder.rename(tmp_path / "away")
    lamps.light(frozenset({5}))
    lamps.light(frozenset({4}))
    assert hand.do("lamps", "look") == {"lit": [4]}
    (tmp_path / "away").rename(folder)
    lamps.light(frozenset({3}))
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code) == ("lamps", "recording")
    assert ear.next() == PartMended("lamps")
    assert recorded(tmp_path) == [[3]]


def test_what_cannot_be_done_to_lamps_is_refused_with_what_can(ear: Ear) -> None:
    hand = Hand()
    SimulatedLamps(ear.post, Place("evaluator-3", "lamps", hand))
    with pytest.raises(ValueError, match="lamps can `look`, `fault`"):
        hand.do("lamps", "smash")
