"""What holds for every test: made-up cases are the same in every run, and no machine is too slow for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.helpers.nursery import Nursery

# A deadline per case says how busy the machine is, not whether the product is right; the fuzzers (tests/faults) are
# where ever new cases are tried, with their seeds printed.
settings.register_profile("hallside", deadline=None, derandomize=True, database=None)
settings.load_profile("hallside")


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where stations come from quickly."""
    with Nursery() as nursery:
        yield nursery
