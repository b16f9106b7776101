"""The evaluator: one invitation, one answer, the person on the screen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from device.contract.messages import DeviceState, HallNotices, HallWindow, Invitation, RatingGiven, RatingNone
from device.effects import Heard, Keep, Light, Remember, Say, Seen, Show, Tapped, Told
from device.roles.evaluator import Evaluator
from drivers.events import ButtonPressed, ButtonsUnclear, LinkDown, LinkUp
from screens.views import EvaluatorAsk, EvaluatorIdle, EvaluatorThanks
from tests.roles.at_evaluator import TICKET, evaluator, idle, invited
from tests.roles.stage import LI, MORNING, PLAN, ZHANG, Stage, facts, only, uid


@pytest.mark.req("R125", "R236", "R256", "R258", "R260")
def test_a_press_is_the_rating_of_the_person_on_the_screen() -> None:
    stage = evaluator()
    stage.hear(invited())
    shown = stage.wall.isoformat(timespec="milliseconds")
    view = stage.page(EvaluatorAsk)
    assert view.person.number == "1001"
    stage.wait(5)
    (rating,) = facts(stage.send(ButtonPressed(2)))
    pressed = stage.wall.isoformat(timespec="milliseconds")
    assert rating == RatingGiven(uid(1), TICKET, "social", 3, "1001", 2, shown, pressed, "c0ffee")
    assert isinstance(stage.view(), EvaluatorThanks)
    stage.wait(PLAN.rules.thanks_seconds)
    assert idle(stage).person is not None


@pytest.mark.req("R142")
def test_only_the_first_press_counts() -> None:
    stage = evaluator()
    stage.hear(invited())
    stage.send(ButtonPressed(5))
    assert not facts(stage.send(ButtonPressed(1)))
    assert not facts(stage.send(Tapped("level:1")))


@pytest.mark.req("R142")
def test_two_buttons_at_once_are_no_rating_and_are_asked_for_again() -> None:
    stage = evaluator()
    stage.hear(invited())
    asked = stage.send(ButtonsUnclear((5, 1)))
    assert not facts(asked)
    assert Light(frozenset()) in asked
    view = stage.page(EvaluatorAsk)
    assert view.again
    assert Light(frozenset({1, 2, 3, 4, 5})) in stage.wait(1)
    (rating,) = facts(stage.send(ButtonPressed(1)))
    assert isinstance(rating, RatingGiven)
    assert rating.level == 1


def test_the_lamps_do_not_come_on_again_for_a_rating_that_was_given_while_they_blinked() -> None:
    stage = evaluator()
    stage.hear(invited())
    stage.send(ButtonsUnclear((4, 3)))
    stage.send(ButtonPressed(4))
    assert not [effect for effect in stage.wait(2) if isinstance(effect, Light) and effect.levels]


def test_the_next_invitation_is_asked_as_if_nothing_had_been() -> None:
    stage = evaluator()
    stage.hear(invited(1))
    stage.send(ButtonsUnclear((5, 4)))
    stage.hear(invited(2, ticket="20261123-A013", rev=11))
    view = stage.page(EvaluatorAsk)
    assert not view.again


def test_several_buttons_at_once_while_nothing_awaits_a_rating_light_nothing() -> None:
    stage = evaluator()
    assert not [effect for effect in stage.send(ButtonsUnclear((5, 4))) if isinstance(effect, Light | Say)]


def test_a_button_pressed_while_nothing_awaits_a_rating_counts_for_nothing() -> None:
    stage = evaluator()
    assert not facts(stage.send(ButtonPressed(5)))
    stage.hear(HallWindow(3, 1, "serving", ZHANG, TICKET))
    assert not facts(stage.send(ButtonPressed(5)))


def test_the_same_invitation_delivered_again_after_the_press_does_not_open_again() -> None:
    stage = evaluator()
    stage.hear(invited())
    stage.send(ButtonPressed(5))
    stage.hear(invited(rev=11))
    assert not facts(stage.send(ButtonPressed(1)))
    again = Stage(Evaluator("evaluator-3", PLAN, PLAN.windows[3]))
    again.kept = dict(stage.kept)
    again.began()
    again.send(LinkUp())
    again.hear(invited(rev=12))
    assert not facts(again.send(ButtonPressed(1)))


@pytest.mark.req("R236")
def test_no_press_is_recorded_as_none_and_never_as_good() -> None:
    stage = evaluator()
    stage.hear(invited())
    assert facts(stage.wait(30)) == [RatingNone(uid(1), TICKET, "social", 3, "1001", "timeout")]
    assert not facts(stage.send(ButtonPressed(5)))


def test_the_next_citizens_start_closes_it_so_that_nobody_rates_for_the_one_before() -> None:
    stage = evaluator()
    stage.hear(invited())
    effects = stage.hear(HallWindow(3, 11, "serving", ZHANG, "20261123-A013"))
    assert facts(effects) == [RatingNone(uid(1), TICKET, "social", 3, "1001", "next")]


def test_a_second_invitation_ends_the_first_and_opens_its_own() -> None:
    stage = evaluator()
    stage.hear(invited(1))
    assert facts(stage.hear(invited(2, ticket="20261123-A013", rev=11))) == [
        RatingNone(uid(1), TICKET, "social", 3, "1001", "next")
    ]
    (rating,) = facts(stage.send(ButtonPressed(4)))
    assert isinstance(rating, RatingGiven)
    assert rating.ticket == "20261123-A013"


def test_the_rating_goes_to_who_was_shown_though_somebody_else_signed_in_meanwhile() -> None:
    stage = evaluator()
    stage.hear(invited())
    open_for_li = HallWindow(3, 11, "open", LI, invitation=invited().invitation)
    stage.hear(open_for_li)
    (rating,) = facts(stage.send(ButtonPressed(3)))
    assert isinstance(rating, RatingGiven)
    assert rating.staff == "1001"


def test_an_invitation_that_arrives_when_the_next_citizen_stands_there_is_not_put_to_them() -> None:
    stage = evaluator()
    late = HallWindow(3, 11, "serving", LI, "20261123-A013", invitation=invited().invitation)
    assert facts(stage.hear(late)) == [RatingNone(uid(1), TICKET, "social", 3, "1001", "next")]
    assert isinstance(stage.view(), EvaluatorIdle)


def test_what_the_broker_kept_names_nobody_until_the_coordinator_speaks_of_this_window_or_of_all() -> None:
    stage = evaluator()
    kept = HallWindow(3, 9, "open", ZHANG)
    stage.send(Heard(stage.envelope(), DeviceState("coordinator", "1", "", "ready"), retained=True))
    stage.send(Heard(stage.envelope(), kept, retained=True))
    assert idle(stage).person is None
    stage.hear(HallWindow(4, 10, "open", LI))  # the word about this window may be on its way
    assert idle(stage).person is None
    stage.hear(HallNotices(11))
    assert idle(stage).person is not None


def test_of_the_invitations_it_settled_it_remembers_enough_to_settle_none_twice() -> None:
    stage = evaluator()
    for n in range(1, 4):
        stage.hear(invited(n, rev=n))
        stage.send(ButtonPressed(5))
    stage.send(LinkUp())
    for n in range(1, 4):
        assert not facts(stage.hear(invited(n, rev=n)))  # the broker delivers what had waited
        assert isinstance(stage.view(), EvaluatorIdle | EvaluatorThanks)


def test_after_a_power_cut_of_unknown_length_nobody_is_asked_to_rate_the_one_before() -> None:
    stage = evaluator()
    stage.hear(invited())
    again = Stage(Evaluator("evaluator-3", PLAN, PLAN.windows[3]), clock="floor")
    again.kept = dict(stage.kept)
    assert facts(again.began()) == [RatingNone(uid(1), TICKET, "social", 3, "1001", "restart")]
    assert isinstance(again.view(), EvaluatorIdle)


def test_an_invitation_that_is_over_when_it_arrives_is_none_and_is_not_shown() -> None:
    stage = evaluator()
    stage.wait(40)
    assert facts(stage.hear(invited())) == [RatingNone(uid(1), TICKET, "social", 3, "1001", "timeout")]
    assert isinstance(stage.view(), EvaluatorIdle)


def test_a_windows_clock_that_is_years_off_does_not_take_the_rating_away() -> None:
    stage = evaluator()
    until = MORNING.replace(year=2020).isoformat(timespec="milliseconds")
    stage.hear(HallWindow(3, 1, "open", ZHANG, invitation=Invitation(uid(1), TICKET, "social", ZHANG, until)))
    assert isinstance(stage.view(), EvaluatorAsk)


def test_yesterdays_invitation_is_not_opened_in_the_morning() -> None:
    stage = evaluator()
    late = (MORNING - timedelta(hours=16)).isoformat(timespec="milliseconds")
    state = HallWindow(3, 1, "closed", invitation=Invitation(uid(1), "20261122-A099", "", ZHANG, late))
    assert [type(r) for r in facts(stage.hear(state))] == [RatingNone]


def test_a_power_cut_while_open_opens_again_with_the_time_that_is_left() -> None:
    stage = evaluator()
    stage.hear(invited())
    again = Stage(Evaluator("evaluator-3", PLAN, PLAN.windows[3]), wall=MORNING + timedelta(seconds=10))
    again.kept = dict(stage.kept)
    again.began()
    assert isinstance(again.view(), EvaluatorAsk)
    assert not facts(again.wait(19))
    assert [type(r) for r in facts(again.wait(2))] == [RatingNone]
    late = Stage(Evaluator("evaluator-3", PLAN, PLAN.windows[3]), wall=MORNING + timedelta(seconds=60))
    late.kept = dict(stage.kept)
    assert facts(late.began()) == [RatingNone(uid(1), TICKET, "social", 3, "1001", "restart")]


@pytest.mark.req("R166", "R271")
def test_the_thanks_are_the_same_for_every_level() -> None:
    seen = set()
    for level in (1, 2, 3, 4, 5):
        stage = Stage(Evaluator("evaluator-3", PLAN, PLAN.windows[3], speaks=True))
        stage.began()
        stage.send(LinkUp())
        stage.hear(invited())
        effects = stage.send(ButtonPressed(level))
        visible = [e for e in effects if not isinstance(e, Remember | Keep)]
        seen.add(repr(visible))
        assert only(effects, Light).levels == frozenset()
        assert [e for e in effects if isinstance(e, Say)]
    assert len(seen) == 1


@pytest.mark.req("R125")
def test_without_the_line_or_the_coordinator_only_the_windows_number_is_shown() -> None:
    stage = evaluator()
    stage.hear(HallWindow(3, 1, "open", ZHANG))
    assert idle(stage).person is not None
    stage.send(LinkDown("gone"))
    assert (idle(stage).person, idle(stage).state, idle(stage).window) == (None, "unknown", 3)
    stage.send(LinkUp())
    stage.hear(HallWindow(3, 2, "open", LI))
    person = idle(stage).person
    assert person is not None
    assert person.number == "1002"
    stage.hear(DeviceState("coordinator", "1", "", "offline"))
    assert idle(stage).person is None


@pytest.mark.req("R111", "R168")
def test_on_its_own_desk_it_believes_the_controller_and_needs_no_line() -> None:
    stage = evaluator(desk=True)
    stage.send(Told(HallWindow(3, 0, "open", ZHANG)))
    assert idle(stage).person is not None
    stage.hear(HallWindow(3, 99, "open", LI))
    person = idle(stage).person
    assert person is not None
    assert person.number == "1001"
    stage.send(Told(HallWindow(3, 0, "paused", ZHANG)))
    assert idle(stage).state == "paused"


def test_other_windows_are_nobodys_business_here() -> None:
    stage = evaluator()
    stage.hear(HallWindow(4, 1, "open", LI))
    assert idle(stage).person is None


def test_an_old_word_about_the_window_does_not_undo_a_newer_one() -> None:
    stage = evaluator()
    stage.hear(HallWindow(3, 9, "closed"))
    stage.hear(HallWindow(3, 8, "open", ZHANG))
    assert idle(stage).person is None


@pytest.mark.req("R125")
def test_a_press_before_the_question_stands_on_the_screen_is_no_answer_to_it() -> None:
    role = Evaluator("evaluator-3", PLAN, PLAN.windows[3], "c0ffee", desk=True)
    stage = Stage(role)
    stage.began()
    moment = stage.moment()
    shown = only(role.handle(Told(invited()), moment), Show)
    assert shown.confirm
    assert not facts(role.handle(ButtonPressed(1), moment)), "it was the page before that was pressed at"
    role.handle(Seen(EvaluatorThanks(3)), moment)
    assert not facts(role.handle(ButtonPressed(1), moment)), "another page stands there"
    role.handle(Seen(shown.view), moment)
    (rating,) = facts(role.handle(ButtonPressed(5), moment))
    assert isinstance(rating, RatingGiven)
    assert rating.level == 5
