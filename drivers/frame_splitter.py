"""The frames of one template in whatever comes on a serial line."""

from __future__ import annotations

from drivers.frame_template import Frame, Template


class Splitter:
    """Finds the frames of one kind in whatever comes. Keeps less than one frame and what came last; never raises."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._heard = b""

    @property
    def waiting(self) -> bool:
        """Whether something has come that may be the beginning of a frame."""
        return bool(self._heard)

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that are whole now."""
        self._heard += data
        frames: list[Frame] = []
        at = 0
        while at < len(self._heard):
            found = self._template.match(self._heard[at : at + self._template.most])
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
