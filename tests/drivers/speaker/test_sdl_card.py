"""The card a loudspeaker plays on: found by its name, lost and back again, and refused with what there is instead."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_mock import MockerFixture

from drivers import speaker_card, speaker_sdl
from drivers.events import NotSaid, PartFailed, PartMended, Said
from drivers.protocols import PartMissing
from drivers.sdl import environment, pygame
from drivers.speaker_card import SoundCard
from drivers.speaker_sdl import SdlSpeaker
from tests.drivers.speaker.speakers import Ear, call

CARD = " 1 [Device         ]: USB-Audio - USB Audio Device\n                      C-Media USB Audio Device at usb-1.2\n"
NO_CARD = "--- no soundcards ---\n"


# --- the card ------------------------------------------------------------------------------------------------


def test_an_unplugged_card_is_told_once_and_used_again_when_it_is_back(
    make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mocker: MockerFixture
) -> None:
    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "cards")
    (tmp_path / "cards").write_text(CARD)
    speaker = make()
    (tmp_path / "cards").write_text(NO_CARD)
    refused = mocker.patch.object(pygame.mixer, "init", side_effect=pygame.error("No such device"))
    speaker.say(call("a", "请"))
    speaker.say(call("b", "请"))
    failed, first, second = (ear.next() for _ in range(3))
    assert isinstance(failed, PartFailed)
    assert (failed.code, failed.detail[:34]) == ("card-lost", "gone: USB-Audio - USB Audio Device")
    assert (first, second) == (NotSaid("a", "card-lost"), NotSaid("b", "card-lost"))

    mocker.stop(refused)
    (tmp_path / "cards").write_text(CARD)
    speaker.say(call("c", chime=False))
    assert [ear.next(), ear.next()] == [PartMended("speaker"), Said("c")]


def test_a_card_unplugged_while_nothing_is_said_is_told_before_the_next_call(
    make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mocker: MockerFixture
) -> None:
    monkeypatch.setattr(speaker_sdl, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "cards")
    (tmp_path / "cards").write_text(CARD)
    make()
    refused = mocker.patch.object(pygame.mixer, "init", side_effect=pygame.error("No such device"))
    (tmp_path / "cards").write_text(NO_CARD)
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert failed.code == "card-lost"
    mocker.stop(refused)
    (tmp_path / "cards").write_text(CARD)
    assert ear.next() == PartMended("speaker")


def test_a_card_that_goes_in_the_middle_is_not_said_to_have_spoken(
    make: Callable[..., SdlSpeaker], ear: Ear, mocker: MockerFixture
) -> None:
    mocker.patch.object(SoundCard, "lost", side_effect=["", "", "", "gone: USB-Audio", ""])
    speaker = make()
    speaker.say(call("a", "请", chime=False))
    assert [ear.next(), ear.next()] == [
        PartFailed("speaker", "card-lost", "gone: USB-Audio"),
        NotSaid("a", "card-lost"),
    ]


def test_whatever_breaks_in_the_driver_ends_the_announcement_and_not_the_thread(
    make: Callable[..., SdlSpeaker], ear: Ear, mocker: MockerFixture
) -> None:
    speaker = make()
    broken = mocker.patch.object(SoundCard, "busy", side_effect=RuntimeError("out of order"))
    speaker.say(call("a", "请"))
    assert [ear.next(), ear.next()] == [
        PartFailed("speaker", "speaker-failed", "RuntimeError: out of order"),
        NotSaid("a", "speaker-failed"),
    ]
    mocker.stop(broken)
    speaker.say(call("b", chime=False))
    assert [ear.next(), ear.next()] == [PartMended("speaker"), Said("b")]


def test_the_kernel_s_list_of_cards_is_read_by_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "cards")
    assert speaker_card.cards() == {}
    for text, names in ((NO_CARD, {}), (CARD, {"Device": "USB-Audio - USB Audio Device"})):
        (tmp_path / "cards").write_text(text)
        assert speaker_card.cards() == names


# --- being refused -------------------------------------------------------------------------------------------


@pytest.mark.req("R156")
def test_a_card_that_is_not_there_is_a_fault_that_names_those_there_are_and_no_end(
    make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "cards")
    (tmp_path / "cards").write_text(CARD)
    speaker = make(device="Headphones", audio="auto")
    detail = "sound card 'Headphones' is not there; there is Device (USB-Audio - USB Audio Device)"
    assert ear.next() == PartFailed("speaker", "card-missing", detail)
    speaker.say(call("a", "请"))
    assert ear.ends(1) == [NotSaid("a", "card-missing")]
    assert pygame.mixer.get_init() is None


def test_a_machine_without_a_card_is_a_fault_and_speaks_once_it_has_one(
    make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker_sdl, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "cards")
    monkeypatch.setattr(speaker_card, "BY_KERNEL", ("dummy",))
    (tmp_path / "cards").write_text(NO_CARD)
    speaker = make()
    assert ear.next() == PartFailed("speaker", "card-missing", f"no sound card in {tmp_path / 'cards'}; plug one in")
    (tmp_path / "cards").write_text(CARD)
    assert ear.next() == PartMended("speaker")
    speaker.say(call("a", chime=False))
    assert ear.ends(1) == [Said("a")]


@pytest.mark.req("R156")
@pytest.mark.parametrize("name", ["Device", "device", "usb audio"])
def test_a_card_is_opened_by_the_kernel_s_name_for_it_and_by_nothing_that_changes(
    name: str,
    make: Callable[..., SdlSpeaker],
    ear: Ear,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mocker: MockerFixture,
) -> None:
    asked: list[tuple[str | None, str | None, object]] = []

    def init(*_: object, **options: Any) -> None:
        asked.append((os.environ.get("SDL_AUDIODRIVER"), os.environ.get("AUDIODEV"), options["devicename"]))
        raise pygame.error("ALSA: Couldn't open audio device: Device or resource busy")

    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "cards")
    (tmp_path / "cards").write_text(f" 0 [vc4hdmi        ]: vc4-hdmi - vc4-hdmi\n{CARD}")
    mocker.patch.object(pygame.mixer, "init", init)
    make(device=name, audio="auto")
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert failed.code == "card-busy"
    assert "vc4hdmi (vc4-hdmi - vc4-hdmi), Device (USB-Audio - USB Audio Device)" in failed.detail
    assert asked[0] == ("alsa", "plughw:CARD=Device", None)


def test_words_that_fit_several_cards_choose_none(
    make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "cards")
    (tmp_path / "cards").write_text(CARD + CARD.replace("[Device  ", "[Device_1"))
    make(device="usb", audio="alsa")
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert "'usb' could be several" in failed.detail


def test_only_the_chosen_card_is_missed_when_one_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ALSA itself, into its sink for nothing: no name for a card is asked of SDL."""
    (tmp_path / "alsa.conf").write_text("pcm.null { type null }\n")  # the system's own is a package of its own
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "alsa.conf"))
    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "cards")
    (tmp_path / "cards").write_text(f" 0 [vc4hdmi        ]: vc4-hdmi - vc4-hdmi\n{CARD}")
    monkeypatch.setattr(speaker_card, "environment", lambda **_: environment(SDL_AUDIODRIVER="alsa", AUDIODEV="null"))
    card = SoundCard("speaker", "Device", "alsa")
    card.open()
    try:
        assert pygame.mixer.get_driver() == "alsa"
        (tmp_path / "cards").write_text(CARD)
        assert card.lost() == ""
        (tmp_path / "cards").write_text(NO_CARD)
        assert card.lost() == "gone: USB-Audio - USB Audio Device"
    finally:
        card.close()


