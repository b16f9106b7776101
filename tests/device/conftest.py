"""Real brokers, and a place for running halls, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.helpers.broker import mosquitto as mosquitto


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Halls run in a folder that nobody else has, with a path short enough for sockets, and without a desktop."""
    with TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        yield


@pytest.fixture
def hall() -> Iterator[Path]:
    """A folder whose name is short: a unix socket's path is."""
    with TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)
