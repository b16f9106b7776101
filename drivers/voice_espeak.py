"""Phrases as sound, through the `espeak-ng` command; each is made once and kept as a WAV file.

The command is called, never linked (GPL-3.0). Measured with 1.51 and 1.52: `cmn-latn-pinyin` reads Chinese characters
as Mandarin and a series letter by its name as it is said in China (A: ei); 1.51's `cmn` reads them as spelled-out
English, so it is not used.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import wave
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

from drivers.chime import RATE
from drivers.protocols import Spoken

VOICES: Final = {"zh": "cmn-latn-pinyin", "en": "en-us"}  # another language's voice has the language's code
# espeak-ng counts words a minute; of Chinese it says 1.2 characters for each of them (measured, 80 to 160).
WORDS_A_CHARACTER: Final = {"zh": 0.83, "yue": 0.83}
COMMAND_SECONDS: Final = 5.0  # a phrase takes 15 ms, on a Pi 100
KEEP_BYTES: Final = 64 * 2**20  # about 350 phrases; the oldest go first
MEND: Final = "sudo apt install espeak-ng"


class NoVoice(Exception):  # noqa: N818  it is the fact that is named
    """This phrase cannot be spoken. code: voice-missing (no command), no-voice (no such language), voice-failed."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class EspeakVoice:
    """Makes and keeps clips. One thread calls `clip` and `check`; `close` may come from another.

    clips: the folder; it is made if need be, and a folder that cannot be written costs 15 ms a phrase, nothing else.
    rate: characters a minute, 100 to 300 (R143).
    """

    def __init__(self, clips: Path, command: str, rate: int) -> None:
        if not 100 <= rate <= 300:
            raise ValueError(f"people follow 100 to 300 characters a minute, not {rate}")
        self._clips, self._command, self._rate = clips, command, rate
        self._version = ""
        self._lock = threading.Lock()  # between a command's start and `close`
        self._running: subprocess.Popen[bytes] | None = None
        self._closed = False

    def check(self) -> None:
        """NoVoice if the command is not there or does not run."""
        if not self._version:
            self._version = self._run("--version").decode(errors="replace").partition(" Data at")[0].strip()

    def clip(self, phrase: Spoken) -> bytes:
        """The phrase as PCM: 16 bit, mono, little-endian, RATE. NoVoice if it cannot be spoken."""
        self.check()
        voice = VOICES.get(phrase.lang, phrase.lang)
        speed = str(round(self._rate * WORDS_A_CHARACTER.get(phrase.lang, 1.0)))
        key = sha256("\n".join((self._version, voice, speed, phrase.text)).encode()).hexdigest()[:32]
        path = self._clips / f"{key}.wav"
        with contextlib.suppress(OSError, wave.Error, EOFError):  # not there, or cut off by a power cut: made anew
            return _pcm(path.read_bytes())
        made = self._run("-v", voice, "-s", speed, "-z", "-b", "1", "--stdin", "--stdout", text=phrase.text)
        try:
            sound = _pcm(made) if made else b""  # nothing to say: punctuation alone
        except (wave.Error, EOFError) as fault:
            raise NoVoice("voice-failed", f"{self._command}: {fault}") from fault
        self._keep(path, sound)
        return sound

    def close(self) -> None:
        """End a command that is running; from now on nothing is spoken."""
        with self._lock:
            self._closed = True
            if self._running is not None:
                self._running.kill()

    def _run(self, *arguments: str, text: str = "") -> bytes:
        with self._lock:
            if self._closed:
                raise NoVoice("closed", "the speaker is closed")
            try:
                command = [self._command, *arguments]
                pipe = subprocess.PIPE
                process = self._running = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
            except OSError as fault:
                self._version = ""  # it may come back as another one
                raise NoVoice("voice-missing", f"{self._command}: {fault.strerror}. {MEND}") from fault
        try:
            out, told = process.communicate(text.encode(), COMMAND_SECONDS)
        except subprocess.TimeoutExpired as fault:
            process.kill()
            process.communicate()
            raise NoVoice("voice-failed", f"{self._command} did not end within {COMMAND_SECONDS:g} s") from fault
        finally:
            self._running = None
        if process.returncode != 0:
            why = told.decode(errors="replace").strip().partition("\n")[0]
            code = "no-voice" if "voice does not exist" in why else "voice-failed"
            raise NoVoice(code, f"{' '.join(command)}: {why or process.returncode}")
        return out

    def _keep(self, path: Path, sound: bytes) -> None:
        """For the next time; whole or not at all, so that no reader finds half a phrase."""
        with contextlib.suppress(OSError):  # a full or read-only disk takes nothing from the voice
            self._clips.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self._clips, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file, wave.open(file, "wb") as clip:
                    clip.setnchannels(1)
                    clip.setsampwidth(2)
                    clip.setframerate(RATE)
                    clip.writeframes(sound)
                Path(part).replace(path)
            except BaseException:
                Path(part).unlink(missing_ok=True)
                raise
            _prune(self._clips)


def usual_clips() -> Path:
    """Where clips are kept when the config does not say: systemd's CacheDirectory, else the user's cache (XDG)."""
    systemd = os.environ.get("CACHE_DIRECTORY", "").partition(":")[0]
    if systemd:
        return Path(systemd) / "clips"
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path("~/.cache").expanduser()) / "hallside" / "clips"


def _pcm(data: bytes) -> bytes:
    """What a WAV file holds. Through a pipe espeak-ng cannot know the length and gives one that is too long."""
    with wave.open(BytesIO(data)) as clip:
        if (clip.getnchannels(), clip.getsampwidth(), clip.getframerate()) != (1, 2, RATE):
            raise wave.Error(f"not mono, 16 bit, {RATE} Hz")
        claimed = clip.getnframes()
        sound: bytes = clip.readframes(claimed)
    if len(sound) != 2 * claimed and claimed < 2**29:
        raise EOFError("the end is missing")
    return sound


def _prune(folder: Path) -> None:
    clips = sorted((entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(folder))
    over = sum(size for _, size, _ in clips) - KEEP_BYTES
    for _, size, path in clips:
        if over <= 0:
            return
        Path(path).unlink(missing_ok=True)
        over -= size
