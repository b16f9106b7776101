"""What came last is remembered and what is long past forgotten, so that nothing grows for as long as a process runs."""

from __future__ import annotations

from typing import Any


def keep_newest(known: dict[Any, Any], most: int) -> None:
    """Forget the oldest of these, by the order in which they were put in, until no more than `most` are left."""
    while len(known) > most:
        del known[next(iter(known))]
