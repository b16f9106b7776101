"""A screen on which what was painted can be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pygame

from drivers.protocols import Area


@dataclass
class Glass:
    """A display that notes its flips."""

    surface: pygame.Surface = field(default_factory=lambda: pygame.Surface((1024, 600)))
    flips: list[tuple[str, Sequence[Area], Mapping[str, Area]]] = field(default_factory=list)
    pump_seconds: float | None = 0.5
    pumped: int = 0

    @property
    def size(self) -> tuple[int, int]:
        return self.surface.get_size()

    def canvas(self) -> pygame.Surface:
        return self.surface

    def flip(self, name: str, changed: Sequence[Area], targets: Mapping[str, Area]) -> None:
        self.flips.append((name, changed, targets))

    def pump(self) -> None:
        self.pumped += 1

    def close(self) -> None:
        pass
