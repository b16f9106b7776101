"""Five buttons on a chip of the kernel: the suite that every panel's buttons pass."""

from __future__ import annotations

import pytest

from drivers.events import ButtonPressed
from drivers.protocols import Buttons
from tests.drivers.panel.rigs import LINE_OF, Ear
from tests.drivers.panel.test_buttons import *  # noqa: F403  the suite itself
from tests.drivers.panel.test_buttons import press_until_heard
from tests.vm.guest.chip import Chip
from tests.vm.guest.panels import RealButtons

QUICK = 0.015  # seconds; 0.02 count as quiet

# What has the suite's own name is here in its place.
# mypy: disable-error-code="no-redef"


@pytest.fixture
def rig(chip: Chip) -> RealButtons:
    return RealButtons(chip)


def test_a_contact_that_bounces_is_one_press(rig: RealButtons, buttons: Buttons, ear: Ear) -> None:
    for _ in range(50):  # on a machine that stalls inside it, it was no bounce
        took = rig.chip.drive(LINE_OF[5], high=False, bounces=4)
        heard = [ear.next()]
        rig.up(5)
        heard.append(press_until_heard(rig, ear, 1))
        if took < QUICK:
            break
    else:
        pytest.fail("never quick enough")
    assert heard == [ButtonPressed(5), ButtonPressed(1)]
