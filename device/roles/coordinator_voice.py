"""How the coordinator says what is true: only what changed, with a `rev` that only rises, also over a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from device.effects import Effect, Keep, Publish
from device.hall.truths import Truth
from device.moment import Moment

REV_STEP = 1000


@dataclass(slots=True)
class Voice:
    """What was said last, by its place below `hall/`."""

    said: dict[str, Truth] = field(default_factory=dict)
    rev: int = 0
    kept: int = 0

    def begin(self, kept: str, moment: Moment) -> None:
        """On a new card too it begins above whatever was said on the old one: there are fewer changes than seconds."""
        self.rev = self.kept = max(int(kept or "0"), int(moment.wall.timestamp()))

    def changes(self, truths: Mapping[str, Truth], moment: Moment) -> list[Effect]:
        """Say what is no longer as it was said."""
        effects: list[Effect] = []
        for key, truth in truths.items():
            before = self.said.get(key)
            if before is not truth and before != truth:
                self.said[key] = truth
                self.rev += 1
                effects.append(Publish(replace(truth, rev=self.rev), moment.id(2 + len(effects) % 200)))
        return self._keep() + effects

    def forget(self, key: str = "") -> None:
        """Somebody may not have heard this ("" = anything): say it again next time."""
        if key:
            self.said.pop(key, None)
        else:
            self.said.clear()

    def _keep(self) -> list[Effect]:
        if self.rev < self.kept:
            return []
        # Kept ahead in steps: after a restart `rev` begins above everything that was ever said.
        self.kept = self.rev + REV_STEP
        return [Keep("rev", str(self.kept))]
