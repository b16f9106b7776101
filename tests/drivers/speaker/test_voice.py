"""Phrases become sound through the espeak-ng command, once each."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers import voice_clips, voice_command
from drivers.chime import RATE, silence
from drivers.protocols import Spoken
from drivers.voice_clips import BETWEEN, ClipVoice, usual_clips
from drivers.voice_command import NoVoice
from tests.drivers.speaker.speakers import CALL, piped_wav, spoken_by_fake


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
