"""An offline synthesizer, called as a command: text to its standard input, a WAV file from its standard output.

`espeak-ng` (GPL-3.0, so called and never linked) is known by name. Measured with 1.51 and 1.52: `cmn-latn-pinyin`
reads Chinese characters as Mandarin and a series letter by its name as it is said in China (A: ei); 1.51's `cmn` reads
them as spelled-out English, so it is not used. Any other is a command with blanks, for example
`piper --model /opt/voices/{lang}.onnx --length-scale {slow} --output_file -`: {lang} is zh, en, ..., {rate} characters
a minute, {slow} 120 / rate.
"""

from __future__ import annotations

import shlex
import subprocess
import threading
from typing import Final

VOICES: Final = {"zh": "cmn-latn-pinyin", "en": "en-us"}  # another language's voice has the language's code
# espeak-ng counts words a minute; of Chinese it says 1.2 characters for each of them (measured, 80 to 160). Alone, a
# syllable is drawn out by a seventh.
WORDS_A_CHARACTER: Final = {"zh": 0.83, "yue": 0.83}
ALONE: Final = 1.15
COMMAND_SECONDS: Final = 5.0  # a phrase takes 15 ms, on a Pi 100
MEND: Final = "sudo apt install espeak-ng"


class NoVoice(Exception):
    """This phrase cannot be spoken. code: voice-missing (no command), no-voice (no such language), voice-failed."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class Synthesizer:
    """One thread calls `speak` and `check`; `close` may come from another.

    rate: characters a minute, 100 to 300 (R143).
    """

    def __init__(self, command: str, rate: int) -> None:
        if not 100 <= rate <= 300:
            raise ValueError(f"people follow 100 to 300 characters a minute, not {rate}")
        self._words, self._rate = shlex.split(command), rate
        self._template = "{" in command
        if not self._words:
            raise ValueError("the voice's command is empty")
        self._version = ""
        self._lock = threading.Lock()  # between a command's start and `close`
        self._running: subprocess.Popen[bytes] | None = None
        self._closed = False

    def check(self) -> str:
        """Which voice this is, so that another one's clips are not taken for its own. NoVoice if it does not run."""
        if not self._version and self._template:
            self._version = shlex.join(self._words)
        elif not self._version:
            told = self._run([*self._words, "--version"], "")
            self._version = told.decode(errors="replace").partition(" Data at")[0].strip()
        return self._version

    def key(self, lang: str, text: str, *, alone: bool) -> tuple[str, ...]:
        """All that decides how it sounds."""
        return (self.check(), *self._command(lang, alone=alone), text)

    def speak(self, lang: str, text: str, *, alone: bool) -> bytes:
        """A WAV file, or nothing where there is nothing to say. alone: a piece that others stand beside."""
        return self._run(self._command(lang, alone=alone), text)

    def close(self) -> None:
        """End a command that is running; from now on nothing is spoken."""
        with self._lock:
            self._closed = True
            if self._running is not None:
                self._running.kill()

    def _command(self, lang: str, *, alone: bool) -> list[str]:
        rate = self._rate * (ALONE if alone and lang in WORDS_A_CHARACTER else 1.0)
        if self._template:
            blanks = {"lang": lang, "rate": round(rate), "slow": f"{120 / rate:.2f}"}
            try:
                return [word.format(**blanks) for word in self._words]
            except (KeyError, IndexError, ValueError) as fault:
                raise NoVoice("voice-failed", f"the voice's command has a blank it may not have: {fault}") from fault
        speed = str(round(rate * WORDS_A_CHARACTER.get(lang, 1.0)))
        return [*self._words, "-v", VOICES.get(lang, lang), "-s", speed, "-z", "-b", "1", "--stdin", "--stdout"]

    def _run(self, command: list[str], text: str) -> bytes:
        with self._lock:
            if self._closed:
                raise NoVoice("closed", "the speaker is closed")
            try:
                pipe = subprocess.PIPE
                process = self._running = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
            except OSError as fault:
                self._version = ""  # it may come back as another one
                mend = "" if self._template else f". {MEND}"
                raise NoVoice("voice-missing", f"{command[0]}: {fault.strerror}{mend}") from fault
        try:
            out, told = process.communicate(text.encode(), COMMAND_SECONDS)
        except subprocess.TimeoutExpired as fault:
            process.kill()
            process.communicate()
            raise NoVoice("voice-failed", f"{command[0]} did not end within {COMMAND_SECONDS:g} s") from fault
        finally:
            self._running = None
        if process.returncode != 0:
            why = told.decode(errors="replace").strip().partition("\n")[0]
            code = "no-voice" if "voice does not exist" in why else "voice-failed"
            raise NoVoice(code, f"{' '.join(command)}: {why or process.returncode}")
        return out
