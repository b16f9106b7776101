"""SDL's video: one connection to the display server and one queue of events a process, however many windows it has.

That there is one of it is SDL's nature, not our choice, so its keeper `VIDEO` is one too: the first screen opens it,
the last one closes it, and every event goes to the screen whose window it happened in. Main thread only.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from drivers.display_ear import DisplayEar, is_display, open_sockets
from drivers.protocols import PartMissing
from drivers.sdl import environment, pygame

Video = Literal["auto", "x11", "wayland", "kmsdrm", "dummy"]
Hear = Callable[[pygame.Event], None]

CLASS: Final = "hallside"
REAL: Final = ("x11", "wayland", "kmsdrm")  # in the order they are tried; `dummy` only when asked for by name
SPEAKING: Final = ("x11", "wayland")  # through sockets; what happens under kmsdrm SDL learns by looking alone
MEND: Final = (
    "Start it in a desktop session, or give its user the groups video, render and input so that it drives the screen "
    "itself; then look with `hallside check`"
)
# Nobody reads these, and a finger makes a hundred of them a second.
UNHEARD: Final = (pygame.MOUSEMOTION, pygame.FINGERMOTION, pygame.MOUSEWHEEL)


class SdlVideo:
    """The windows of this process and SDL's one queue."""

    def __init__(self) -> None:
        self._hears: dict[pygame.Window, Hear] = {}
        self._users = 0
        self._driver = ""
        self._ear: DisplayEar | None = None
        self._stirred: Callable[[], None] = _nobody

    @property
    def heard(self) -> bool:
        """Whether `stirred` is called when there is something to pump; otherwise it must be looked for."""
        return self._ear is not None

    def open(self, part: str, video: Video) -> None:
        """Connect, or join those who did. PartMissing if that back end is not there; nothing else is tried instead."""
        if not getattr(pygame, "IS_CE", False):
            raise PartMissing(part, "the old `pygame` package is installed", "Uninstall it and install pygame-ce")
        if self._users and video not in ("auto", self._driver):
            raise PartMissing(
                part, f"video {video!r}, but this process already draws through {self._driver}", "Choose one of them"
            )
        if not self._users:
            before = open_sockets()
            self._driver = _connect(part, video)
            pygame.event.set_blocked(UNHEARD)
            pygame.display.set_allow_screensaver(False)
            sockets = frozenset(filter(is_display, open_sockets() - before))
            if self._driver in SPEAKING and sockets:
                self._ear = DisplayEar(sockets, self._tell)
        self._users += 1

    def join(self, window: pygame.Window, hear: Hear, stirred: Callable[[], None]) -> None:
        """What happens in this window goes to `hear`, until `leave`.

        stirred: called from another thread when one of the windows, whichever, has something to be pumped.
        """
        self._hears[window] = hear
        self._stirred = stirred

    def _tell(self) -> None:
        """On the ear's thread."""
        self._stirred()

    def leave(self, window: pygame.Window | None) -> None:
        """Give up one `open`, and this window with it. Without users SDL's video ends: a session may take it over."""
        if window is not None:
            self.pump()  # what happened until now; afterwards SDL no longer says in which window it was
            self._hears.pop(window, None)
            window.destroy()  # before the video: SDL would free the window under pygame's hands
        self._users -= 1
        if not self._users:
            if self._ear is not None:
                self._ear.close()
                self._ear = None
            self._stirred = _nobody
            pygame.display.quit()

    def pump(self) -> None:
        """Hand out everything that happened. An event without a window belongs to the only screen, if there is one."""
        if not self._users:
            return
        for event in pygame.event.get():
            window = getattr(event, "window", None)
            if window is not None:
                hear = self._hears.get(window)
            else:
                hear = next(iter(self._hears.values())) if len(self._hears) == 1 else None
            if hear is not None:
                hear(event)
        if self._ear is not None:
            self._ear.listen()


def _nobody() -> None:
    """Before the first window and after the last."""


def _connect(part: str, video: Video) -> str:
    wanted = ",".join(REAL) if video == "auto" else video
    # Two full screens would put each other away.
    os.environ.setdefault("SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS", "0")
    # A touch is a touch; SDL would take the first one on a window that has no focus for the wish to have it.
    os.environ.setdefault("SDL_MOUSE_FOCUS_CLICKTHROUGH", "1")
    try:
        # The class is what a desktop groups and names windows by; SDL would take the programme's file name.
        with environment(SDL_VIDEODRIVER=wanted, SDL_VIDEO_X11_WMCLASS=CLASS, SDL_VIDEO_WAYLAND_WMCLASS=CLASS):
            pygame.display.init()
    except pygame.error as fault:
        raise PartMissing(part, f"no display ({_tried(wanted)}): {fault}", MEND) from fault
    driver = pygame.display.get_driver()
    if driver not in wanted.split(","):  # SDL may end at `offscreen` without a word (pygame issue 4061)
        pygame.display.quit()
        raise PartMissing(part, f"no display ({_tried(wanted)}): SDL offered {driver!r}, which nobody can see", MEND)
    if driver == "x11":
        # Through OpenGL, SDL's default here, a 1920x1080 flip takes 15 ms on a machine without a graphics card;
        # through the X server's shared memory 0.7 ms. Wayland and KMS have OpenGL only.
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    return driver


def desktop_size(part: str) -> tuple[int, int]:
    """Pixels of the desktop on which windows can be opened now. PartMissing if there is none."""
    wanted: Video = "x11" if os.environ.get("DISPLAY") else "wayland"
    VIDEO.open(part, wanted)
    try:
        width, height = pygame.display.get_desktop_sizes()[0]
    finally:
        VIDEO.leave(None)
    return width, height


def _tried(wanted: str) -> str:
    cards = sorted(str(path) for path in Path("/dev/dri").glob("card*"))
    facts = {
        "x11": f"DISPLAY={os.environ.get('DISPLAY', 'not set')}",
        "wayland": f"WAYLAND_DISPLAY={os.environ.get('WAYLAND_DISPLAY', 'not set')}",
        "kmsdrm": ", ".join(cards) or "no /dev/dri/card*",
    }
    return "; ".join(f"{name}: {facts[name]}" for name in wanted.split(",") if name in facts) or wanted


VIDEO: Final = SdlVideo()
