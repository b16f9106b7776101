"""A recording stands for the words that are its name; without one, or a whole one, the synthesizer speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.chime import silence
from drivers.protocols import Spoken
from drivers.voice_clips import BETWEEN, ClipVoice, file_name
from tests.drivers.speaker.speakers import piped_wav, spoken_by_fake


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
    assert voice.damaged.keys() == {folder / "请.wav"}


def test_every_damaged_recording_is_named_until_it_can_be_played_or_is_taken_away(
    tmp_path: Path, command: Path
) -> None:
    folder = tmp_path / "recorded" / "zh"
    folder.mkdir(parents=True)
    for name in "请到":
        (folder / f"{name}.wav").write_bytes(b"")
    voice = ClipVoice(tmp_path / "clips", str(command), 120, tmp_path / "recorded")
    voice.clip(Spoken("zh", "请到", ("请", "到")))
    voice.clip(Spoken("zh", "一"))
    assert voice.damaged == {folder / "请.wav": "cut off", folder / "到.wav": "cut off"}
    (folder / "请.wav").write_bytes(piped_wav(spoken_by_fake("三")))
    (folder / "到.wav").unlink()
    voice.look()
    assert voice.damaged == {}


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
