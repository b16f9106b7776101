"""The Raspberry Pi's own eye on its 5 V supply, as the kernel tells it (R155).

The kernel's raspberrypi-hwmon asks the firmware and shows a hwmon device called `rpi_volt`; `in0_lcrit_alarm` is 1 when
the supply fell below 4.63 V since it last asked (bit 16 of get_throttled), and is notified when that changes, so
nothing is asked while all is well (Documentation/hwmon/raspberrypi-hwmon.rst; sysfs_notify, poll(2) POLLPRI).
"""

from __future__ import annotations

import os
import select
import threading
from pathlib import Path
from typing import Final

from drivers.events import PartFailed, PartMended
from drivers.protocols import PartMissing, Place, Post

SENSOR: Final = "rpi_volt"
ALARM: Final = "in0_lcrit_alarm"
AGAIN_SECONDS: Final = 60.0  # a kernel that does not notify is asked so often


class RpiSupply:
    """Implements drivers.protocols.Supply. path: the kernel's folder of hwmon devices. PartMissing without the sensor.

    watts: what the device draws at most, from its data sheet; declared, not measured.
    """

    def __init__(self, post: Post, place: Place, *, watts: int, path: str = "/sys/class/hwmon") -> None:
        self._post, self._part, self.watts = post, place.part, watts
        self._alarm = _alarm(Path(path), place.part)
        self._low = False
        self._woken, self._wake = os.pipe()
        self._closed = False
        self._thread = threading.Thread(target=self._watch, name=f"{place.device} {place.part}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        if self._closed:
            return
        self._closed = True
        os.close(self._wake)
        self._thread.join(timeout=1.0)
        os.close(self._woken)

    def _watch(self) -> None:
        try:
            with self._alarm.open("rb", buffering=0) as alarm:
                poll = select.poll()
                poll.register(alarm, select.POLLPRI)
                poll.register(self._woken, select.POLLHUP)
                while True:
                    alarm.seek(0)  # read anew before each wait, or the next change would be told at once
                    self._tell(alarm.read(8).strip() == b"1")
                    ready = poll.poll(AGAIN_SECONDS * 1000)
                    if any(descriptor == self._woken for descriptor, _ in ready):
                        return
        except OSError as error:
            self._post(PartFailed(self._part, "unreadable", f"{self._alarm}: {error.strerror}"))

    def _tell(self, low: bool) -> None:
        if low and not self._low:
            self._post(PartFailed(self._part, "undervoltage", f"{self._alarm} is 1"))
        elif self._low and not low:
            self._post(PartMended(self._part))
        self._low = low


def _alarm(hwmon: Path, part: str) -> Path:
    for name in sorted(hwmon.glob("*/name")):
        try:
            if name.read_text("ascii").strip() == SENSOR and (name.parent / ALARM).is_file():
                return name.parent / ALARM
        except OSError:
            continue
    mend = "Only a Raspberry Pi has it: load raspberrypi-hwmon, or take the section out"
    raise PartMissing(part, f"no sensor called {SENSOR} below {hwmon}", mend)
