"""Five lamps on a chip of the kernel: the suite that every panel's lamps pass."""

from __future__ import annotations

import pytest

from tests.drivers.panel.rigs import LINES
from tests.drivers.panel.test_lamps import *  # noqa: F403  the suite itself
from tests.vm.guest.chip import Chip
from tests.vm.guest.panels import RealLamps

# What has the suite's own name is here in its place.
# mypy: disable-error-code="no-redef"


@pytest.fixture
def rig(chip: Chip) -> RealLamps:
    for line in LINES:
        chip.drive(line, high=False)  # as a lamp's transistor is pulled to dark when nobody drives it
    return RealLamps(chip)
