"""The silent key at a window, and what those in charge do about what is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.messages import Alarm, AlarmAnswered, AlarmAsked, HallAlarms, RepairAsked, Words
from device.effects import Remember, Show, Tell
from device.hall.plan import Facility
from drivers.events import LinkDown
from screens.views import Bilingual
from tests.roles.console import call, enabled, keys, page, pause, staffed
from tests.roles.stage import MORNING, PLAN, Stage, facts, uid

REPAIR = Alarm(
    uid(7), "repair", "technician", MORNING.isoformat(), 4, staff="1002", about="kiosk-1", part="printer", code="cutter"
)


def bring(stage: Stage, state: str) -> None:
    match state:
        case "calling":
            call(stage)
        case "serving":
            call(stage)
            keys(stage, "s")
        case "paused":
            pause(stage, "4")


@pytest.mark.req("R234", "R280", "R281")
@pytest.mark.parametrize("state", ["open", "calling", "serving", "paused"])
@pytest.mark.parametrize(
    ("key", "reason"),
    [("1", "conflict"), ("2", "disorder"), ("3", "medical"), ("4", "security"), ("5", "fault"), ("6", "power")],
)
def test_two_keys_call_for_help_in_every_state_and_nobody_before_the_window_sees_it(
    state: str, key: str, reason: str
) -> None:
    stage = staffed()
    bring(stage, state)
    assert page(stage).state == state
    seen = len(stage.effects)
    keys(stage, "!")
    assert [f.reason for f in facts(keys(stage, key)) if isinstance(f, AlarmAsked)] == [reason]
    assert page(stage).message == "console.reported"
    since = stage.effects[seen:]
    assert [e.screen for e in since if isinstance(e, Show) and e.screen != "main"] == []
    assert not [e for e in since if isinstance(e, Tell)]
    assert page(stage).state == state


@pytest.mark.req("R234")
def test_help_can_be_called_while_an_answer_is_awaited_and_the_answer_is_still_awaited_then() -> None:
    stage = staffed()
    keys(stage, "n")
    assert enabled(stage) == {"silent"}
    assert not any(key.strong for key in page(stage).keys)
    assert not facts(keys(stage, "!", "escape"))
    assert page(stage).message == "console.asking"
    assert facts(keys(stage, "!", "1")) == [AlarmAsked(3, "1001", "conflict")]


def test_without_the_line_the_call_is_on_record_and_the_console_says_that_it_goes_out_later() -> None:
    stage = staffed()
    stage.send(LinkDown("gone"))
    effects = keys(stage, "!", "3")
    assert [e.record for e in effects if isinstance(e, Remember)] == [AlarmAsked(3, "1001", "medical")]
    assert (page(stage).message, page(stage).unsent) == ("console.reported_later", 1)


@pytest.mark.req("R253")
def test_a_repair_is_asked_for_this_desk_or_a_kiosk() -> None:
    stage = staffed()
    keys(stage, "!", "7")
    offered = [key.id for key in page(stage).keys]
    assert offered == ["about:window-3", "about:evaluator-3", "about:kiosk-1", "about:kiosk-2", "cancel"]
    assert facts(keys(stage, "3")) == [RepairAsked(3, "1001", "kiosk-1")]
    assert page(stage).message == "console.reported"


@pytest.mark.req("R286")
def test_what_is_broken_in_the_building_is_reported_with_the_same_key() -> None:
    stage = staffed(replace(PLAN, facilities={"lift-1": Facility(Words("1号电梯", "Lift 1"))}))
    keys(stage, "!", "7")
    assert [key.label for key in page(stage).keys if key.id == "about:lift-1"] == [Bilingual("1号电梯", "Lift 1")]
    assert facts(keys(stage, "5")) == [RepairAsked(3, "1001", "lift-1")]


@pytest.mark.req("R281")
def test_somebody_in_charge_is_told_at_once_of_a_call_for_help_even_with_a_citizen_before_them() -> None:
    long = Alarm(uid(1), "queue-long", "leader", MORNING.isoformat(), service="tax", proposal=4)
    help_ = Alarm(uid(2), "help-security", "leader", MORNING.isoformat(), 4, staff="1002")
    stage = staffed(duties=("leader",))
    bring(stage, "serving")
    stage.hear(HallAlarms(1, (long,)))
    assert "alarms" not in enabled(stage)  # it can wait until the citizen is served
    stage.hear(HallAlarms(2, (long, help_)))
    assert (page(stage).message, page(stage).blanks) == ("console.urgent", (("window", "4"),))
    keys(stage, "a")
    assert [key.id for key in page(stage).keys][:2] == [f"alarm:{uid(2)}", f"alarm:{uid(1)}"]
    assert facts(keys(stage, "1")) == [AlarmAnswered(uid(2), 3, "1001", "noted")]
    stage.hear(HallAlarms(3, (long, help_)))  # the same is not told twice
    plain = staffed()
    plain.hear(HallAlarms(2, (help_,)))
    assert page(plain).message != "console.urgent"
    assert "alarms" not in enabled(plain)


@pytest.mark.req("R088")
def test_whoever_takes_a_repair_up_says_how_long_it_will_take() -> None:
    stage = staffed(duties=("leader",))
    stage.hear(HallAlarms(1, (REPAIR,)))
    assert not facts(keys(stage, "a", "1"))
    assert page(stage).prompt == "console.ask_expected"
    assert facts(keys(stage, "2")) == [AlarmAnswered(uid(7), 3, "1001", "noted", 30)]
    assert facts(keys(stage, "a", "1", "6")) == [AlarmAnswered(uid(7), 3, "1001", "noted", 0)]


@pytest.mark.req("R070")
def test_a_repair_that_was_taken_up_stays_until_its_asker_is_called_back() -> None:
    stage = staffed(duties=("leader",))
    stage.hear(HallAlarms(1, (replace(REPAIR, answered_by="1002"),)))
    keys(stage, "a")
    (label,) = [key.label.zh for key in page(stage).keys if not isinstance(key.label, str)]
    assert label == "修复后回访 kiosk-1 printer cutter"
    assert facts(keys(stage, "1")) == [AlarmAnswered(uid(7), 3, "1001", "called-back")]
