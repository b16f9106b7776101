"""Every display driver there is, each with its own way of being touched, for the suite that holds them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drivers.display_pygame import PygameDisplay
from drivers.display_simulated import SimulatedDisplay
from drivers.events import HardwareEvent
from drivers.protocols import Area, Display, Place
from drivers.sdl import pygame

Act = Callable[[Any], Any]


@dataclass
class FakeBench:
    """Keeps what was offered, so that a test can be the hand."""

    acts: dict[tuple[str, str], Act] = field(default_factory=dict)

    def offer(self, device: str, part: str, act: Act) -> None:
        self.acts[device, part] = act

    def do(self, device: str, part: str, **request: object) -> dict[str, Any]:
        return dict(self.acts[device, part](request))


@dataclass
class Rig:
    """One display, what it said, and a finger and a key for it."""

    display: Display
    said: list[HardwareEvent]
    finger: Callable[[int, int], None]
    key: Callable[[str], None]
    at: Callable[[int, int], tuple[int, int, int]]  # the colour people see there


def window_of(display: PygameDisplay) -> pygame.Window:
    window = display._window
    assert window is not None
    return window


@contextmanager
def pygame_rig(part: str, size: tuple[int, int], _: Path) -> Iterator[Rig]:
    said: list[HardwareEvent] = []
    display = PygameDisplay(
        said.append,
        Place("kiosk-1", part),
        width_mm=300,
        height_mm=200,
        width=size[0],
        height=size[1],
        video="dummy",
    )
    window = window_of(display)

    def finger(x: int, y: int) -> None:
        part_x, part_y = (x + 0.5) / size[0], (y + 0.5) / size[1]
        pygame.event.post(pygame.Event(pygame.FINGERDOWN, window=window, x=part_x, y=part_y))
        display.pump()

    def key(name: str) -> None:
        code = {"enter": pygame.K_RETURN}.get(name) or ord(name)
        pygame.event.post(pygame.Event(pygame.KEYDOWN, window=window, key=code, mod=0))
        display.pump()

    display.pump()
    said.clear()
    try:
        yield Rig(display, said, finger, key, lambda x, y: colour(window.get_surface(), x, y))
    finally:
        display.close()


@contextmanager
def simulated_rig(part: str, size: tuple[int, int], folder: Path) -> Iterator[Rig]:
    said: list[HardwareEvent] = []
    bench = FakeBench()
    display = SimulatedDisplay(
        said.append,
        Place("kiosk-1", part, bench, folder),
        width_mm=300,
        height_mm=200,
        width=size[0],
        height=size[1],
    )

    def at(x: int, y: int) -> tuple[int, int, int]:
        return colour(pygame.image.load(bench.do("kiosk-1", part, do="picture")["picture"]), x, y)

    try:
        yield Rig(
            display,
            said,
            lambda x, y: void(bench.do("kiosk-1", part, do="touch", x=x, y=y)),
            lambda name: void(bench.do("kiosk-1", part, do="type", keys=[name])),
            at,
        )
    finally:
        display.close()


RIGS = {"pygame": pygame_rig, "simulated": simulated_rig}


def void(_: object) -> None:
    """For a hand whose answer is of no interest."""


def colour(picture: pygame.Surface, x: int, y: int) -> tuple[int, int, int]:
    red, green, blue, _ = picture.get_at((x, y))
    return red, green, blue


def whole(display: Display) -> list[Area]:
    return [Area(0, 0, *display.size)]
