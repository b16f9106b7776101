"""`hallside voice build`: every clip a hall can need, made once; recordings one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from config.load import load
from device import voice_bank, voice_recordings
from device.cli import main
from device.roles.build import plan_of
from device.voice_bank import build, guidance_of, pieces_of
from drivers.protocols import Spoken
from drivers.voice_clips import NAME_LONGEST, ClipVoice, file_name
from screens.announce import call_phrases
from screens.phrases import word
from tests.config.site import write
from tests.drivers.speaker.speakers import piped_wav, spoken_by_fake
from tests.roles.stage import PLAN

BOARD = """
hall = "hall.toml"
data = "var"
[[device]]
name = "board-1"
role = "board"
[device.screen]
driver = "simulated"
width_mm = 1210
height_mm = 680
[device.speaker]
driver = "sdl"
voice = "{folder}/espeak"
clips = "{folder}/clips"
recorded = "{folder}/recorded"
"""
ANY = """#!/bin/sh
if [ "$1" = --version ]; then echo any 1; exit; fi
text=$(cat)
[ -n "$text" ] && echo "$2" >> "$0.calls"
if [ -e "$0.no-$2" ]; then echo "The specified espeak-ng voice does not exist" >&2; exit 1; fi
cat "$0.wav"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The config of a board whose synthesizer has one word for everything."""
    command = tmp_path / "espeak"
    command.write_text(ANY)
    command.chmod(0o755)
    (tmp_path / "recorded").mkdir()
    (tmp_path / "espeak.wav").write_bytes(piped_wav(spoken_by_fake("请")))
    return write(tmp_path, station=BOARD.format(folder=tmp_path))


def built(path: Path, **options: Any) -> tuple[int, list[str]]:
    out = StringIO()
    status = build(load(path, {}), out, **options)
    return status, out.getvalue().splitlines()


def made(path: Path) -> int:
    """How often the synthesizer spoke."""
    calls = path.parent / "espeak.calls"
    return len(calls.read_text().splitlines()) if calls.exists() else 0


def test_every_piece_is_made_once_and_a_call_then_needs_no_synthesizer(path: Path) -> None:
    wanted = len(pieces_of(plan_of(load(path, {}).hall)))
    status, [line] = built(path)
    assert status == 0
    assert line.startswith(f"{wanted} pieces, ")
    assert f"in {path.parent / 'clips'}: {wanted} made, 0 were there, 0 recorded, 0 cannot be spoken" in line
    assert made(path) == wanted
    status, [line] = built(path)
    assert (status, made(path)) == (0, wanted)
    assert f"0 made, {wanted} were there" in line
    voice = ClipVoice(path.parent / "clips", str(path.parent / "espeak"), 120)
    for phrase in call_phrases("B109", 2, ("zh", "en"), waited=True):
        assert voice.clip(Spoken(phrase.lang, phrase.text, phrase.parts))
    assert made(path) == wanted


def test_the_list_says_what_a_recording_of_each_piece_is_called_and_makes_nothing(path: Path) -> None:
    folder = path.parent / "recorded" / "zh"
    folder.mkdir(parents=True)
    (folder / "零.wav").write_bytes(piped_wav(spoken_by_fake("零")))
    status, lines = built(path, only_list=True)
    assert (status, made(path)) == (1, 0)
    assert "recorded  zh/零.wav" in lines
    assert "missing   zh/号 到.wav" in lines
    assert "missing   en/please go to window.wav" in lines
    assert lines[-1] == f"{len(lines) - 1} pieces: {len(lines) - 2} missing, 1 recorded"
    assert built(path)[0] == 0
    assert built(path, only_list=True)[0] == 0


def test_a_folder_of_recordings_lies_beside_the_file_that_names_it_wherever_the_command_is_given(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(path.read_text("utf-8").replace(f"{path.parent}/recorded", "our recordings"), "utf-8")
    folder = path.parent / "our recordings" / "zh"
    folder.mkdir(parents=True)
    (folder / "零.wav").write_bytes(piped_wav(spoken_by_fake("零")))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "recorded  zh/零.wav" in built(path, only_list=True)[1]


def in_languages(path: Path, *, hall: str = '["zh"]', calls: str = '["zh"]') -> None:
    """languages of the hall's kiosks, and of every call."""
    file = path.parent / "hall.toml"
    text = file.read_text("utf-8").replace('languages = ["zh", "en"]', f"languages = {hall}")
    file.write_text(f"{text}\n[voice]\nlanguages = {calls}\n", "utf-8")


