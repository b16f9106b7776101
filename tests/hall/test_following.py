"""Who is told to get ready is whom the hall really calls next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.contract.messages import WindowPaused, Words
from device.hall.discipline import Discipline, Klass, Policy
from device.hall.plan import Plan
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import PLAN

CLASSES = {"elderly": Klass("elderly", Words("老年人"), 2, 2), "emergency": Klass("emergency", Words("应急"), 1, 1)}


def with_policy(policy: Policy, **rules: Any) -> Plan:
    return replace(PLAN, discipline=Discipline(policy=policy, classes=CLASSES, **rules))


def both_sign_in(hall: FrontDesk) -> None:
    hall.sign_in(3, "1001")
    hall.sign_in(4, "1002")


def test_nobody_is_told_to_get_ready_while_no_window_serves_the_service() -> None:
    hall = FrontDesk()
    hall.take()
    hall.take("tax")
    assert hall.service().next == ()
    hall.sign_in(3)
    assert hall.service().next == ("A001",)
    assert hall.service("tax").next == ()  # window 3 does not serve it
    hall.record(WindowPaused(3, "1001", "files"))
    assert hall.service().next == ()


def test_three_are_named_in_order_and_whoever_is_called_no_longer() -> None:
    hall = FrontDesk()
    hall.sign_in(3)
    taken = [hall.take() for _ in range(5)]
    assert hall.service().next == tuple(taken[:3])
    assert hall.call() == taken[0]
    assert hall.service().next == tuple(taken[1:4])


def test_whoever_asked_for_sign_language_gets_ready_with_the_others_only_where_any_window_may_call_them() -> None:
    hall = FrontDesk(PLAN, with_staff(_1002={"skills": frozenset({"sign"})}))
    hall.sign_in(3)
    deaf, other = hall.take(need="sign"), hall.take()
    assert hall.service().next == (deaf, other)  # nobody speaks it: whoever is next serves them
    hall.sign_in(4, "1002")
    assert hall.service().next == (other,)
    assert hall.call(3) == other


def test_a_priority_ticket_comes_first_as_it_will_be_called() -> None:
    hall = FrontDesk(with_policy("strict"))
    hall.sign_in(3)
    hall.take()
    hall.take(klass="elderly")
    assert hall.service().next == ("A002", "A001")
    assert hall.call() == "A002"


def test_where_windows_take_turns_only_what_all_agree_on_is_said() -> None:
    hall = FrontDesk(with_policy("alternating"))
    both_sign_in(hall)
    for klass in ("", "elderly", "", "elderly"):
        hall.take(klass=klass)
    before = hall.service().next
    assert before
    assert hall.call(3) == before[0]
    # Window 3 has had a priority ticket and window 4 none: they would go on with different people.
    assert hall.service().next == ()


@settings(max_examples=15, deadline=None)
@given(
    policy=st.sampled_from(["fcfs", "strict", "weighted", "alternating"]),
    classes=st.lists(st.sampled_from(["", "", "elderly", "emergency"]), min_size=1, max_size=6),
    windows=st.lists(st.sampled_from([3, 4]), min_size=1, max_size=6),
)
def test_whoever_was_named_first_is_called_first_whichever_window_calls(
    policy: Policy, classes: list[str], windows: list[int]
) -> None:
    hall = FrontDesk(with_policy(policy))
    both_sign_in(hall)
    for klass in classes:
        hall.take(klass=klass)
    for window in windows:
        named = hall.service().next
        called = hall.call(window, {3: "1001", 4: "1002"}[window])
        assert not named or called == named[0]
        if called == "empty":
            assert not named
            return
        hall.serve(called, window, {3: "1001", 4: "1002"}[window])


def test_an_appointment_is_named_when_its_time_has_come() -> None:
    hall = FrontDesk(with_policy("strict"))
    hall.sign_in(3)
    hall.take()
    card = hall.role.hall.queue.cards["20261123-A001"]
    hall.role.hall.queue.lanes.take(card)
    card.slot = hall.stage.wall.timestamp() + 3600
    hall.role.hall.queue.lanes.put(card)
    hall.take("tax")
    assert hall.service().next == ()
    hall.wait(3600)
    assert hall.service().next == ("A001",)


@pytest.mark.req("R083")
def test_it_names_numbers_and_nothing_else() -> None:
    hall = FrontDesk(with_policy("strict"))
    hall.sign_in(3)
    hall.take(klass="elderly")
    assert hall.service().next == ("A001",)
    assert "elderly" not in repr(hall.service())
