"""A citizen who chose Tibetan or Mongolian: from the key at the kiosk to the sound before the windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from config.schema import Station
from device.table import Table
from drivers.chime import silence
from drivers.protocols import Utterance
from drivers.voice_clips import BETWEEN, ClipVoice, file_name
from drivers.voice_phrases import PAUSE, PhraseVoice
from tests.drivers.speaker.speakers import fake_espeak, piped_wav, spoken_by_fake
from tests.helpers.table import laid
from tests.scenarios.conftest import MONDAY
from tests.scenarios.people import take

CHINESE = ("请", "A", "零", "零", "一", "号，到", "三", "号窗口办理")
CALLS = {
    "bo": ("ཨང་རྟགས", "A", "ཀླད་ཀོར", "ཀླད་ཀོར", "གཅིག", "སྒེའུ་ཁུང་ཨང", "གསུམ", "ལ་ཕེབས་རོགས"),
    "mn": ("ᠳᠤᠭᠠᠷ", "A", "ᠲᠡᠭ", "ᠲᠡᠭ", "ᠨᠢᠭᠡ", "ᠴᠣᠩᠬᠣᠨ\u202fᠤ ᠳᠤᠭᠠᠷ", "ᠭᠤᠷᠪᠠ", "ᠲᠡᠷᠡ ᠴᠣᠩᠬᠣᠨ\u202fᠳᠤ ᠣᠴᠢᠭᠠᠷᠠᠢ"),
}


def in_languages(langs: tuple[str, ...]) -> Mapping[str, Station]:
    """The hall's configs, with these languages at its kiosks."""
    hall = next(iter(laid().configs.values())).hall
    other = hall.model_copy(update={"hall": hall.hall.model_copy(update={"languages": langs})})
    return {name: replace(station, hall=other) for name, station in laid().configs.items()}


@cache
def call_of(lang: str) -> Utterance:
    """What the board says when whoever took the first ticket in this language is called to window 3."""
    hall = Table(in_languages(("zh", "en", lang)), MONDAY, pins=laid().pins)
    hall.pass_time(2)
    hall.tap("kiosk-1", f"lang:{lang}")
    assert take(hall) == "A001"
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next")
    speaker = hall.parts("board-1").speaker
    assert speaker is not None
    (said,) = speaker.said
    return said


def recorded(folder: Path, lang: str, pieces: tuple[str, ...]) -> None:
    (folder / lang).mkdir(parents=True, exist_ok=True)
    for piece in pieces:
        (folder / lang / f"{file_name(piece)}.wav").write_bytes(piped_wav(spoken_by_fake(piece)))


@pytest.fixture
def clips(tmp_path: Path) -> ClipVoice:
    """Chinese is recorded whole; the synthesizer has neither Tibetan nor Mongolian."""
    recorded(tmp_path, "zh", CHINESE)
    return ClipVoice(tmp_path / "clips", str(fake_espeak(tmp_path)), 120, tmp_path)


def sound_of(pieces: tuple[str, ...]) -> bytes:
    return silence(BETWEEN).join(map(spoken_by_fake, pieces))


@pytest.mark.req("R026")
@pytest.mark.parametrize("lang", CALLS)
def test_who_chose_a_recorded_language_hears_the_whole_call_in_it_after_the_chinese(
    lang: str, clips: ClipVoice, tmp_path: Path
) -> None:
    call = call_of(lang)
    assert [(phrase.lang, phrase.parts) for phrase in call.phrases] == [("zh", CHINESE), (lang, CALLS[lang])]
    recorded(tmp_path, lang, CALLS[lang])
    voice = PhraseVoice(clips)
    assert voice.sound(call.phrases) == (sound_of(CHINESE) + silence(PAUSE) + sound_of(CALLS[lang]), None)
    assert voice.silent == ""


@pytest.mark.req("R026")
@pytest.mark.parametrize("lang", CALLS)
@pytest.mark.parametrize("there", [0, 4, 7])
def test_with_one_piece_missing_chinese_alone_is_heard_and_never_a_call_with_a_hole(
    lang: str, there: int, clips: ClipVoice, tmp_path: Path
) -> None:
    recorded(tmp_path, lang, CALLS[lang][:there])
    voice = PhraseVoice(clips)
    assert voice.sound(call_of(lang).phrases) == (sound_of(CHINESE), None)
    assert voice.silent.startswith(f"{lang}: ")
