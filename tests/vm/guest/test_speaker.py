"""The speaker on a card of the kernel whose other end is recorded, chosen by name, taken away and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from drivers import speaker_sdl
from drivers.chime import RATE, chime
from drivers.events import NotSaid, PartFailed, PartMended, Said
from drivers.protocols import Place, Utterance
from drivers.speaker_sdl import SdlSpeaker
from tests.drivers.panel.rigs import Ear
from tests.vm.guest.card import CARD, put_card_back, recorded, take_card_away

ALIKE = 0.99
PLACE = Place("kiosk-1", "speaker")


@pytest.fixture
def speaker(card: None, ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SdlSpeaker]:
    monkeypatch.setattr(speaker_sdl, "LOOK_SECONDS", 0.2)
    with closing(SdlSpeaker(ear.post, PLACE, device=CARD, clips=str(tmp_path / "clips"), volume=100)) as speaker:
        yield speaker


def rings(speaker: SdlSpeaker, ear: Ear, folder: Path, name: str) -> None:
    """The chime is said, and it is what was on the wire. On a machine that is busy elsewhere a chime may stutter."""
    for turn in range(3):
        with recorded(folder) as wire:
            speaker.say(Utterance(f"{name}{turn}", (), volume=100))
            assert ear.next() == Said(f"{name}{turn}")
        likeness, level = wire.likeness(chime(), RATE)
        if likeness > ALIKE:
            break
    assert likeness > ALIKE
    assert level == pytest.approx(1.0, abs=0.1)


def test_what_is_played_is_on_the_wire_as_it_was_computed(speaker: SdlSpeaker, ear: Ear, tmp_path: Path) -> None:
    rings(speaker, ear, tmp_path, "a")


def test_a_card_that_goes_is_a_fault_and_sounds_again_when_it_is_back(
    speaker: SdlSpeaker, ear: Ear, tmp_path: Path
) -> None:
    pull = Thread(target=take_card_away)
    pull.start()
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert failed.code == "card-lost"
    speaker.say(Utterance("a", ()))
    assert ear.next() == NotSaid("a", "card-lost")
    pull.join()
    put_card_back()
    assert ear.next() == PartMended("speaker")
    rings(speaker, ear, tmp_path, "b")


def test_a_card_of_another_name_is_missing_with_those_there_are(card: None, ear: Ear, tmp_path: Path) -> None:
    with closing(SdlSpeaker(ear.post, PLACE, device="USB Audio", clips=str(tmp_path / "clips"))):
        failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert failed.code == "card-missing"
    assert "'USB Audio' is not there" in failed.detail
    assert f"{CARD} (" in failed.detail
