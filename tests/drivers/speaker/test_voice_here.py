"""This machine's own synthesizer: its pace, and the languages it has, or how to get it."""

from __future__ import annotations

import shutil
from array import array
from pathlib import Path

import pytest

from drivers.chime import RATE
from drivers.protocols import Spoken
from drivers.voice_clips import ClipVoice
from drivers.voice_command import NoVoice
from screens.announce import call_phrases
from screens.phrases import languages, speaks
from tests.drivers.speaker.speakers import CALL


@pytest.mark.req("R143")
def test_this_machine_s_voice_says_about_120_characters_a_minute_or_how_to_get_it(tmp_path: Path) -> None:
    """Both are answers: a machine without espeak-ng must say so, one with it must be calm and understandable."""
    voice = ClipVoice(tmp_path, "espeak-ng", 120)
    if shutil.which("espeak-ng") is None:
        with pytest.raises(NoVoice, match="apt install espeak-ng"):
            voice.clip(CALL)
        return
    samples = array("h", voice.clip(CALL))
    loud = [index for index, sample in enumerate(samples) if abs(sample) > 300]
    minutes = (loud[-1] - loud[0]) / RATE / 60
    assert len(CALL.text) / minutes == pytest.approx(120, rel=0.1)


@pytest.mark.req("R143")
def test_a_call_from_the_bank_keeps_that_pace_too(tmp_path: Path) -> None:
    voice = ClipVoice(tmp_path, "espeak-ng", 120)
    if shutil.which("espeak-ng") is None:
        with pytest.raises(NoVoice, match="apt install espeak-ng"):
            voice.clip(CALL)
        return
    for number, window in (("A012", 3), ("B107", 12)):
        [call] = call_phrases(number, window, ("zh",))
        seconds = len(voice.clip(Spoken(call.lang, call.text, call.parts))) / 2 / RATE
        characters = sum(sign.isalnum() for sign in call.text)
        assert characters / seconds * 60 == pytest.approx(120, rel=0.1)


RECORDED_ALONE = ("bo", "mn")  # espeak-ng has no voice for them


@pytest.mark.parametrize("lang", RECORDED_ALONE)
def test_this_machine_s_voice_says_that_it_lacks_a_language_and_has_chinese(lang: str, tmp_path: Path) -> None:
    voice = ClipVoice(tmp_path, "espeak-ng", 120)
    if shutil.which("espeak-ng") is None:
        with pytest.raises(NoVoice, match="apt install espeak-ng"):
            voice.lacks(lang)
        return
    assert "does not exist" in voice.lacks(lang)
    assert voice.lacks("zh") == ""
    with pytest.raises(NoVoice) as fault:
        voice.piece(lang, call_phrases("A017", 12, (lang,))[0].parts[0])
    assert fault.value.code == "no-voice"


@pytest.mark.parametrize("lang", [lang for lang in languages() if speaks(lang) and lang not in RECORDED_ALONE])
def test_this_machine_s_voice_says_every_piece_of_a_call_in_each_language_we_have_words_for(
    lang: str, tmp_path: Path
) -> None:
    voice = ClipVoice(tmp_path, "espeak-ng", 120)
    call = call_phrases("A017", 12, (lang,), again=True)[0]
    if shutil.which("espeak-ng") is None:
        with pytest.raises(NoVoice, match="apt install espeak-ng"):
            voice.piece(lang, call.parts[0])
        return
    assert call.lang == lang
    assert all(len(voice.piece(lang, part)) / 2 / RATE > 0.1 for part in call.parts)