def test_a_name_that_sdl_does_not_know_is_no_other_card(
    make: Callable[..., SdlSpeaker], ear: Ear, mocker: MockerFixture
) -> None:
    mocker.patch.object(pygame.mixer, "init")
    mocker.patch.object(speaker_card, "_sdl_names", return_value=["Built-in Audio"])
    make(device="Headset", audio="pulseaudio")
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert "not among SDL's: Built-in Audio" in failed.detail


def test_an_exported_dummy_does_not_become_a_loudspeaker(
    make: Callable[..., SdlSpeaker], ear: Ear, monkeypatch: pytest.MonkeyPatch, mocker: MockerFixture, tmp_path: Path
) -> None:
    asked: list[str | None] = []

    def init(*_: object, **__: object) -> None:
        asked.append(os.environ.get("SDL_AUDIODRIVER"))
        raise pygame.error("none of them")

    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "not there")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    mocker.patch.object(pygame.mixer, "init", init)
    make(audio="auto")
    assert asked[0] is None
    assert os.environ["SDL_AUDIODRIVER"] == "dummy"


def test_a_back_end_that_nobody_can_hear_is_a_fault(
    make: Callable[..., SdlSpeaker], ear: Ear, mocker: MockerFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(speaker_card, "CARDS", tmp_path / "not there")
    mocker.patch.object(pygame.mixer, "init")
    mocker.patch.object(pygame.mixer, "get_driver", return_value="dummy")
    make(audio="auto")
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert "'dummy', which nobody can hear" in failed.detail


def test_a_second_speaker_of_the_process_is_refused(make: Callable[..., SdlSpeaker]) -> None:
    make()
    with pytest.raises(PartMissing, match="has a speaker already"):
        make()


def test_an_unreasonable_pace_is_refused_and_lets_go_of_the_card(make: Callable[..., SdlSpeaker]) -> None:
    with pytest.raises(ValueError, match="not 20"):
        make(rate=20)
    assert pygame.mixer.get_init() is None
