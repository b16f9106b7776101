"""The eight dimensions after the press, the code for the phone, and the complaint key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from device.contract.messages import HallWindow, HelpAsked, RatingGiven, RatingNone, RatingTagged, Words
from device.effects import Effect, Keep, Remember, Say, Seen, Show, Tapped
from device.hall.parameters import Rating
from device.hall.plan import Plan
from device.roles.complaint import AGAIN_SECONDS, ASK_SECONDS, NOTED_SECONDS
from device.roles.evaluator import Evaluator
from drivers.events import ButtonPressed, LinkDown, LinkUp
from screens.views import DIMENSIONS, EvaluatorAsk, EvaluatorComplaint, EvaluatorIdle, EvaluatorThanks
from tests.roles.at_evaluator import TICKET, invited
from tests.roles.stage import MORNING, PLAN, ZHANG, Stage, facts, uid

URL = "https://pj.example.cn/r/{invitation}"
WITH = replace(
    PLAN, complaint_phone="12345", rating=Rating(url=URL, reminder=Words("请保管好您的资料", "Please keep your papers"))
)


def touched(plan: Plan = WITH, *, touch: bool = True) -> Stage:
    stage = Stage(Evaluator("evaluator-3", plan, plan.windows[3], "c0ffee", speaks=True, touch=touch))
    stage.began()
    stage.send(LinkUp())
    return stage


def again(stage: Stage, seconds: float = 1) -> tuple[Stage, list[Effect]]:
    """The next life after a power cut; what it does at its start."""
    life = Stage(
        Evaluator("evaluator-3", WITH, WITH.windows[3], touch=True), wall=stage.wall + timedelta(seconds=seconds)
    )
    life.kept = dict(stage.kept)
    return life, life.began()


def rating_id(effects: list[Effect]) -> str:
    """Of the one rating among these."""
    (rating,) = [e for e in effects if isinstance(e, Remember) and isinstance(e.record, RatingGiven)]
    return rating.id


def thanks(stage: Stage) -> EvaluatorThanks:
    return stage.page(EvaluatorThanks)


# --- the eight dimensions ----------------------------------------------------------------------------------------


@pytest.mark.req("R259")
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_at_any_level_dimensions_may_be_touched_and_are_on_a_record_that_points_to_the_rating(level: int) -> None:
    stage = touched()
    stage.hear(invited())
    shown = stage.wall.isoformat(timespec="milliseconds")
    stage.wait(3)
    pressed = stage.wall.isoformat(timespec="milliseconds")
    effects = stage.send(ButtonPressed(level))
    assert facts(effects) == [RatingGiven(uid(1), TICKET, "social", 3, "1001", level, shown, pressed, "c0ffee")]
    assert thanks(stage).asks
    for name in ("rules", "attitude", "speed", "conduct", "conduct"):
        stage.send(Tapped(f"tag:{name}"))
    assert thanks(stage).chosen == ("attitude", "rules")
    assert facts(stage.wait(PLAN.rules.thanks_seconds)) == [RatingTagged(rating_id(effects), 3, ("attitude", "rules"))]
    assert isinstance(stage.view(), EvaluatorIdle)
    assert not facts(stage.wait(60))


@pytest.mark.req("R259")
def test_the_dimensions_are_the_standards_eight_in_its_order_and_nobody_needs_to_touch_one() -> None:
    assert len(DIMENSIONS) == len(set(DIMENSIONS)) == 8
    stage = touched()
    stage.hear(invited())
    stage.send(Tapped("level:5"))
    stage.send(Tapped("tag:attitude"))
    stage.send(Tapped("tag:attitude"))  # taken back
    assert not facts(stage.wait(PLAN.rules.thanks_seconds))


@pytest.mark.req("R166", "R271")
def test_what_is_seen_and_heard_from_the_press_to_the_end_is_the_same_for_every_level() -> None:
    seen = []
    for level in (1, 2, 3, 4, 5):
        stage = touched()
        stage.hear(invited())
        effects = [*stage.send(ButtonPressed(level)), *stage.send(Tapped("tag:attitude"))]
        effects += stage.wait(PLAN.rules.thanks_seconds)
        seen.append([effect for effect in effects if not isinstance(effect, Keep | Remember)])
    assert any(isinstance(effect, Say) for effect in seen[0])
    assert all(one == seen[0] for one in seen)


@pytest.mark.req("R142")
def test_the_press_is_on_record_before_the_thanks_and_a_power_cut_loses_nothing_of_what_was_touched() -> None:
    stage = touched()
    stage.hear(invited())
    effects = stage.send(ButtonPressed(2))
    given = next(n for n, e in enumerate(effects) if isinstance(e, Remember) and isinstance(e.record, RatingGiven))
    shown = next(n for n, e in enumerate(effects) if isinstance(e, Show))
    assert given < shown
    stage.send(Tapped("tag:attitude"))
    life, began = again(stage)
    assert facts(began) == [RatingTagged(rating_id(effects), 3, ("attitude",))]
    life.send(LinkUp())
    assert not facts(life.hear(invited(rev=11)))  # the broker still has the invitation
    assert not facts(again(life)[1])


def test_a_second_press_while_the_dimensions_are_asked_counts_for_nothing() -> None:
    stage = touched()
    stage.hear(invited())
    stage.send(ButtonPressed(5))
    stage.send(ButtonPressed(1))
    stage.send(Tapped("level:1"))
    assert not facts(stage.wait(10))


def test_the_next_citizens_start_ends_the_thanks_so_that_nobody_adds_to_the_rating_of_the_one_before() -> None:
    stage = touched()
    stage.hear(invited())
    effects = stage.send(ButtonPressed(1))
    stage.send(Tapped("tag:conduct"))
    serving = HallWindow(3, 11, "serving", ZHANG, "20261123-A013")
    assert facts(stage.hear(serving)) == [RatingTagged(rating_id(effects), 3, ("conduct",))]
    assert isinstance(stage.view(), EvaluatorIdle)
    assert not stage.send(Tapped("tag:attitude"))
    assert not facts(stage.wait(10))


def test_the_next_invitation_ends_the_thanks_before_it_and_asks_its_own_question() -> None:
    stage = touched()
    stage.hear(invited(1))
    effects = stage.send(ButtonPressed(1))
    stage.send(Tapped("tag:conduct"))
    (touched_then,) = facts(stage.hear(invited(2, ticket="20261123-A013", rev=11)))
    assert touched_then == RatingTagged(rating_id(effects), 3, ("conduct",))
    view = stage.page(EvaluatorAsk)
    assert view.number == "A013"
    assert [type(r) for r in facts(stage.wait(40))] == [RatingNone]


def test_without_a_screen_to_touch_or_in_a_hall_that_does_not_ask_the_thanks_ask_nothing() -> None:
    for stage in (touched(touch=False), touched(replace(WITH, rating=Rating(tags=False)))):
        stage.hear(invited())
        assert [type(r) for r in facts(stage.send(ButtonPressed(1)))] == [RatingGiven]
        assert not thanks(stage).asks


def test_a_dimension_that_is_none_and_one_before_the_press_are_not_taken() -> None:
    stage = touched()
    assert not stage.send(Tapped("tag:attitude"))
    stage.hear(invited())
    stage.send(ButtonPressed(1))
    stage.send(Tapped("tag:politeness"))
    assert thanks(stage).chosen == ()


# --- code and papers ---------------------------------------------------------------------------------------------


@pytest.mark.req("R258")
def test_the_code_for_the_phone_carries_the_invitations_id_and_nothing_of_anybody() -> None:
    stage = touched()
    stage.hear(invited())
    view = stage.page(EvaluatorAsk)
    assert view.url == f"https://pj.example.cn/r/{uid(1)}"
    stage.send(Tapped("level:4"))
    stage.wait(10)
    stage.hear(invited(2, ticket="20261123-A013", rev=11))
    view = stage.page(EvaluatorAsk)
    assert view.url.endswith(uid(2))  # one code, one service


def test_without_an_address_there_is_no_code() -> None:
    stage = touched(PLAN)
    stage.hear(invited())
    view = stage.page(EvaluatorAsk)
    assert view.url == ""


@pytest.mark.req("R028")
def test_the_halls_word_about_papers_stands_on_the_question_and_the_thanks() -> None:
    stage = touched()
    stage.hear(invited())
    view = stage.page(EvaluatorAsk)
    assert view.reminder is not None
    assert view.reminder.zh == "请保管好您的资料"
    stage.send(ButtonPressed(3))
    assert thanks(stage).reminder == view.reminder


# --- complaints --------------------------------------------------------------------------------------------------


@pytest.mark.req("R057", "R255")
def test_a_complaint_is_asked_for_once_more_and_then_on_record_with_nobodys_name() -> None:
    stage = touched()
    view = stage.page(EvaluatorIdle)
    assert (view.phone, view.complain) == ("12345", True)
    assert not facts(stage.send(Tapped("complain")))
    assert stage.view() == EvaluatorComplaint(3, "ask", "12345")
    assert facts(stage.send(Tapped("complain:yes"))) == [HelpAsked("complaint")]
    assert stage.view() == EvaluatorComplaint(3, "noted", "12345")
    stage.wait(NOTED_SECONDS)
    view = stage.page(EvaluatorIdle)
    assert not view.complain
    assert not stage.send(Tapped("complain"))
    stage.wait(AGAIN_SECONDS)
    view = stage.page(EvaluatorIdle)
    assert view.complain


def test_a_complaint_not_meant_is_none() -> None:
    stage = touched()
    stage.send(Tapped("complain"))
    stage.send(Tapped("complain:no"))
    assert isinstance(stage.view(), EvaluatorIdle)
    stage.send(Tapped("complain"))
    assert not facts(stage.wait(ASK_SECONDS))
    assert isinstance(stage.view(), EvaluatorIdle)
    assert not facts(stage.send(Tapped("complain:yes")))


@pytest.mark.parametrize("state", ["closed", "paused", "serving"])
def test_one_may_complain_in_any_state_and_without_the_line(state: Literal["closed", "paused", "serving"]) -> None:
    stage = touched()
    stage.hear(HallWindow(3, 4, state, ZHANG))
    stage.send(LinkDown("lost"))
    stage.send(Tapped("complain"))
    assert facts(stage.send(Tapped("complain:yes"))) == [HelpAsked("complaint")]


def test_the_question_comes_before_a_complaint_and_a_finger_meant_for_one_is_not_the_other() -> None:
    stage = touched()
    stage.send(Tapped("complain"))
    stage.hear(invited())
    assert isinstance(stage.view(), EvaluatorAsk)
    assert not facts(stage.send(Tapped("complain:yes")))
    stage.send(Seen(stage.view()))
    stage.send(ButtonPressed(5))
    assert not facts(stage.send(Tapped("complain")))
    assert thanks(stage).asks


def test_where_nobody_can_touch_or_the_hall_has_no_key_there_is_none() -> None:
    for stage in (touched(touch=False), touched(replace(WITH, rating=Rating(complaints=False)))):
        view = stage.page(EvaluatorIdle)
        assert view.phone
        assert not view.complain
        assert not stage.send(Tapped("complain"))


def test_the_key_is_there_again_though_somebody_was_asked_to_rate_when_its_rest_was_over() -> None:
    stage = touched()
    stage.send(Tapped("complain"))
    stage.send(Tapped("complain:yes"))
    stage.wait(AGAIN_SECONDS - 5)
    until = (MORNING + timedelta(seconds=300)).isoformat(timespec="milliseconds")
    later = invited(seconds=AGAIN_SECONDS + 20)
    assert later.invitation is not None
    assert later.invitation.until < until
    stage.hear(later)
    stage.wait(60)
    view = stage.page(EvaluatorIdle)
    assert view.complain
