"""After a power cut a hundred devices do not come to the broker at once."""

from __future__ import annotations

import random
from itertools import count

import pytest

from drivers.link_paho import RETRY, rest

DEVICES = 100
BOOTS = 20.0  # s; the broker's machine after everybody else's
WINDOW = 0.25


def arrival() -> float:
    """When a device that began at 0 first tries while the broker is there."""
    at = 0.0
    for failures in count():
        if at >= BOOTS:
            return at
        at += rest(RETRY, failures, "refused")
    raise AssertionError


@pytest.mark.req("R282")
def test_they_come_spread_over_seconds_each_at_a_time_of_its_own() -> None:
    random.seed(282)
    came = sorted(arrival() for _ in range(DEVICES))
    assert came[-1] <= BOOTS + RETRY[1], "and none is late"
    most = max(sum(first <= other < first + WINDOW for other in came) for first in came)
    assert most <= DEVICES // 5
