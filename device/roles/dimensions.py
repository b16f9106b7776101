"""The eight dimensions that an evaluator asks for after a press: touched in any number, on record once (R259).

What is touched stands in the journal at once, so that a power cut loses none of it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from device.contract.messages import RatingTagged
from device.effects import Effect, Keep, Remember
from device.moment import Moment
from screens.views import DIMENSIONS

KEPT = "touched"


@dataclass(slots=True)
class Dimensions:
    """touched: what was so far; None: they are not asked."""

    touched: RatingTagged | None = None

    def ask(self, rating: str, window: int) -> None:
        """The rating with this record's id is on record; what it is about is asked."""
        self.touched = RatingTagged(rating, window, ())

    def touch(self, name: str) -> list[Effect]:
        """One of them, taken back by a second touch."""
        if self.touched is None or name not in DIMENSIONS:
            return []
        chosen = set(self.touched.tags) ^ {name}
        self.touched = replace(self.touched, tags=tuple(each for each in DIMENSIONS if each in chosen))
        return [Keep(KEPT, json.dumps(asdict(self.touched)))]

    def resume(self, kept: str) -> None:
        """What was touched in the life before."""
        touched = json.loads(kept)
        if touched:
            self.touched = RatingTagged(**touched | {"tags": tuple(touched["tags"])})

    def end(self, moment: Moment, k: int = 0) -> list[Effect]:
        """The record of what was touched, if anything was."""
        touched, self.touched = self.touched, None
        record: list[Effect] = [Remember(touched, moment.id(k))] if touched and touched.tags else []
        return [*record, Keep(KEPT, None)] if touched else []
