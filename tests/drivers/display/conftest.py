"""A window to draw into that nobody sees, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from drivers.display_pygame import PygameDisplay
from drivers.events import HardwareEvent
from drivers.protocols import Place

PLACE = Place("kiosk-1", "screen")


@pytest.fixture
def said() -> list[HardwareEvent]:
    return []


@pytest.fixture
def make(said: list[HardwareEvent]) -> Iterator[Callable[..., PygameDisplay]]:
    with ExitStack() as opened:

        def opener(**options: Any) -> PygameDisplay:
            usual: dict[str, Any] = {
                "width_mm": 300, "height_mm": 200, "width": 320, "height": 200, "video": "dummy"
            }  # fmt: skip
            display = opened.enter_context(closing(PygameDisplay(said.append, PLACE, **usual | options)))
            display.pump()
            return display

        yield opener
