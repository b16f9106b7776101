"""What the report says of each order of calling, in a quick size."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from tests.report.policies import Figures as Minutes
from tests.report.policies import Row, Waited, lived, overtaken, rules_of, starves_nobody, table
from tests.report.queue_days import day

SEED = 7


@pytest.mark.req("R032", "R081")
def test_on_a_day_of_long_queues_a_bound_lets_nobody_starve_and_without_one_many_are_overtaken() -> None:
    surge = day("surge", SEED)
    bound, unbound = (lived(surge, rules_of("strict", minutes), SEED) for minutes in (60.0, inf))
    assert overtaken(bound, 60.0) == 0
    assert overtaken(unbound, 60.0) > 50
    assert len(bound) == len(unbound) == len(surge.visits)
    longest = [max(w.wait for w in waits if not w.klass) for waits in (bound, unbound)]
    assert longest[0] < longest[1]


def test_overtaken_is_who_waits_on_while_somebody_later_is_called_after_the_bound() -> None:
    first = Waited("", 1, came=0.0, called=50.0)
    later = Waited("elderly", 1, came=10.0, called=40.0)
    assert overtaken([later, first], 30.0) == 1
    assert overtaken([later, first], 45.0) == 0  # it was called before the first had waited so long
    assert overtaken([replace(later, group=2), first], 30.0) == 0
    assert overtaken([first, replace(later, called=60.0)], 30.0) == 0


def test_a_bound_that_is_not_kept_shows() -> None:
    waits = Minutes.of([1.0, 2.0, 30.0])
    assert (waits.median, waits.p95, waits.longest) == (2.0, 30.0, 30.0)
    row = Row("surge", "strict", 30.0, waits, waits, 0)
    assert starves_nobody([row, replace(row, bound=inf, overtaken=9)])
    assert not starves_nobody([replace(row, overtaken=1)])
    assert table([row])[-1] == "| surge | strict | 30 min | 2.0 | 30.0 | 30.0 | 2.0 | 30.0 | 30.0 | 0 |"
