"""A line that somebody else has: said alike by every panel, whether at its start or when its chip is back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from drivers.events import PartFailed
from drivers.protocols import PartMissing, Place, Post

BUSY: Final = "busy"
MEND: Final = "End the other program, or correct `lines` in the config"

Port = TypeVar("Port")


class LineBusy(PartMissing):
    """The kernel gives a line to one program at a time. users: line -> who has it, "" if the kernel does not say."""

    def __init__(self, part: str, users: Mapping[int, str]) -> None:
        named = [f"line {line} is used by {user or 'the kernel'!r}" for line, user in users.items()]
        super().__init__(part, ", ".join(named) or "a line is busy", MEND)


def telling(post: Post, place: Place, attempt: Callable[[], Port]) -> Callable[[], Port]:
    """The same attempt, for a chip that was lost: if it is back but a line is somebody else's, that is told once."""
    told = False

    def tried() -> Port:
        nonlocal told
        try:
            return attempt()
        except LineBusy as busy:
            if not told:
                post(PartFailed(place.part, BUSY, busy.tried))
            told = True
            raise

    return tried
