"""A real screen: a window or a full screen through pygame-ce. Touches and keys come from the same window."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from drivers.display_geometry import Turn, fit, screen_of, turned
from drivers.display_keys import name_of
from drivers.display_sdl import VIDEO, Video
from drivers.events import Closed, KeyPressed, PartFailed, PartMended, Stirred, Touched
from drivers.protocols import Area, PartMissing, Place, Post
from drivers.sdl import pygame

PUMP_SECONDS: Final = 1 / 30
LOOK_SECONDS: Final = 0.25  # where the display server is heard; only for what nobody thought of
AGAIN_SECONDS: Final = 1.0  # between two tries to draw on a screen that was lost
PART_OF_DESKTOP: Final = 0.9  # a window without a size: room for its frame and the desktop's bars
# SDL_video.h: "any place on display n". pygame passes a pair through to SDL, so a window can be put on an output.
WINDOWPOS_UNDEFINED_DISPLAY: Final = 0x1FFF0000
LOST: Final = (
    pygame.WINDOWSHOWN,
    pygame.WINDOWEXPOSED,
    pygame.WINDOWRESTORED,
    pygame.WINDOWSIZECHANGED,
    pygame.WINDOWDISPLAYCHANGED,
)  # after these the window may have forgotten its pixels


class PygameDisplay:
    """Implements drivers.protocols.Display on a window of this machine; everything on the main thread.

    width_mm, height_mm: the picture as people see it, after turning. width, height: its pixels; 0: the whole screen,
    or, for a window, the largest of this shape that fits the desktop. Given for a full screen, that video mode is set.
    x, y: a window's upper left corner, pixels of the desktop; None: the desktop's choice.
    display: which output, from 0. rotation: degrees clockwise by which the picture is turned on its panel.
    video: SDL's back end; `auto` tries x11, wayland, kmsdrm and never one that nobody can see; `dummy` draws nowhere.

    PartMissing: no display server, no such output, or the video mode is not to be had.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        width_mm: int,
        height_mm: int,
        width: int = 0,
        height: int = 0,
        fullscreen: bool = False,
        x: int | None = None,
        y: int | None = None,
        display: int = 0,
        rotation: Literal[0, 90, 180, 270] = 0,
        title: str = "",
        video: Video = "auto",
    ) -> None:
        self._post, self._place, self._screen = post, place, screen_of(place.part)
        self._window: pygame.Window | None = None
        self._forgotten = True  # the window does not show what the canvas holds
        self._failed_at: float | None = None
        VIDEO.open(place.part, video)
        self._open = True
        try:
            desktop = _desktop(place.part, display)
            wanted = turned((width, height), rotation) if width and height else None
            if fullscreen:
                size = wanted or desktop
            else:
                room = int(desktop[0] * PART_OF_DESKTOP), int(desktop[1] * PART_OF_DESKTOP)
                size = wanted or fit(*turned((width_mm, height_mm), rotation), room)
            self._turn = Turn(*turned(size, rotation), rotation)
            anywhere = WINDOWPOS_UNDEFINED_DISPLAY | display
            at = (anywhere if x is None else x, anywhere if y is None else y)
            self._window = _window(place, title, size, display, fullscreen, desktop, at)
            self._canvas = pygame.Surface((self._turn.width, self._turn.height), 0, 32)
            VIDEO.join(self._window, self._hear, self._stir)
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> tuple[int, int]:
        return self._turn.width, self._turn.height

    @property
    def pump_seconds(self) -> float | None:
        return LOOK_SECONDS if VIDEO.heard else PUMP_SECONDS

    def canvas(self) -> pygame.Surface:
        """The picture as people look at it, never turned; it keeps its pixels whatever happens to the window."""
        return self._canvas

    def flip(self, _name: str, changed: Sequence[Area], _targets: Mapping[str, Area]) -> None:
        """Show what changed. A window that forgot its pixels is given all of them."""
        self._show(changed)

    def pump(self) -> None:
        """Hear what happened in this process's windows, and give the picture back to a window that lost it."""
        VIDEO.pump()
        waited = self._failed_at is None or time.monotonic() - self._failed_at >= AGAIN_SECONDS
        if self._forgotten and waited:
            self._show(())

    def close(self) -> None:
        if self._open:
            self._open = False
            VIDEO.leave(self._window)
            self._window = None

    # --- showing ---------------------------------------------------------------------------------------------

    def _show(self, changed: Sequence[Area]) -> None:
        if self._window is None:
            return
        try:
            surface = self._window.get_surface()
            for area in [Area(0, 0, *self.size)] if self._forgotten else changed:
                self._copy(area, surface)
            self._window.flip()
            if VIDEO.heard:
                self._stir()  # SDL waited for the server's answer, and what else it said meanwhile is read already
        except pygame.error as fault:
            self._fail(fault)
            return
        self._forgotten = False
        if self._failed_at is not None:
            self._failed_at = None
            self._post(PartMended(self._place.part))

    def _copy(self, area: Area, surface: pygame.Surface) -> None:
        rect = pygame.Rect(area.x, area.y, area.w, area.h).clip(self._canvas.get_rect())
        if 0 in rect.size:
            return
        to = self._turn.on_panel(Area(rect.x, rect.y, rect.w, rect.h))
        if self._turn.degrees:
            piece = pygame.transform.rotate(self._canvas.subsurface(rect), -self._turn.degrees)
            surface.blit(piece, (to.x, to.y))
        else:
            surface.blit(self._canvas, (to.x, to.y), rect)

    def _fail(self, fault: pygame.error) -> None:
        first = self._failed_at is None
        self._failed_at, self._forgotten = time.monotonic(), True
        if first:
            self._post(PartFailed(self._place.part, "display-lost", f"{pygame.display.get_driver()}: {fault}"))

    # --- hearing ---------------------------------------------------------------------------------------------

    def _stir(self) -> None:
        self._post(Stirred(self._screen))

    def _hear(self, event: pygame.Event) -> None:
        if event.type == pygame.FINGERDOWN:  # 0 to 1 of the panel
            panel_width, panel_height = self._turn.panel
            self._touched(int(event.x * panel_width), int(event.y * panel_height))
        elif event.type == pygame.MOUSEBUTTONDOWN:
            # SDL makes a mouse event of every finger as well; one touch is one touch.
            if event.button == pygame.BUTTON_LEFT and not getattr(event, "touch", False):
                self._touched(*event.pos)
        elif event.type == pygame.KEYDOWN:
            if key := name_of(event.key, event.mod):
                self._post(KeyPressed(key))
        elif event.type == pygame.WINDOWCLOSE:
            self._post(Closed())
        elif event.type in LOST:
            self._forgotten = True

    def _touched(self, x: int, y: int) -> None:
        self._post(Touched(*self._turn.in_picture(x, y), self._screen))


