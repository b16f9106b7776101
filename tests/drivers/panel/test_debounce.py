"""One press of one contact is one press however it bounces, on time that tests make up."""

from __future__ import annotations

import pytest
from hypothesis import given

from drivers.buttons_simulated import BOUNCES
from drivers.debounce import Change, Debouncer
from tests.drivers.panel.edges import SETTLE, Edge, bouncing, waves


def settled(edges: list[Edge]) -> list[Change]:
    """What a debouncer says to these edges and to endless quiet after them."""
    debouncer = Debouncer(SETTLE)
    changes = [change for edge in edges for change in debouncer.edge(*edge)]
    while (due := debouncer.due()) is not None:
        changes += debouncer.settle(due)
    return changes


@pytest.mark.parametrize("bounce", BOUNCES)
def test_a_press_is_one_press_however_the_contact_bounces(bounce: tuple[float, ...]) -> None:
    edges = bouncing(5, True, 100.0, bounce) + bouncing(5, False, 200.0, bounce)
    quiet = sum(bounce) + SETTLE
    down, up = settled(edges)
    assert (down.closed, up.closed) == (True, False)
    assert [down.at, up.at] == pytest.approx([100.0 + quiet, 200.0 + quiet])


def test_a_spark_shorter_than_the_quiet_time_is_nothing() -> None:
    assert settled([(3, True, 100.0), (3, False, 119.9)]) == []


def test_a_contact_quiet_for_exactly_the_quiet_time_has_settled() -> None:
    assert settled([(3, True, 100.0), (3, False, 120.0)]) == [Change(3, True, 120.0), Change(3, False, 140.0)]


def test_a_contact_closed_at_the_start_only_settles_open() -> None:
    debouncer = Debouncer(SETTLE, closed=[2])
    assert debouncer.due() is None
    assert debouncer.edge(2, True, 0.0) == []
    assert debouncer.edge(2, False, 50.0) == []
    assert debouncer.settle(70.0) == [Change(2, False, 70.0)]


def test_a_contact_looked_at_is_believed_over_its_last_edge_and_is_given_its_quiet_time_again() -> None:
    debouncer = Debouncer(SETTLE)
    debouncer.edge(2, True, 0.0)
    debouncer.amend(2, False, 20.5)
    assert debouncer.settle(30.0) == []
    assert debouncer.settle(50.0) == []
    debouncer.amend(3, True, 60.0)  # all its edges were lost
    debouncer.amend(3, True, 79.0)
    assert debouncer.settle(80.0) == [Change(3, True, 80.0)]


def test_one_contact_bouncing_does_not_hold_up_another() -> None:
    edges: list[Edge] = [(1, True, 0.0), (5, True, 15.0), (5, False, 16.0), (5, True, 17.0)]
    assert settled(edges) == [Change(1, True, 20.0), Change(5, True, 37.0)]


@given(waves())
def test_exactly_the_states_that_were_quiet_long_enough_are_told_in_their_order(edges: list[Edge]) -> None:
    expected = []
    for level in range(1, 6):
        was = False
        mine = [(closed, at) for of, closed, at in edges if of == level]
        untils = [at for _, at in mine[1:]] + [float("inf")]
        for (closed, at), until in zip(mine, untils, strict=False):
            if until - at >= SETTLE and closed != was:
                was = closed
                expected.append(Change(level, closed, at + SETTLE))
    told = settled(edges)
    assert sorted(told, key=lambda change: (change.at, change.level)) == sorted(
        expected, key=lambda change: (change.at, change.level)
    )
    assert [change.at for change in told] == sorted(change.at for change in told)
