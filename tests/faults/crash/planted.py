"""Defects that the explorer must find: put into the writer's process while it runs, one at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Final

from device.perform import Do
from device.station import Station
from drivers import journal_file


def plant(name: str) -> None:
    """KeyError for a defect that nobody knows; "" is none."""
    if name:
        PLANTED[name]()


def _normal() -> None:
    """Commits that do not wait for the disk: as `PRAGMA synchronous=NORMAL` has it."""
    prepare = journal_file._prepare

    def lax(db: sqlite3.Connection, *rest: Any, **more: Any) -> None:
        prepare(db, *rest, **more)
        db.execute("PRAGMA synchronous=NORMAL")

    journal_file._prepare = lax


def _early() -> None:
    """Pages, paper and answers before the commit that they stand on."""
    finish = Station._finish

    def hasty(station: Station, dos: Sequence[Do]) -> None:
        station._performer.perform(dos)
        finish(station, [])

    Station._finish = hasty  # type: ignore[method-assign,assignment]  # the defect


def _unsynced_start() -> None:
    """What an earlier life wrote and never synced is taken for safe by the next."""
    journal_file._sync_earlier = lambda *_: None


PLANTED: Final[dict[str, Callable[[], None]]] = {"normal": _normal, "early": _early, "unsynced-start": _unsynced_start}