def record(path: Path, pieces: Iterable[tuple[str, str]]) -> None:
    for lang, words in pieces:
        folder = path.parent / "recorded" / lang
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{file_name(words)}.wav").write_bytes(piped_wav(spoken_by_fake("请")))


def test_a_language_of_every_call_without_a_voice_is_told_piece_by_piece_with_what_to_do(path: Path) -> None:
    in_languages(path, calls='["zh", "en"]')
    (path.parent / "espeak.no-en-us").touch()
    status, [line, *lacking, needs] = built(path)
    assert status == 1
    assert f"{len(lacking)} cannot be spoken" in line
    assert all(line.startswith("en/") and ".wav: not recorded. Record it" in line for line in lacking)
    assert needs.startswith("en: needs recordings, the synthesizer has no voice for it")


@pytest.mark.parametrize("lang", ["bo", "mn"])
def test_a_language_only_of_kiosks_that_nobody_recorded_is_no_failure_and_what_it_needs_is_said(
    path: Path, lang: str
) -> None:
    in_languages(path, hall=f'["zh", "{lang}"]')
    (path.parent / f"espeak.no-{lang}").touch()
    pieces = [piece for piece in pieces_of(plan_of(load(path, {}).hall)) if piece[0] == lang]
    record(path, pieces[:3])
    status, [line, needs] = built(path)
    assert status == 0
    assert f"3 recorded, {len(pieces) - 3} cannot be spoken" in line
    assert needs.startswith(f"{lang}: needs recordings, the synthesizer has no voice for it (")
    assert f"3 of {len(pieces)} pieces are recorded" in needs
    status, [*told, _, needs_too] = built(path, only_list=True)
    assert (status, needs_too) == (0, needs)
    lines = [line.partition("  say: ")[0] for line in told]
    said = [line.partition("  say: ")[2] for line in told if "  say: " in line]
    assert said == [words for _, words in pieces if len(words) > NAME_LONGEST], "a name cut short is no text to read"
    assert said
    assert [f"recorded  {lang}/{file_name(words)}.wav" in lines for _, words in pieces[:3]] == [True] * 3
    assert {f"missing   {lang}/{file_name(words)}.wav" for _, words in pieces[3:]} <= set(lines)
    record(path, pieces)
    status, [line] = built(path)
    assert (status, f"{len(pieces)} recorded, 0 cannot be spoken" in line) == (0, True)


@pytest.mark.parametrize("lang", ["bo", "mn"])
def test_a_language_ordered_for_every_call_is_lacking_until_its_last_piece_is_recorded(path: Path, lang: str) -> None:
    in_languages(path, calls=f'["zh", "{lang}"]')
    (path.parent / f"espeak.no-{lang}").touch()
    pieces = [piece for piece in pieces_of(plan_of(load(path, {}).hall)) if piece[0] == lang]
    record(path, pieces[1:])
    assert built(path, only_list=True)[0] == 1
    status, [_, lacking, needs] = built(path)
    assert status == 1
    assert f"{lang}/{file_name(pieces[0][1])}.wav" in lacking
    assert f"{len(pieces) - 1} of {len(pieces)} pieces are recorded" in needs
    record(path, pieces)
    assert built(path)[0] == built(path, only_list=True)[0] == 0


def test_a_recording_that_cannot_be_played_is_named(path: Path) -> None:
    folder = path.parent / "recorded" / "en"
    folder.mkdir(parents=True)
    (folder / "zero.wav").write_bytes(b"RIFF")
    (folder / "one.wav").write_text("no sound")
    status, [_, *lines] = built(path)
    assert status == 1
    mend = "Record it again, or save it, as WAV, 16 bit PCM."
    assert lines == [
        f"{folder / 'zero.wav'}: cannot be played: cut off. {mend}",
        f"{folder / 'one.wav'}: cannot be played: file does not start with RIFF id. {mend}",
    ]
    status, lines = built(path, only_list=True)
    assert status == 1
    assert "damaged   en/zero.wav  cut off" in lines
    assert lines[-1].endswith(": 2 damaged, 45 kept")


