"""Every speaker driver there is, and an espeak-ng that says what a test can check."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from drivers import speaker_card
from drivers.events import NotSaid, Said
from drivers.protocols import Place, Speaker, Spoken, Utterance
from drivers.speaker_sdl import SdlSpeaker
from drivers.speaker_simulated import SimulatedSpeaker
from tests.drivers import ear as ears

PLACE = Place("board-1", "speaker")
CALL = Spoken("zh", "请A零一二号到三号窗口")
SECONDS = 5.0  # a deadline, never a wait

TEXTS = ("请", "到", "等", "一", "二", "三", "四", "x", "go", "请A零一二号", "到三号窗口", "请A零一二号到三号窗口")

# Writes down how it was called, and answers with a WAV through a pipe as the real one does. 等 waits until the pipe
# `gate` is opened, 坏 fails, the voices `bo` and `mn` do not exist. In sh, which starts fifty times as fast as Python.
FAKE = """#!/bin/sh
here=$(dirname "$0")
if [ "$1" = --version ]; then
    echo "eSpeak NG text-to-speech: 9.9  Data at: /nowhere"
    exit
fi
text=$(cat)
echo "$2 $4 $text" >> "$here/calls"
case "$1 $3 $2" in
    "-v -s bo" | "-v -s mn") echo "Error: The specified espeak-ng voice does not exist." >&2; exit 1 ;;
esac
case $text in
    *坏*) echo "it broke" >&2; exit 1 ;;
    *等*) read -r _ < "$here/gate" ;;
esac
cat "$here/wav/$text"
"""


def fake_espeak(folder: Path) -> Path:
    """The command; `calls` beside it lists what it was asked, `wav` has what it answers."""
    command, written = folder / "espeak-ng", folder / "espeak-ng.new"
    written.write_text(FAKE)
    written.chmod(0o755)
    written.replace(command)  # one of an earlier speaker may just be running, and cannot be written over
    (folder / "calls").touch()
    (folder / "wav").mkdir(exist_ok=True)
    for text in TEXTS:
        (folder / "wav" / text).write_bytes(piped_wav(spoken_by_fake(text)))
    return command


def piped_wav(sound: bytes, rate: int = 22_050) -> bytes:
    """WAV as espeak-ng writes it to a pipe: with a length that is too long."""
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", 0x7FFFF024, b"WAVE") + head + struct.pack("<4sI", b"data", 0x7FFFF000) + sound


def spoken_by_fake(text: str) -> bytes:
    """20 ms of one value for each character."""
    return b"".join((1000 + ord(letter) % 20_000).to_bytes(2, "little") * 441 for letter in text)


class Ear(ears.Ear):
    """Hears what a speaker says of itself, in order."""

    def ends(self, count: int) -> list[Said | NotSaid]:
        """The next so many endings of utterances."""
        ends: list[Said | NotSaid] = []
        while len(ends) < count:
            event = self.next()
            if isinstance(event, Said | NotSaid):
                ends.append(event)
        return ends


def call(id_: str, *phrases: str, chime: bool = True, volume: int = 100) -> Utterance:
    return Utterance(id_, tuple(Spoken("zh", text) for text in phrases), chime=chime, volume=volume)


@contextmanager
def sdl(ear: Ear, folder: Path, patch: pytest.MonkeyPatch, slow: bool, command: str = "") -> Iterator[Speaker]:
    """slow: in real time, into nothing; else forty times as fast, into `folder/sound`. command: another voice."""
    patch.setenv("SDL_DISKAUDIOFILE", str(folder / "sound"))
    patch.setenv("SDL_DISKAUDIODELAY", "1")
    if slow:
        patch.setattr(speaker_card, "BUFFER", 256)  # SDL plays two buffers out when it closes
    command = command or str(fake_espeak(folder))
    speaker = SdlSpeaker(
        ear.post,
        PLACE,
        clips=str(folder / "clips"),
        voice=command,
        volume=100,
        audio="dummy" if slow else "disk",
    )
    try:
        yield speaker
    finally:
        speaker.close()


@contextmanager
def simulated(ear: Ear, folder: Path, _: pytest.MonkeyPatch, slow: bool) -> Iterator[Speaker]:
    place = Place(PLACE.device, PLACE.part, None, folder)
    speaker = SimulatedSpeaker(ear.post, place, pace=120 if slow else 0, volume=100)
    try:
        yield speaker
    finally:
        speaker.close()


Rig = Callable[[Ear, Path, pytest.MonkeyPatch, bool], AbstractContextManager[Speaker]]
RIGS: dict[str, Rig] = {"sdl": sdl, "simulated": simulated}
