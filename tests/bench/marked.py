"""`python -m tests.bench.marked --config FILE`: a device like any other that also tells the bench when it did what.

Nothing of the device is changed but this: where a moment matters, the clock is read and a line goes to the bench's
socket. A line costs about 20 us, after the moment it tells of.

Moments: `edge` (a simulated contact moved), `pressed` and `released` (debounced, posted), `committed` (the journal has
it), `shown` (a page was painted and the display's flip has returned: view, keys, number, waiting), `sound` (the card
took a sound), `silence` (an announcement has ended).
"""

from __future__ import annotations

import functools
import json
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

SOCKET: Final = "marks.sock"  # the bench's, beside the device's config


class Marker:
    """The line to the bench. Used by several threads: each line is one send."""

    def __init__(self, path: Path, device: str) -> None:
        self._device = device
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.connect(str(path))

    def mark(self, what: str, **more: object) -> None:
        """Tell that this happened just now."""
        at = time.monotonic_ns()
        self._line.send(json.dumps({"from": self._device, "at": at, "what": what, **more}).encode())


def after(owner: Any, name: str, tell: Callable[..., object], *, first: bool = False) -> None:
    """From now on `tell` is called when owner.name has returned (first: before it runs), with what it was given."""
    plain = getattr(owner, name)

    @functools.wraps(plain)
    def marked(*args: Any, **kwargs: Any) -> Any:
        if first:
            tell(*args, **kwargs)
        result = plain(*args, **kwargs)
        if not first:
            tell(*args, **kwargs)
        return result

    setattr(owner, name, marked)


def install(marker: Marker) -> None:
    """Put marks where the moments are. Loads drivers that the device may not have: no good for start and memory."""
    from device.painted import PaintedScreen
    from drivers.buttons_simulated import SimulatedButtons
    from drivers.debounce import Change, Panel
    from drivers.journal_sqlite import SqliteJournal
    from drivers.speaker_card import SoundCard
    from drivers.speaker_thread import SpeakerThread

    def settled(_: Panel, change: Change) -> None:
        marker.mark("pressed" if change.closed else "released", level=change.level)

    def shown(_: PaintedScreen, view: Any) -> None:
        newest = getattr(view, "newest", None)
        keys = [key.id for key in getattr(view, "keys", ()) if getattr(key, "enabled", False)]
        number = newest.number if newest else getattr(view, "number", None)
        services = getattr(view, "services", ())
        waiting = getattr(view, "waiting", getattr(services[0], "waiting", None) if services else None)
        marker.mark("shown", view=type(view).__name__, keys=keys, number=number, waiting=waiting)

    after(SimulatedButtons, "_move", lambda _, levels, __: marker.mark("edge", level=max(levels)), first=True)
    after(Panel, "_change", settled)
    after(SqliteJournal, "commit", lambda *_: marker.mark("committed"))
    after(PaintedScreen, "show", shown)
    after(SoundCard, "play", lambda *_: marker.mark("sound"))
    after(SpeakerThread, "_end", lambda *_: marker.mark("silence"))


def main() -> int:
    """Run the station as `hallside run` does."""
    from device.app import run

    config = Path(sys.argv[sys.argv.index("--config") + 1])
    install(Marker(config.parent / SOCKET, config.stem))
    return run(config)


if __name__ == "__main__":
    sys.exit(main())
