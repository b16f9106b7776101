"""What the loudspeaker is really given, and what happens when voice or card are not there."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest
from pytest_mock import MockerFixture

from drivers import speaker_card, speaker_sdl
from drivers.chime import chime, silence
from drivers.events import NotSaid, PartFailed, PartMended, Said
from drivers.protocols import PartMissing, Spoken, Utterance
from drivers.sdl import environment, pygame
from drivers.speaker_card import BUFFER_SECONDS, SoundCard
from drivers.speaker_sdl import PAUSE, SdlSpeaker
from tests.drivers.speaker.speakers import PLACE, SECONDS, Ear, call, fake_espeak, sdl, spoken_by_fake

CARD = " 1 [Device         ]: USB-Audio - USB Audio Device\n                      C-Media USB Audio Device at usb-1.2\n"
NO_CARD = "--- no soundcards ---\n"


@pytest.fixture
def ear() -> Ear:
    return Ear()


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


def recorded(folder: Path) -> bytes:
    return (folder / "sound").read_bytes()


def peak(sound: bytes) -> int:
    return max(map(abs, array("h", sound)))


# --- the sound -----------------------------------------------------------------------------------------------


def test_the_card_is_given_the_chime_and_then_every_phrase_whole_and_in_order(
    ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sdl(ear, tmp_path, monkeypatch, slow=False) as speaker:
        speaker.say(call("a", "请A零一二号", "到三号窗口"))
        assert ear.ends(1) == [Said("a")]
    sound = recorded(tmp_path)
    bell = chime().strip(b"\0")
    words = spoken_by_fake("请A零一二号") + silence(PAUSE) + spoken_by_fake("到三号窗口")
    before, found_bell, rest = sound.partition(bell)
    between, found_words, after = rest.partition(words)
    assert (found_bell, found_words) == (bell, words)
    assert [part.strip(b"\0") for part in (before, between, after)] == [b"", b"", b""]


def test_two_announcements_are_not_mixed(ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sdl(ear, tmp_path, monkeypatch, slow=False) as speaker:
        speaker.say(call("a", "请", chime=False))
        speaker.say(call("b", "到", chime=False))
        assert ear.ends(2) == [Said("a"), Said("b")]
    before, first, rest = recorded(tmp_path).partition(spoken_by_fake("请"))
    between, second, after = rest.partition(spoken_by_fake("到"))
    assert first
    assert second
    assert (before + between + after).strip(b"\0") == b""


def test_half_the_volume_is_half_the_wave(ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sdl(ear, tmp_path, monkeypatch, slow=False) as speaker:
        speaker.say(call("a", volume=50))
        ear.ends(1)
    assert peak(recorded(tmp_path)) == pytest.approx(peak(chime()) / 2, rel=0.02)


@pytest.mark.parametrize(("asked", "heard"), [(0, 0), (-5, 0), (200, 1)])
def test_a_volume_beyond_its_bounds_is_the_bound(
    ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: int, heard: int
) -> None:
    with sdl(ear, tmp_path, monkeypatch, slow=False) as speaker:
        speaker.say(call("a", volume=asked))
        assert ear.ends(1) == [Said("a")]
    assert peak(recorded(tmp_path)) == heard * peak(chime())


def test_the_chime_sounds_while_the_words_are_still_being_made(
    make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path, mocker: MockerFixture
) -> None:
    played: list[bytes] = []
    rang = Event()

    def play(_: SoundCard, sound: bytes, __: int) -> None:
        played.append(sound)
        rang.set()

    mocker.patch.object(SoundCard, "play", play)
    speaker = make()
    os.mkfifo(tmp_path / "gate")
    speaker.say(call("a", "等"))
    assert rang.wait(SECONDS)
    assert played == [chime()]
    (tmp_path / "gate").write_text("\n")  # the voice waits for this
    assert ear.ends(1) == [Said("a")]
    assert played == [chime(), spoken_by_fake("等")]


def test_it_is_said_when_the_card_has_sounded_what_it_was_given(make: Callable[..., SdlSpeaker], ear: Ear) -> None:
    speaker = make()
    began = monotonic()
    speaker.say(call("a", "请", chime=False))
    ear.ends(1)
    assert monotonic() - began >= 0.02 + 2 * BUFFER_SECONDS


def test_closing_ends_a_voice_that_hangs(make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path) -> None:
    speaker = make()
    os.mkfifo(tmp_path / "gate")
    speaker.say(call("a", "等"))
    gate = (tmp_path / "gate").open("w")  # returns when the voice has come so far
    speaker.close()
    gate.close()
    assert ear.ends(1) == [NotSaid("a", "closed")]
    assert ear.rest() == []


# --- the voice -----------------------------------------------------------------------------------------------


def test_without_a_voice_the_chime_is_heard_and_the_technician_told_once(
    ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sdl(ear, tmp_path, monkeypatch, slow=False, command=str(tmp_path / "nowhere")) as speaker:
        speaker.say(call("a", "请"))
        speaker.say(call("b", "到"))
        heard = [ear.next() for _ in range(3)]
    detail = f"{tmp_path / 'nowhere'}: No such file or directory. sudo apt install espeak-ng"
    assert heard == [
        PartFailed("speaker", "voice-missing", detail),
        NotSaid("a", "voice-missing"),
        NotSaid("b", "voice-missing"),
    ]
    assert recorded(tmp_path).count(chime().strip(b"\0")) == 2


def test_a_missing_voice_is_told_at_the_start_and_mends_itself_when_installed(
    make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker_sdl, "LOOK_SECONDS", 0.01)
    make(voice=str(tmp_path / "later"))
    missing = ear.next()
    assert isinstance(missing, PartFailed)
    assert missing.code == "voice-missing"
    (tmp_path / "espeak-ng").rename(tmp_path / "later")
    assert ear.next() == PartMended("speaker")


def test_a_language_without_a_voice_is_left_out_and_the_others_are_said(
    ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sdl(ear, tmp_path, monkeypatch, slow=False) as speaker:
        phrases = (Spoken("zh", "请"), Spoken("bo", "x"), Spoken("en", "go"))
        speaker.say(replace(call("a", chime=False), phrases=phrases))
        speaker.say(call("b", "请", chime=False))
        failed, left_out, mended, said = (ear.next() for _ in range(4))
    assert isinstance(failed, PartFailed)
    assert failed.code == "no-voice"
    assert (left_out, mended, said) == (NotSaid("a", "no-voice"), PartMended("speaker"), Said("b"))
    assert spoken_by_fake("请") + silence(PAUSE) + spoken_by_fake("go") in recorded(tmp_path)


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


def test_an_utterance_without_an_end_is_never_stale() -> None:
    assert Utterance("a", ()).until is None
