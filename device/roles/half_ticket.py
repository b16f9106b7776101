"""Half a ticket on the roll must not be the top of a citizen's paper.

The driver cuts off what it left there itself. What an earlier life of this process left, after a loss of power in the
middle of a ticket or between one that failed and the next, nobody cuts off but we: with a paper that marks it as void.
It is remembered until that came out, for the printer may not be ready when we begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from device.effects import Effect, Keep, Print
from drivers.events import Printed, PrintFailed, PrintUnknown
from screens.ticket import void

VOID = "void"  # the job that marks it
KEY = "half"  # the journal's
Outcome = Printed | PrintFailed | PrintUnknown


@dataclass(slots=True)
class HalfTicket:
    """Whether one may be there, and whose: this life's driver's, or an earlier life's."""

    whose: Literal["", "ours", "earlier"] = ""
    voiding: bool = False

    def begin(self, kept: Mapping[str, str]) -> list[Effect]:
        """A new life: was something being printed, or left, when the last one ended?"""
        if "printing" not in kept and KEY not in kept:
            return []
        self.whose = "earlier"
        return [Keep(KEY, "true"), *self.void()]

    def void(self) -> list[Effect]:
        """Mark it, if it is ours to do and not done already."""
        if self.whose != "earlier" or self.voiding:
            return []
        self.voiding = True
        return [Print(VOID, void())]

    def voided(self, outcome: Outcome) -> list[Effect]:
        """What became of that; if it failed it is done with the next paper, or when the printer is ready."""
        self.voiding = False
        if isinstance(outcome, PrintFailed):
            return []
        self.whose = ""
        return [Keep(KEY, None)]

    def after(self, outcome: Outcome) -> list[Effect]:
        """What a ticket leaves there. One that got silence for an answer is whole: all of it went out."""
        whole = isinstance(outcome, Printed) or outcome == PrintUnknown(outcome.job, "silent")
        whose: Literal["", "ours", "earlier"] = "earlier" if self.whose == "earlier" else "" if whole else "ours"
        if whose == self.whose:
            return []
        self.whose = whose
        return [Keep(KEY, "true" if whose else None)]
