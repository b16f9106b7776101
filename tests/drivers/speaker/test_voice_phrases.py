"""Which phrases of an utterance are heard when the voice has not all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.chime import silence
from drivers.protocols import Spoken
from drivers.voice_clips import BETWEEN, ClipVoice
from drivers.voice_phrases import PAUSE, PhraseVoice
from tests.drivers.speaker.speakers import fake_espeak, piped_wav, spoken_by_fake

CHINESE = Spoken("zh", "请到", ("请", "到"))
HAS = Spoken("bo", "一二", ("一", "二"))
HAS_NOT = Spoken("bo", "一三", ("一", "三"))
HEARD = spoken_by_fake("请") + silence(BETWEEN) + spoken_by_fake("到")
HEARD_TOO = spoken_by_fake("一") + silence(BETWEEN) + spoken_by_fake("二")


@pytest.fixture
def voice(tmp_path: Path) -> PhraseVoice:
    """Half of what Tibetan needs is recorded; the synthesizer has no voice for it."""
    (tmp_path / "bo").mkdir()
    for piece in "一二":
        record(tmp_path, piece)
    return PhraseVoice(ClipVoice(tmp_path / "clips", str(fake_espeak(tmp_path)), 120, tmp_path))


def record(folder: Path, piece: str) -> None:
    (folder / "bo" / f"{piece}.wav").write_bytes(piped_wav(spoken_by_fake(piece)))


def test_a_language_of_which_half_is_recorded_does_not_come_and_go_with_every_call(
    voice: PhraseVoice, tmp_path: Path
) -> None:
    assert voice.sound((CHINESE, HAS)) == (HEARD + silence(PAUSE) + HEARD_TOO, None)
    assert voice.silent == ""
    assert voice.sound((CHINESE, HAS_NOT)) == (HEARD, None)
    told = voice.silent
    assert told.startswith("bo: ")
    for _ in range(3):
        assert voice.sound((CHINESE, HAS))[0].endswith(HEARD_TOO)
        voice.look()
        assert voice.silent == told
    record(tmp_path, "三")
    voice.look()
    assert voice.silent == ""


def test_a_recording_of_the_whole_phrase_is_enough(voice: PhraseVoice, tmp_path: Path) -> None:
    voice.sound((CHINESE, HAS_NOT))
    record(tmp_path, HAS_NOT.text)
    voice.look()
    assert voice.silent == ""
    assert voice.sound((HAS_NOT,)) == (spoken_by_fake(HAS_NOT.text), None)


def test_a_damaged_recording_of_a_language_without_a_voice_is_named_and_leaves_the_phrase_out(
    voice: PhraseVoice, tmp_path: Path
) -> None:
    (tmp_path / "bo" / "三.wav").write_bytes(b"RIFF, or not")
    assert voice.sound((CHINESE, HAS_NOT)) == (HEARD, None)
    assert voice.silent.startswith(f"bo: {tmp_path / 'bo' / '三.wav'}: ")
    voice.look()
    assert voice.silent, "it is there, and cannot be played"


def test_the_recording_that_is_missing_is_named(voice: PhraseVoice, tmp_path: Path) -> None:
    voice.sound((CHINESE, HAS_NOT))
    assert voice.silent.startswith(f"bo: {tmp_path / 'bo' / '三.wav'} is not there (")


def test_what_stands_alone_is_said_in_its_other_language(voice: PhraseVoice) -> None:
    alone = Spoken("bo", "一三", ("一", "三"), CHINESE)
    assert voice.sound((alone, HAS)) == (HEARD + silence(PAUSE) + HEARD_TOO, None)
    assert voice.silent.startswith("bo: ")


def test_where_nothing_at_all_can_be_said_it_is_told_why(voice: PhraseVoice) -> None:
    sound, wrong = voice.sound((HAS_NOT,))
    assert sound == b""
    assert wrong is not None
    assert wrong.code == "no-voice"


def test_a_language_that_the_synthesizer_speaks_and_once_did_not_is_heard_again_at_its_next_phrase(
    voice: PhraseVoice,
) -> None:
    english, broken = Spoken("en", "go"), Spoken("en", "坏")
    voice.sound((CHINESE, english))
    assert voice.sound((CHINESE, broken)) == (HEARD, None)
    assert voice.silent.startswith("en: ")
    voice.sound((CHINESE, english))
    assert voice.silent == ""


def test_a_synthesizer_that_is_gone_is_told_as_that_though_a_language_is_recorded(
    voice: PhraseVoice, tmp_path: Path
) -> None:
    (tmp_path / "espeak-ng").unlink()
    sound, wrong = voice.sound((CHINESE, HAS))
    assert sound == HEARD_TOO
    assert wrong is not None
    assert wrong.code == "voice-missing"