def _desktop(part: str, display: int) -> tuple[int, int]:
    desktops = pygame.display.get_desktop_sizes()
    if not 0 <= display < len(desktops):
        there = ", ".join(f"{number}: {width}x{height}" for number, (width, height) in enumerate(desktops))
        raise PartMissing(part, f"there is no display {display}", f"There is {there}. Plug it in before starting")
    return desktops[display]


def _window(
    place: Place,
    title: str,
    size: tuple[int, int],
    display: int,
    fullscreen: bool,
    desktop: tuple[int, int],
    at: tuple[int, int],
) -> pygame.Window:
    try:
        window = pygame.Window(
            title or (place.device if place.part == "screen" else f"{place.device} {place.part}"),
            size,
            at,
            fullscreen_desktop=fullscreen and size == desktop,
            fullscreen=fullscreen and size != desktop,
        )
    except pygame.error as fault:
        raise PartMissing(
            place.part, f"no window of {size[0]}x{size[1]}: {fault}", "Look at width and height"
        ) from fault
    if fullscreen and window.size != size:
        got = window.size
        window.destroy()
        modes = ", ".join(f"{width}x{height}" for width, height in pygame.display.list_modes(display=display))
        raise PartMissing(
            place.part, f"display {display} does not show {size[0]}x{size[1]} but {got[0]}x{got[1]}", f"It has {modes}"
        )
    if fullscreen:
        pygame.mouse.set_visible(False)  # people touch; an arrow in the picture is somebody else's
    pygame.key.stop_text_input()  # keys are read as keys, see display_keys
    return window
