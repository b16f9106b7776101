"""A loudspeaker that plays into nothing, and who hears what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from drivers import speaker_card
from drivers.speaker_sdl import SdlSpeaker
from tests.drivers.speaker.speakers import PLACE, Ear, fake_espeak


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """A synthesizer that says something of its own for each text, and what it was asked."""
    return fake_espeak(tmp_path)


@pytest.fixture
def make(ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., SdlSpeaker]]:
    """A speaker that plays into nothing, in real time."""
    monkeypatch.setattr(speaker_card, "BUFFER", 256)  # SDL plays two buffers out when it closes
    with ExitStack() as opened:

        def opener(**options: Any) -> SdlSpeaker:
            options = {
                "clips": str(tmp_path / "clips"),
                "voice": str(fake_espeak(tmp_path)),
                "audio": "dummy",
            } | options
            return opened.enter_context(closing(SdlSpeaker(ear.post, PLACE, **options)))

        yield opener