def test_a_recording_that_is_not_called_as_a_piece_is_named_with_what_it_should_be_called(path: Path) -> None:
    recorded, other = path.parent / "recorded", "A, zero one two.wav"
    for name in ("en/ZERO.wav", "en/one.WAV", "en/two.mp3", f"en/{other}", "en/.hidden", "english/x.wav"):
        file = recorded / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(piped_wav(spoken_by_fake("请")))
    status, [_, *lines] = built(path)
    assert status == 0
    assert lines == [
        f"{recorded}/en/ZERO.wav: nobody hears it. Call it zero.wav.",
        f"{recorded}/en/one.WAV: nobody hears it. Call it one.wav.",
        f"{recorded}/en/two.mp3: nobody hears it. Save it as two.wav, WAV, 16 bit.",
        f"{recorded}/en: no piece is called {other}. Heard only where the whole of what is said is the name.",
        f"{recorded}/english: nobody hears it. Recordings lie in folders named after languages: zh, en.",
    ]


def test_recordings_where_the_station_s_service_cannot_look_are_told(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_recordings, "HOMES", (tmp_path / "home", tmp_path / "recorded"))
    monkeypatch.setattr(voice_bank, "CACHE", tmp_path / "cache")
    assert len(built(path)[1]) == 1
    (tmp_path / "cache" / path.stem).mkdir(parents=True)
    assert built(path)[1][1].startswith(f"{path.parent}/recorded: the service sees nobody's home.")


def test_a_folder_of_recordings_that_is_not_there_is_told(path: Path) -> None:
    (path.parent / "recorded").rmdir()
    status, [_, line] = built(path)
    assert (status, line.startswith(f"{path.parent}/recorded: No such file or directory.")) == (0, True)


def test_without_a_synthesizer_it_says_how_to_get_one(path: Path) -> None:
    (path.parent / "espeak").unlink()
    status, lines = built(path)
    assert status == 69
    assert "sudo apt install espeak-ng" in lines[-1]


def test_a_station_without_a_loudspeaker_has_nothing_to_make(tmp_path: Path) -> None:
    assert built(write(tmp_path)) == (
        0,
        ["No device of this station has a loudspeaker of its own; there is nothing to make."],
    )


def test_where_the_station_s_service_is_installed_its_own_cache_is_filled(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(path.read_text().replace(f'clips = "{tmp_path}/clips"\n', ""))
    monkeypatch.setattr(voice_bank, "CACHE", tmp_path / "cache")
    monkeypatch.setenv("CACHE_DIRECTORY", str(tmp_path / "mine"))
    assert f"in {tmp_path / 'mine' / 'clips'}:" in built(path)[1][0]
    (tmp_path / "cache" / path.stem).mkdir(parents=True)
    assert f"in {tmp_path / 'cache' / path.stem / 'clips'}:" in built(path)[1][0]


def test_it_is_a_command_and_a_spoilt_config_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clips = path.parent / "elsewhere"
    assert main(["voice", "build", "--config", str(path), "--clips", str(clips)]) == 0
    assert f"in {clips}" in capsys.readouterr().out
    path.write_text("hall = 7")
    assert main(["voice", "build", "--config", str(path)]) == 78


def test_a_kiosk_with_a_loudspeaker_has_its_guidance_beforehand() -> None:
    pieces = guidance_of(replace(PLAN, languages=("zh", "en", "bo")))
    assert {("bo", word("bo", "kiosk.help")), ("bo", word("bo", "guide.how")), ("bo", "བོད་ཡིག")} <= set(pieces)
    assert {("zh", "请人帮忙"), ("en", "Call for help"), ("zh", "社会保险"), ("en", "Social insurance")} <= set(pieces)
    assert len(pieces) == len(set(pieces))
