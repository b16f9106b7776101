"""Recordings as they come from a studio become what the card is given."""

from __future__ import annotations

import os
import struct
import wave
from array import array
from io import BytesIO
from itertools import pairwise
from math import pi, sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.chime import RATE, silence
from drivers.voice_wav import EDGE, LARGEST, NoWave, read_recording, read_wav, trimmed, write_wav


def tone(rate: int, channels: int = 1, seconds: float = 0.1) -> bytes:
    """A recording of 440 Hz, half as loud in the second channel."""
    file = BytesIO()
    with wave.open(file, "wb") as clip:
        clip.setnchannels(channels)
        clip.setsampwidth(2)
        clip.setframerate(rate)
        for k in range(int(rate * seconds)):
            level = round(10_000 * sin(2 * pi * 440 * k / rate))
            clip.writeframesraw(struct.pack("<h", level) + (struct.pack("<h", level // 2) if channels == 2 else b""))
    return file.getvalue()


def crossings(sound: bytes) -> int:
    samples = array("h", sound)
    return sum(a < 0 <= b for a, b in pairwise(samples))


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_recording_keeps_its_length_pitch_and_loudness(rate: int, channels: int) -> None:
    sound = read_wav(tone(rate, channels))
    assert len(sound) / 2 / RATE == pytest.approx(0.1, abs=0.001)
    assert crossings(sound) == pytest.approx(44, abs=1)
    assert max(array("h", sound)) == pytest.approx(10_000 if channels == 1 else 7_500, rel=0.03)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    sound = read_wav(tone(RATE))
    write_wav(tmp_path / "a.wav", sound)
    assert read_wav((tmp_path / "a.wav").read_bytes()) == sound


def test_silence_at_the_ends_is_left_out_but_none_within() -> None:
    word = read_wav(tone(RATE))
    spoken = trimmed(silence(0.3) + word + silence(0.2) + word + silence(0.5))
    assert len(spoken) / 2 == pytest.approx(RATE * 0.4 + 2 * EDGE, abs=10)
    assert trimmed(silence(1.0)) == trimmed(b"") == b""


@pytest.mark.parametrize("cut", [10, 43, 60, 200])
def test_a_recording_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(NoWave):
        read_wav(tone(RATE)[:cut])


@given(st.binary(max_size=200), st.integers(0, 60))
def test_whatever_lies_in_the_file_it_is_sound_or_refused(data: bytes, keep: int) -> None:
    for spoilt in (data, tone(RATE, seconds=0.001)[:keep] + data):
        try:
            assert len(read_wav(spoilt)) % 2 == 0
        except NoWave:
            continue


def test_a_recording_in_which_nothing_is_heard_is_none_so_that_no_call_has_a_hole(tmp_path: Path) -> None:
    write_wav(tmp_path / "quiet.wav", silence(0.5))
    write_wav(tmp_path / "empty.wav", b"")
    for name in ("quiet.wav", "empty.wav"):
        with pytest.raises(NoWave, match="nothing is to be heard"):
            read_recording(tmp_path / name)


def test_an_hour_left_running_is_refused_before_it_holds_up_a_call(tmp_path: Path) -> None:
    (tmp_path / "long.wav").write_bytes(tone(8_000, seconds=61))
    with pytest.raises(NoWave, match="61 s long, and no phrase is longer than 60 s"):
        read_recording(tmp_path / "long.wav")
    with (tmp_path / "hour.wav").open("wb") as hour:
        hour.truncate(LARGEST + 1)  # sparse: takes no room, and would take a minute to read
    with pytest.raises(NoWave, match="22 MB"):
        read_recording(tmp_path / "hour.wav")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "folder.wav").mkdir()
    for name in ("pipe.wav", "folder.wav"):
        with pytest.raises(NoWave, match="is no file"):
            read_recording(tmp_path / name)
