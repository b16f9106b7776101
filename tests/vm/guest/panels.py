"""Buttons and lamps of the guest, as tests.drivers.panel.rigs has them of others."""

from __future__ import annotations

from typing import Final

import gpiod

from drivers.buttons_gpiod import GpiodButtons
from drivers.debounce import STUCK_SECONDS
from drivers.lamps_gpiod import GpiodLamps
from drivers.protocols import Buttons, Lamps
from tests.drivers.panel.rigs import BUTTONS, LAMPS, LINE_OF, LINES, Ear
from tests.vm.guest.chip import Chip

LABEL: Final = "pinctrl-bcm2711"  # a Pi 4's, as in config/examples/desk-3.toml


class RealRig:
    """Buttons to ground, lamps lit by a high line."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip

    def down(self, level: int) -> None:
        self.chip.drive(LINE_OF[level], high=False)

    def up(self, level: int) -> None:
        self.chip.drive(LINE_OF[level], high=True)

    def lit(self) -> set[int]:
        return {level for level, line in LINE_OF.items() if self.chip.high(line)}

    def free(self) -> bool:
        with gpiod.Chip(self.chip.path) as chip:
            return not any(chip.get_line_info(line).used for line in LINES)


class RealButtons(RealRig):
    def make(self, ear: Ear, stuck_seconds: float = STUCK_SECONDS) -> Buttons:
        return GpiodButtons(ear.post, BUTTONS, chip=LABEL, lines=LINES, stuck_seconds=stuck_seconds)


class RealLamps(RealRig):
    def make(self, ear: Ear) -> Lamps:
        return GpiodLamps(ear.post, LAMPS, chip=LABEL, lines=LINES)
