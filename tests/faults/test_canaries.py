"""N13: what is about people comes out nowhere but where it belongs; and each way out is watched."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from device.effects import Effect, Light
from device.moment import Moment
from device.roles import scans
from device.roles.evaluator import Evaluator
from tests.faults import canaries
from tests.faults.overheard import PIN, STAFF_NAMES, Canary, Out, leaks, told

LEVELS, OTHERS = (1,), (5,)


@pytest.mark.req("R083", "R166", "R204")
@pytest.mark.timeout(60)
def test_nothing_about_a_person_comes_out_and_nobody_can_tell_a_rating() -> None:
    outcome = canaries.run(False, None)
    assert outcome.kept, outcome.why
    assert outcome.tried > 1_000


@pytest.mark.timeout(60)
def test_a_log_that_quotes_a_code_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = scans.read_code

    def chatty(text: str, *rest: Any) -> object:
        logging.getLogger("device").info("scanned %s", text)
        return sound(text, *rest)

    monkeypatch.setattr(scans, "read_code", chatty)
    found = leaks(canaries.morning(LEVELS, tmp_path))
    assert any("scanner of kiosk-1, stands in: log" in leak for leak in found)


@pytest.mark.timeout(60)
def test_a_lamp_that_shows_what_was_pressed_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = Evaluator._pressed

    def bright(self: Evaluator, level: int, moment: Moment) -> list[Effect]:
        return [*sound(self, level, moment), Light(frozenset({level}))]

    monkeypatch.setattr(Evaluator, "_pressed", bright)
    one, other = (canaries.morning(levels, tmp_path / str(levels)) for levels in (LEVELS, OTHERS))
    assert told(one, other)


@pytest.mark.parametrize(
    ("place", "text", "found"),
    [
        ("log", PIN, 1),
        ("message of window-3 on hallside/1/longjiang/window-3/ask", PIN, 0),
        ("view window-3 main", PIN, 0),
        ("page window-3 main", PIN, 1),
        ("page window-3 sign", STAFF_NAMES[0], 0),
        ("export staff.csv", STAFF_NAMES[0], 1),
        ("printer kiosk-1", STAFF_NAMES[0].encode("gb18030"), 1),
        ("book", Canary("", 0).words[2].encode(), 1),
    ],
)
def test_each_word_may_stand_in_its_own_places_only(place: str, text: str | bytes, found: int) -> None:
    out = Out([(place, text)])
    out.canary("a scanner")
    assert len(leaks(out)) == found
