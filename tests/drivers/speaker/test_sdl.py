"""What the loudspeaker is really given, and what happens when the voice is not there."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from pytest_mock import MockerFixture

from drivers import speaker_sdl
from drivers.chime import chime, silence
from drivers.events import NotSaid, PartFailed, PartMended, Said
from drivers.protocols import Spoken, Utterance
from drivers.speaker_card import BUFFER_SECONDS, SoundCard
from drivers.speaker_sdl import SdlSpeaker
from drivers.voice_phrases import PAUSE
from tests.drivers.speaker.speakers import SECONDS, Ear, call, piped_wav, sdl, spoken_by_fake


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


def test_the_words_are_given_when_the_chime_is_over_so_that_nothing_can_cut_them(
    make: Callable[..., SdlSpeaker], ear: Ear, mocker: MockerFixture
) -> None:
    playing: list[bool] = []
    play = SoundCard.play

    def watched(card: SoundCard, sound: bytes, volume: int) -> None:
        playing.append(card.busy())
        play(card, sound, volume)

    mocker.patch.object(SoundCard, "play", watched)
    make().say(call("a", "请"))
    assert ear.ends(1) == [Said("a")]
    assert playing == [False, False]  # handed over while it ends, the channel seems idle, and they are stopped


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


LEFT_OUT = (Spoken("zh", "请"), Spoken("bo", "x"), Spoken("en", "go"))


def test_a_language_without_a_voice_is_left_out_told_once_and_the_others_are_said(
    ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sdl(ear, tmp_path, monkeypatch, slow=False) as speaker:
        for name, phrases in (("a", LEFT_OUT), ("b", LEFT_OUT[:1]), ("c", LEFT_OUT)):
            speaker.say(replace(call(name, chime=False), phrases=phrases))
        failed, *ends = (ear.next() for _ in range(4))
    assert isinstance(failed, PartFailed)
    assert (failed.code, failed.detail[:4]) == ("language-silent", "bo: ")
    assert "voice does not exist" in failed.detail
    assert ends == [Said("a"), Said("b"), Said("c")]
    assert ear.rest() == []
    assert recorded(tmp_path).count(spoken_by_fake("请") + silence(PAUSE) + spoken_by_fake("go")) == 2


def test_a_silent_language_is_heard_again_once_what_was_left_out_is_recorded(
    make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker_sdl, "LOOK_SECONDS", 0.01)
    speaker = make(recorded=str(tmp_path / "recorded"))
    speaker.say(replace(call("a", chime=False), phrases=LEFT_OUT))
    failed, said = ear.next(), ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.code, said) == ("language-silent", Said("a"))
    (tmp_path / "recorded" / "bo").mkdir(parents=True)
    written = tmp_path / "recorded" / "bo" / "x.new"
    written.write_bytes(piped_wav(spoken_by_fake("x")))
    written.rename(tmp_path / "recorded" / "bo" / "x.wav")
    assert ear.next() == PartMended("speaker")


def test_an_utterance_of_which_nothing_can_be_said_is_not_said(make: Callable[..., SdlSpeaker], ear: Ear) -> None:
    make().say(replace(call("a", chime=False), phrases=LEFT_OUT[1:2]))
    failed, ended = ear.next(), ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.code, ended) == ("no-voice", NotSaid("a", "no-voice"))


def test_an_utterance_without_an_end_is_never_stale() -> None:
    assert Utterance("a", ()).until is None


def test_a_damaged_recording_is_told_once_whoever_is_called_and_mended_once_at_rest(
    make: Callable[..., SdlSpeaker], ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker_sdl, "LOOK_SECONDS", 0.01)
    folder = tmp_path / "recorded" / "zh"
    folder.mkdir(parents=True)
    (folder / "请.wav").write_bytes(b"RIFF, or not")
    speaker = make(recorded=str(tmp_path / "recorded"))
    for name, text in (("a", "请"), ("b", "到"), ("c", "请"), ("d", "到")):
        speaker.say(call(name, text, chime=False))
    failed, *ends = (ear.next() for _ in range(5))
    assert isinstance(failed, PartFailed)
    assert failed.code == "clip-damaged"
    assert ends == [Said("a"), Said("b"), Said("c"), Said("d")]
    (folder / "请.wav").unlink()
    assert ear.next() == PartMended("speaker")
