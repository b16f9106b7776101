"""A scanner that types like a keyboard (HID wedge), read from /dev/input by its stable name.

That it is a scanner says its config section, so nothing is guessed from how fast somebody types. It types as on a US
keyboard (GB/T 14715 has the same), its factory setting; Chinese characters come from a serial scanner only.
"""

from __future__ import annotations

from functools import partial

from drivers.input_device import InputDevice
from drivers.line_thread import LineThread
from drivers.protocols import Place, Post
from drivers.scanner_ear import WedgeEar
from drivers.scanner_text import Ends


class EvdevScanner:
    """Implements drivers.protocols.Scanner. path, grab: as of the keypad. ends: what a code ends with."""

    def __init__(self, post: Post, place: Place, *, path: str, grab: bool = True, ends: Ends = "return") -> None:
        opened = partial(InputDevice, place.part, path, grab)
        self._thread = LineThread(post, place, path, opened, lambda: WedgeEar(post, place.part, ends))

    def close(self) -> None:
        """End the thread and free the device."""
        self._thread.close()
