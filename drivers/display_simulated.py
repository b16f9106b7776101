"""A screen without hardware: a picture in memory, touched through the bench, seen in the recordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from difflib import get_close_matches
from typing import Final

from drivers.display_geometry import fit, screen_of
from drivers.display_recorder import Recorder
from drivers.events import KeyPressed, PartFailed, PartMended, Touched
from drivers.faults import known_fault
from drivers.protocols import Area, PartMissing, Place, Post
from drivers.sdl import pygame

HALL_TIME: Final = timezone(timedelta(hours=8))  # recordings are read beside the hall's records (R115)
USUAL: Final = (1920, 1920)  # pixels of the longer side when the config gives no size
PICTURE_SECONDS: Final = 2.0
FAULTS: Final = {"lost": "display-lost"}


class SimulatedDisplay:
    """Implements drivers.protocols.Display; needs neither a display server nor SDL's video.

    width_mm, height_mm: its size for people. width, height: pixels; 0: that shape, 1920 on the longer side.
    Every flip is recorded as `<recordings>/screens/<device>/<time>-<count>-<view>.png`, a second screen's view with
    its name before it (`sign-SignPage`).

    Bench: `tap` with `key` (a finger on the middle of that target), `touch` with `x` and `y`, `type` with `keys` (a
    text, a character a key, or a list of names), `look`, `picture` (the newest one, written to its end);
    `fault` lost (nothing is seen any more: told at the next flip); `mend`.
    """

    def __init__(
        self, post: Post, place: Place, *, width_mm: int, height_mm: int, width: int = 0, height: int = 0
    ) -> None:
        self._post, self._part, self._screen = post, place.part, screen_of(place.part)
        self._size = (width, height) if width and height else fit(width_mm, height_mm, USUAL)
        self._canvas = pygame.Surface(self._size, 0, 32)
        self._shown: tuple[str, Mapping[str, Area]] = ("", {})  # replaced whole: the bench reads it from its thread
        self._wanted = self._shown
        self._fault, self._told = "", False
        self._recorder: Recorder | None = None
        if place.recordings is not None:
            folder = place.recordings / "screens" / place.device
            prefix = "" if self._screen == "main" else f"{self._screen}-"
            try:
                self._recorder = Recorder(folder, prefix)
            except OSError as fault:
                raise PartMissing(
                    place.part, f"cannot record in {folder}: {fault.strerror}", "Choose another folder"
                ) from fault
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    @property
    def pump_seconds(self) -> float | None:
        return None

    def canvas(self) -> pygame.Surface:
        return self._canvas

    def flip(self, name: str, _changed: Sequence[Area], targets: Mapping[str, Area]) -> None:
        self._wanted = (name, dict(targets))
        if self._fault:
            if not self._told:
                self._told = True
                self._post(PartFailed(self._part, self._fault, "simulated"))
            return
        self._shown = self._wanted
        if self._recorder is not None:
            self._recorder.take(name, self._canvas, datetime.now(HALL_TIME))

    def pump(self) -> None:
        """Nothing happens by itself here."""

    def close(self) -> None:
        if self._recorder is not None:
            self._recorder.close()

    # --- the bench's hands, on its thread --------------------------------------------------------------------

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        match request:
            case {"do": "tap", "key": str(key)}:
                return self._tap(key)
            case {"do": "touch", "x": int(x), "y": int(y)}:
                return self._touch(x, y)
            case {"do": "type", "keys": str() | list() as keys}:
                for key in keys:
                    self._post(KeyPressed(str(key)))
                return {}
            case {"do": "look"}:
                return self._look()
            case {"do": "picture"}:
                return {"picture": self._picture()}
            case {"do": "fault"}:
                self._fault = FAULTS[known_fault("screen", request.get("name"), FAULTS)]
                return {}
            case {"do": "mend"}:
                self._mend()
                return {}
        raise ValueError("a screen understands tap (key), touch (x, y), type (keys), look, picture, fault and mend")

    def _mend(self) -> None:
        """What was drawn meanwhile is seen; it is recorded with the next flip, on the main thread."""
        told, self._fault, self._told = self._told, "", False
        self._shown = self._wanted
        if told:
            self._post(PartMended(self._part))

    def _tap(self, key: str) -> Mapping[str, object]:
        view, targets = self._shown
        area = targets.get(key)
        if area is None:
            near = get_close_matches(key, targets, n=1)
            hint = f". Did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"{view or 'nothing'} is shown, without a key {key!r}; it has {_list(targets)}{hint}")
        return self._touch(area.x + area.w // 2, area.y + area.h // 2)

    def _touch(self, x: int, y: int) -> Mapping[str, object]:
        width, height = self._size
        if not (0 <= x < width and 0 <= y < height):
            raise ValueError(f"{x}, {y} is beside the screen, which is {width} x {height}")
        self._post(Touched(x, y, self._screen))
        return {"x": x, "y": y}

    def _look(self) -> Mapping[str, object]:
        view, targets = self._shown
        return {
            "view": view,
            "screen": self._screen,
            "size": list(self._size),
            "targets": {key: [area.x, area.y, area.w, area.h] for key, area in targets.items()},
            "picture": self._picture() if self._recorder is not None and view else "",
        }

    def _picture(self) -> str:
        if self._recorder is None:
            raise ValueError("this station keeps no pictures: its config names no folder for recordings")
        try:
            newest = self._recorder.newest(PICTURE_SECONDS)
        except OSError as fault:
            raise ValueError(str(fault)) from fault
        if newest is None:
            raise ValueError("nothing was shown yet")
        return str(newest)


def _list(targets: Mapping[str, Area]) -> str:
    return ", ".join(targets) or "none"
