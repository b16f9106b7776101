"""The frames of one kind in whatever comes on a serial line."""

from __future__ import annotations

from typing import Protocol

from drivers.frame_template import Frame


class Kind(Protocol):
    """A kind of frame; `drivers.frame_template.Template` is one."""

    @property
    def most(self) -> int:
        """The longest one in bytes."""

    def match(self, heard: bytes) -> Frame | int:
        """What begins here: a frame, or -1: none of this kind; 0: too little has come to know."""


class Splitter:
    """Finds them. Keeps less than one frame and what came last; never raises."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._heard = b""

    @property
    def waiting(self) -> int:
        """How many bytes have come that may be the beginning of a frame."""
        return len(self._heard)

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that are whole now."""
        self._heard += data
        frames: list[Frame] = []
        at = 0
        while at < len(self._heard):
            found = self._kind.match(self._heard[at : at + self._kind.most])
            if isinstance(found, Frame):
                frames.append(found)
                at += len(found.raw)
            elif found == 0:
                break
            else:
                at += 1
        self._heard = self._heard[at:]
        return frames

    def flush(self) -> list[Frame]:
        """Nothing has come for a while: what looked like a beginning was none, but something in it may be a frame."""
        frames: list[Frame] = []
        while self._heard:
            self._heard = self._heard[1:]
            frames += self.feed(b"")
        return frames
