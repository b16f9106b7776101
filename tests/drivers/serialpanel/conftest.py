"""Lines, ears and quick ways back for the tests of serial panels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers import backoff
from tests.drivers.serialpanel.line import Ear, Wire


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    wire = Wire(tmp_path)
    yield wire
    wire.close()


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backoff, "STEPS", (0.01,))
