"""A finger on a real window: the X server is told of a press by its own test extension, as by any pointing device.

Needs a display server and libXtst; where one is missing there is no finger, and what needs it is not measured.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import time

LEFT = 1
ANY_SCREEN = -1


class Finger:
    """One connection to the display server. display: as in DISPLAY."""

    def __init__(self, display: str) -> None:
        """OSError where the libraries or the server are missing."""
        x11, xtst = ctypes.util.find_library("X11"), ctypes.util.find_library("Xtst")
        if not display or not x11 or not xtst:
            raise OSError("no X server, or no libXtst")
        self._x11, self._xtst = ctypes.CDLL(x11), ctypes.CDLL(xtst)
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self._x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._xtst.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, *[ctypes.c_int] * 3, ctypes.c_ulong]
        self._xtst.XTestFakeButtonEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._line = self._x11.XOpenDisplay(display.encode())
        if not self._line:
            raise OSError(f"no X server at {display}")

    def touch(self, x: int, y: int) -> int:
        """Come down here and lift off again. The monotonic time in ns just before it came down."""
        self._xtst.XTestFakeMotionEvent(self._line, ANY_SCREEN, x, y, 0)
        self._x11.XSync(self._line, 0)
        down = time.monotonic_ns()
        self._xtst.XTestFakeButtonEvent(self._line, LEFT, 1, 0)
        self._x11.XSync(self._line, 0)
        self._xtst.XTestFakeButtonEvent(self._line, LEFT, 0, 0)
        self._x11.XSync(self._line, 0)
        return down

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._x11.XCloseDisplay(self._line)
            self._line = None
