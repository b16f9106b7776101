"""A note left in a station's data folder: a new roll of paper is in this device. The station takes it away.

A file, because it needs no port, no right but the folder's, and waits where the station is not running.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

LOOK_SECONDS: Final = 5.0


def note(data: Path, device: str) -> Path:
    """Where the note lies."""
    return data / f"{device}.new-roll"


def leave(data: Path, device: str) -> None:
    """OSError if the folder does not take it."""
    note(data, device).touch()


def take(data: Path, device: str) -> bool:
    """Whether there was one; it is not there any more."""
    try:
        note(data, device).unlink()
    except OSError:  # none, the usual case; or not ours to take away, and then it is not believed every 5 s
        return False
    return True
