"""What an export tells of ratings: withheld while few, never beside a name, and no rating is never a good one."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from device.contract.messages import Envelope, RatingGiven, RatingTagged, Record
from tests.export.records import DAY, NEXT, rated, rows, said


@pytest.mark.req("R259")
def test_dimensions_are_counted_for_the_hall_bad_ratings_apart_and_only_of_days_that_are_over() -> None:
    touched: list[tuple[Envelope, Record]] = []
    for n, level, tags in ((1, 1, ("attitude", "rules")), (3, 2, ("attitude", "attitude")), (5, 5, ("attitude",))):
        given = said(n, "10:00:10", rated(level)[1][1], "evaluator-3")
        after = RatingTagged(given[0].id, 3, tags)
        touched += [given, said(n + 1, "10:00:14", after, "evaluator-3")]
        touched += [said(n + 20, "10:00:14", replace(after, tags=("conduct",)), "evaluator-4")]  # not its own
    old = replace(cast("RatingGiven", rated(3)[1][1]), tags=("rules",))  # from a device that asks before the press
    touched += [said(9, "11:00:00", old, "evaluator-3")]
    assert rows(touched, "dimensions", today=DAY) == []
    found = rows(touched, "dimensions", today=NEXT)
    assert [(row["dimension"], row["bad"], row["other"]) for row in found] == [("attitude", 2, 1), ("rules", 1, 1)]
    assert not {"staff", "window"} & found[0].keys()


@pytest.mark.req("R051", "R067")
def test_of_a_day_that_is_not_over_ratings_are_withheld_until_there_are_five() -> None:
    (few,) = rows(rated(1, 5, 5, 0), "ratings", today=DAY)
    assert few["withheld"] is True
    assert [few[f"level_{n}"] for n in range(1, 6)] == [None] * 5
    (five,) = rows(rated(1, 5, 5, 4, 3), "ratings", today=DAY)
    assert (five["withheld"], five["level_1"], five["level_5"]) == (False, 1, 2)
    (over,) = rows(rated(1, 5, 5, 0), "ratings", today=NEXT)
    assert (over["level_1"], over["level_5"], over["none"], over["invited"]) == (1, 2, 1, 4)


@pytest.mark.req("R256", "R257", "R258")
def test_not_rated_is_never_counted_as_good() -> None:
    (row,) = rows(rated(0, 0, 0), "ratings")
    assert [row[f"level_{n}"] for n in range(1, 6)] == [0] * 5
    assert (row["none"], row["source"], row["channel"]) == (3, "citizen", "evaluator")
