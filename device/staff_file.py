"""staff.toml as it is now: whoever works here no more is out within a minute, without a restart (R205)."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from config.errors import ConfigErrors
from config.load import load
from config.schema import Station
from device.hall.plan import StaffEntry
from device.roles.build import staff_of

LOOK_SECONDS: Final = 10.0
Seen = tuple[int, int, int]  # inode, size, time of change in ns

log = logging.getLogger(__name__)


class StaffFile:
    """The file of a coordinator's station, looked at now and then."""

    def __init__(self, config: Station) -> None:
        self._config = config
        said = tomllib.loads(config.path.read_text("utf-8"))
        self._path = config.path.parent / said["staff"] if "staff" in said else None
        self._seen = _seen(self._path)

    def changed(self) -> Mapping[str, StaffEntry] | None:
        """The people, if the file is another one than it was; None too while it has mistakes, which are logged."""
        seen = _seen(self._path)
        if seen == self._seen or seen is None:
            return None
        self._seen = seen
        try:
            return staff_of(load(self._config.path))
        except ConfigErrors as errors:
            log.error("the people stay as they were, for the config has mistakes now:\n%s", errors)
            return None


def _seen(path: Path | None) -> Seen | None:
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found else None
