"""Notices too long for their place are shown a part at a time: this counts the turns, as long as there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from device.contract.messages import HallNotices, Words
from device.effects import Effect, Forget, Remind

SECONDS: Final = 8.0  # enough to read two lines aloud
TURN: Final = "notice"  # the reminder
LONG: Final = (
    18,
    40,
)  # characters of Chinese, and of any other language, from which a text may be too long


@dataclass(slots=True)
class Turns:
    """now: which turn it is, from 0. on: whether some notice is long."""

    now: int = 0
    on: bool = False

    def heard(self, notices: HallNotices) -> list[Effect]:
        """These are the notices from now on."""
        texts = (notices.business, notices.announcement, notices.sample, notices.fault)
        before, self.on = self.on, any(t and _is_long(t) for t in texts)
        if self.on == before:
            return []
        self.now = 0
        return [Remind(SECONDS, TURN)] if self.on else [Forget(TURN)]

    def turned(self) -> list[Effect]:
        """The next part of each."""
        self.now += 1
        return [Remind(SECONDS, TURN)] if self.on else []


def _is_long(text: Words) -> bool:
    return len(text.zh) > LONG[0] or max(map(len, (text.en, text.ug, text.bo, text.mn))) > LONG[1]
