"""A GPIO chip of the kernel's own simulator (gpio-sim), with hands on its wires."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CONFIGFS: Final = Path("/sys/kernel/config/gpio-sim")


@dataclass(frozen=True)
class Chip:
    """One chip. Its wires: `pull` is what somebody outside does to them, `value` what is on them."""

    made: Path

    @classmethod
    def make(cls, name: str, label: str, lines: int) -> Chip:
        """Make it and plug it in."""
        made = CONFIGFS / name
        bank = made / "bank0"
        bank.mkdir(parents=True)
        (bank / "num_lines").write_text(str(lines))
        (bank / "label").write_text(label)
        chip = cls(made)
        chip.plug()
        return chip

    def plug(self) -> None:
        (self.made / "live").write_text("1")

    def unplug(self) -> None:
        (self.made / "live").write_text("0")

    @property
    def path(self) -> str:
        return f"/dev/{self._name}"

    def drive(self, line: int, high: bool, bounces: int = 0) -> float:
        """Somebody connects the wire to 3.3 V or ground; the contact bounces first. Seconds that took."""
        levels = [high, not high] * bounces + [high]
        with (self._wire(line) / "pull").open("wb", buffering=0) as pull:
            began = time.monotonic()
            for level in levels:
                os.pwrite(pull.fileno(), b"pull-up" if level else b"pull-down", 0)
            return time.monotonic() - began

    def high(self, line: int) -> bool:
        return (self._wire(line) / "value").read_text().strip() == "1"

    @property
    def _name(self) -> str:
        return (self.made / "bank0/chip_name").read_text().strip()

    def _wire(self, line: int) -> Path:
        device = (self.made / "dev_name").read_text().strip()
        return Path(f"/sys/devices/platform/{device}/{self._name}/sim_gpio{line}")
