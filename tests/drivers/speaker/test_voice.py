"""Phrases become sound through the espeak-ng command, once each."""

from __future__ import annotations

import shutil
import wave
from array import array
from collections.abc import Callable
from itertools import pairwise
from math import cos, pi, sin
from pathlib import Path

import pytest

from drivers import voice_clips, voice_command
from drivers.chime import RATE, chime, silence
from drivers.protocols import Spoken
from drivers.voice_clips import BETWEEN, ClipVoice, file_name, usual_clips
from drivers.voice_command import NoVoice
from screens.announce import call_phrases
from screens.phrases import languages, speaks
from tests.drivers.speaker.speakers import fake_espeak, piped_wav, spoken_by_fake

CALL = Spoken("zh", "请A零一二号到三号窗口")


@pytest.fixture
def command(tmp_path: Path) -> Path:
    return fake_espeak(tmp_path)


@pytest.fixture
def make(command: Path, tmp_path: Path) -> Callable[..., ClipVoice]:
    return lambda clips=tmp_path / "clips", rate=120: ClipVoice(clips, str(command), rate)


def calls(command: Path) -> list[str]:
    return (command.parent / "calls").read_text().splitlines()


def test_a_phrase_is_made_once_and_kept(make: Callable[..., ClipVoice], command: Path) -> None:
    voice = make()
    assert voice.clip(CALL) == voice.clip(CALL) == make().clip(CALL) == spoken_by_fake(CALL.text)
    assert calls(command) == ["cmn-latn-pinyin 100 请A零一二号到三号窗口"]


def test_a_kept_clip_is_a_wav_file_that_any_program_plays(make: Callable[..., ClipVoice], tmp_path: Path) -> None:
    make().clip(CALL)
    (path,) = (tmp_path / "clips").iterdir()
    with wave.open(str(path)) as clip:
        assert (clip.getnchannels(), clip.getsampwidth(), clip.getframerate()) == (1, 2, RATE)
        assert clip.readframes(clip.getnframes()) == spoken_by_fake(CALL.text)


@pytest.mark.req("R143")
@pytest.mark.parametrize(("lang", "rate", "asked"), [("zh", 120, 100), ("zh", 180, 149), ("en", 120, 120)])
def test_the_pace_is_asked_for_in_the_engine_s_own_measure(
    make: Callable[..., ClipVoice], command: Path, lang: str, rate: int, asked: int
) -> None:
    make(rate=rate).clip(Spoken(lang, "x"))
    assert calls(command) == [f"{voice_command.VOICES[lang]} {asked} x"]


@pytest.mark.parametrize("other", [Spoken("en", "请"), Spoken("zh", "到")])
def test_another_language_or_text_is_another_clip(make: Callable[..., ClipVoice], command: Path, other: Spoken) -> None:
    voice = make()
    voice.clip(Spoken("zh", "请"))
    voice.clip(other)
    assert len(calls(command)) == 2


def test_another_pace_or_engine_is_another_clip(make: Callable[..., ClipVoice], command: Path) -> None:
    make().clip(CALL)
    make(rate=150).clip(CALL)
    command.write_text(command.read_text().replace("9.9", "10.0"))
    make().clip(CALL)
    assert len(calls(command)) == 3


def test_a_language_without_a_voice_of_its_own_name_uses_its_code(
    make: Callable[..., ClipVoice], command: Path
) -> None:
    make().clip(Spoken("kk", "x"))
    assert calls(command) == ["kk 120 x"]


@pytest.mark.parametrize("damage", [b"", b"RIFF", None])
def test_a_clip_that_a_power_cut_spoiled_is_made_anew(
    make: Callable[..., ClipVoice], command: Path, tmp_path: Path, damage: bytes | None
) -> None:
    make().clip(CALL)
    (path,) = (tmp_path / "clips").iterdir()
    path.write_bytes(path.read_bytes()[:-1000] if damage is None else damage)
    assert make().clip(CALL) == spoken_by_fake(CALL.text)
    assert len(calls(command)) == 2
    assert make().clip(CALL) == spoken_by_fake(CALL.text)
    assert len(calls(command)) == 2


