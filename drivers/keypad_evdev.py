"""A keyboard or keypad that is read without a window."""

from __future__ import annotations

from functools import partial

from drivers.events import KeyPressed
from drivers.input_device import InputDevice
from drivers.keypad_keys import Keyboard
from drivers.line_thread import LineThread
from drivers.protocols import Place, Post


class EvdevKeypad:
    """Implements drivers.protocols.Keypad. Which keys were pressed stands in no log: staff type their PIN here.

    path: under /dev/input/by-id or by-path; eventN changes with every start. grab: nobody else hears the keys; without
    it what staff type, their PIN too, also goes to the console that waits for a login behind the screen.
    """

    def __init__(self, post: Post, place: Place, *, path: str, grab: bool = True) -> None:
        opened = partial(InputDevice, place.part, path, grab)
        self._thread = LineThread(post, place, path, opened, lambda: _Fingers(post))

    def close(self) -> None:
        """End the thread and free the device."""
        self._thread.close()


class _Fingers:
    """Each key as it is pressed."""

    patience = None

    def __init__(self, post: Post) -> None:
        self._post, self._keyboard = post, Keyboard()

    def hear(self, data: bytes) -> None:
        for key in self._keyboard.read(data):
            self._post(KeyPressed(key))

    def silence(self) -> None:
        """A person takes the time they need."""