def test_a_folder_that_cannot_be_written_takes_nothing_from_the_voice(
    make: Callable[..., ClipVoice], command: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    voice = make(clips=tmp_path / "file" / "clips")
    assert voice.clip(CALL) == voice.clip(CALL) == spoken_by_fake(CALL.text)
    assert len(calls(command)) == 2


def test_a_full_disk_leaves_no_half_clip_behind(
    make: Callable[..., ClipVoice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wave.Wave_write, "writeframes", full)
    assert make().clip(CALL) == spoken_by_fake(CALL.text)
    assert list((tmp_path / "clips").iterdir()) == []


def test_the_oldest_clips_go_when_there_are_too_many(
    make: Callable[..., ClipVoice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = make()
    voice.clip(Spoken("zh", "一"))
    (first,) = (tmp_path / "clips").iterdir()
    monkeypatch.setattr(voice_clips, "KEEP_BYTES", 2 * first.stat().st_size)
    for text in "二三四":
        voice.clip(Spoken("zh", text))
    left = list((tmp_path / "clips").iterdir())
    assert len(left) == 2
    assert first not in left


def test_punctuation_alone_is_silence(make: Callable[..., ClipVoice], command: Path) -> None:
    (command.parent / "wav" / "。").touch()  # this is how the real one answers
    assert make().clip(Spoken("zh", "。")) == b""


def test_a_missing_command_is_told_with_how_to_get_it(tmp_path: Path) -> None:
    voice = ClipVoice(tmp_path, str(tmp_path / "nowhere"), 120)
    with pytest.raises(NoVoice, match=r"No such file or directory\. sudo apt install espeak-ng") as fault:
        voice.clip(CALL)
    assert fault.value.code == "voice-missing"


def test_a_command_that_was_removed_is_missing_from_then_on(make: Callable[..., ClipVoice], command: Path) -> None:
    voice = make()
    voice.clip(CALL)
    command.unlink()
    for ask in (lambda: voice.clip(Spoken("zh", "请")), voice.check):
        with pytest.raises(NoVoice) as fault:
            ask()
        assert fault.value.code == "voice-missing"


@pytest.mark.parametrize(("phrase", "code"), [(Spoken("bo", "x"), "no-voice"), (Spoken("zh", "坏"), "voice-failed")])
def test_a_phrase_that_the_engine_refuses_is_told_with_its_own_words(
    make: Callable[..., ClipVoice], phrase: Spoken, code: str
) -> None:
    with pytest.raises(NoVoice, match=r"does not exist|it broke") as fault:
        make().clip(phrase)
    assert fault.value.code == code


def test_what_is_no_sound_is_not_played(make: Callable[..., ClipVoice], command: Path) -> None:
    (command.parent / "wav" / CALL.text).write_bytes(piped_wav(b"", rate=4_000))
    with pytest.raises(NoVoice, match="mono or stereo, 8 to 96 kHz: 16 bit, 1 x 4000 Hz") as fault:
        make().clip(CALL)
    assert fault.value.code == "voice-failed"


def test_a_command_that_hangs_is_ended(
    make: Callable[..., ClipVoice], command: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(voice_command, "COMMAND_SECONDS", 0.05)
    with pytest.raises(NoVoice, match="did not end within"):
        make().clip(CALL)


def test_a_closed_voice_starts_nothing(make: Callable[..., ClipVoice], command: Path) -> None:
    voice = make()
    voice.check()
    voice.close()
    with pytest.raises(NoVoice, match="closed"):
        voice.clip(CALL)
    assert calls(command) == []


# --- pieces, recordings, other synthesizers ------------------------------------------------------------------


def test_a_phrase_in_pieces_is_its_clips_one_after_another(make: Callable[..., ClipVoice], command: Path) -> None:
    voice = make()
    said = voice.clip(Spoken("zh", "请到", ("请", "到")))
    assert said == spoken_by_fake("请") + silence(BETWEEN) + spoken_by_fake("到")
    voice.clip(Spoken("zh", "到请", ("到", "请")))
    assert calls(command) == ["cmn-latn-pinyin 115 请", "cmn-latn-pinyin 115 到"]  # a piece alone is drawn out


def test_a_recording_replaces_the_piece_or_the_phrase_whose_words_are_its_name(tmp_path: Path, command: Path) -> None:
    folder = tmp_path / "recorded" / "zh"
    folder.mkdir(parents=True)
    (folder / "请.wav").write_bytes(piped_wav(spoken_by_fake("三")))
    voice = ClipVoice(tmp_path / "clips", str(command), 120, tmp_path / "recorded")
    asked = Spoken("zh", "请，到", ("请，", "到"))
    assert voice.clip(asked) == spoken_by_fake("三") + silence(BETWEEN) + spoken_by_fake("到")
    assert [voice.state("zh", "请"), voice.state("zh", "到"), voice.state("zh", "一")] == [
        "recorded",
        "kept",
        "missing",
    ]
    (folder / "请到.wav").write_bytes(piped_wav(spoken_by_fake("四")))
    assert voice.clip(asked) != spoken_by_fake("四")  # the mark between the words is a space in the name
    (folder / "请 到.wav").write_bytes(piped_wav(spoken_by_fake("四")))
    assert voice.clip(asked) == spoken_by_fake("四")


def test_a_damaged_recording_is_named_and_the_synthesizer_speaks_instead(tmp_path: Path, command: Path) -> None:
    folder = tmp_path / "recorded" / "zh"
    folder.mkdir(parents=True)
    (folder / "请.wav").write_bytes(b"RIFF, or not")
    voice = ClipVoice(tmp_path / "clips", str(command), 120, tmp_path / "recorded")
    assert voice.clip(Spoken("zh", "请")) == spoken_by_fake("请")
    assert voice.damaged.startswith(str(folder / "请.wav"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("号，到", "号 到"),
        ("请 ", "请"),
        ("Please go to window", "please go to window"),
        ("../../etc", "etc"),
        ("A", "a"),
        ("སྒེའུ་ཁུང་ཨང་", "སྒེའུ་ཁུང་ཨང"),  # vowels and stacked letters stay with theirs
        ("དགོངས་དག ཡུན་རིང་བྱུང་། ", "དགོངས་དག ཡུན་རིང་བྱུང"),
        ("ᠴᠣᠩᠬᠣᠨ\u202fᠤ ᠮᠢᠨᠦ\u180bᠲ᠂", "ᠴᠣᠩᠬᠣᠨ ᠤ ᠮᠢᠨᠦᠲ"),
    ],
)
def test_the_name_of_a_recording_is_its_words_and_never_a_way_out_of_the_folder(text: str, name: str) -> None:
    assert file_name(text) == name


def test_another_synthesizer_is_a_command_with_blanks(tmp_path: Path) -> None:
    other = tmp_path / "other voice"
    other.write_text('#!/bin/sh\ncat >/dev/null\necho "$@" >> "$(dirname "$0")/calls"\ncat "$(dirname "$0")/wav"\n')
    other.chmod(0o755)
    (tmp_path / "wav").write_bytes(piped_wav(spoken_by_fake("请"), rate=22_050))
    voice = ClipVoice(tmp_path / "clips", f"'{other}' --model /opt/{{lang}}.onnx --length {{slow}}", 100)
    voice.check()
    assert voice.clip(Spoken("zh", "请")) == spoken_by_fake("请")
    assert (tmp_path / "calls").read_text() == "--model /opt/zh.onnx --length 1.20\n"


def test_a_blank_that_the_command_may_not_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoVoice, match="a blank it may not have: 'mood'"):
        ClipVoice(tmp_path, "/bin/cat {mood}", 120).clip(CALL)


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"CACHE_DIRECTORY": "/var/cache/hallside", "XDG_CACHE_HOME": "/x"}, "/var/cache/hallside/clips"),
        ({"XDG_CACHE_HOME": "/home/hall/.cache"}, "/home/hall/.cache/hallside/clips"),
        ({"HOME": "/home/hall"}, "/home/hall/.cache/hallside/clips"),
    ],
)
def test_clips_are_kept_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], folder: str
) -> None:
    for name in ("CACHE_DIRECTORY", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert usual_clips() == Path(folder)


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


def test_the_chime_begins_and_ends_in_silence_and_is_as_loud_as_a_voice() -> None:
    samples = array("h", chime())
    assert len(samples) == pytest.approx(1.3 * RATE, abs=1)
    assert (samples[0], samples[-1]) == (0, 0)
    assert max(map(abs, samples)) == pytest.approx(0.5 * 32_767, abs=1)
    steps = [abs(b - a) for a, b in pairwise(samples)]
    assert max(steps) < 0.2 * 32_767  # no click


def test_the_chime_is_two_notes_of_a_third() -> None:
    samples = array("h", chime())

    def strength(pitch: float, first: float, last: float) -> float:
        part = samples[int(first * RATE) : int(last * RATE)]
        turn = 2 * pi * pitch / RATE
        across = sum(sample * cos(turn * index) for index, sample in enumerate(part))
        along = sum(sample * sin(turn * index) for index, sample in enumerate(part))
        return float((across**2 + along**2) ** 0.5 / len(part))

    assert strength(659.26, 0.05, 0.4) > 20 * strength(523.25, 0.05, 0.4)
    assert strength(523.25, 0.6, 1.2) > 2 * strength(659.26, 0.6, 1.2)
    assert strength(600.0, 0.05, 1.2) < 0.1 * strength(523.25, 0.6, 1.2)
