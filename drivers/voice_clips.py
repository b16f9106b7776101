"""Phrases as sound: a recording if there is one, else a clip made once by the synthesizer and kept as a WAV file.

A phrase may be in pieces (`请`, `A`, `零`, `一`, `二`, `号到`, …): then each piece is a clip, and all that a hall can
say is a bank of some forty. A recording replaces the piece, or the whole phrase, whose words are its file's name:
`<recorded>/zh/请.wav`, `<recorded>/en/zero.wav`; marks (。，,.) are left out of the name. A language that the
synthesizer has not, as espeak-ng has no Tibetan and no Mongolian, is spoken by recordings alone.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from drivers.chime import silence
from drivers.protocols import Spoken
from drivers.voice_command import NoVoice, Synthesizer
from drivers.voice_wav import NoWave, read_recording, read_wav, trimmed, write_wav

KEEP_BYTES: Final = 64 * 2**20  # some hundred whole phrases beside the bank; the oldest go first
BETWEEN: Final = 0.05  # seconds between two pieces: one breath, yet each is heard
SHORT: Final = 5  # characters: a shorter piece, spoken alone, is drawn out
NAME_LONGEST: Final = 60  # characters of a file's name: below 255 bytes in any script
TSHEG: Final = "\u0f0b"  # between the syllables of a Tibetan word
UNSEEN: Final = dict.fromkeys(map(ord, "\u180b\u180c\u180d\u180e\u180f"))  # say how a Mongolian letter is drawn

State = Literal["recorded", "kept", "missing"]


class ClipVoice:
    """One thread calls `clip` and `check`; `close` may come from another.

    clips: the folder of what was made; it is made if need be, and one that cannot be written costs 15 ms a phrase,
    nothing else. recorded: the folder of recordings, None if there are none. command, rate: of the synthesizer.
    """

    def __init__(self, clips: Path, command: str, rate: int, recorded: Path | None = None) -> None:
        self._clips, self._recorded = clips, recorded
        self._damaged: dict[Path, str] = {}  # recordings that cannot be played, each with why
        self.voiced: set[str] = set()  # languages that the synthesizer has spoken
        self._synthesizer = Synthesizer(command, rate)

    @property
    def damaged(self) -> Mapping[Path, str]:
        """The recordings that could not be played, each with why, until one can or is taken away."""
        return self._damaged

    def look(self) -> None:
        """Whether recordings that could not be played are mended, or taken away, by now."""
        for path in tuple(self._damaged):
            self._played(path)

    def check(self) -> None:
        """NoVoice if the synthesizer is not there or does not run."""
        self._synthesizer.check()

    def clip(self, phrase: Spoken) -> bytes:
        """The phrase as PCM: 16 bit, mono, little-endian, RATE. NoVoice if it cannot be spoken."""
        whole = self._recording(phrase.lang, phrase.text)
        if whole is not None:
            return whole
        if not phrase.parts:
            return self._made(phrase.lang, phrase.text, alone=False)
        pieces = [self.piece(phrase.lang, part) for part in phrase.parts]
        return silence(BETWEEN).join(sound for sound in map(trimmed, pieces) if sound)

    def piece(self, lang: str, text: str) -> bytes:
        """One clip of the bank: recorded, kept, or made now and kept."""
        recording = self._recording(lang, text)
        return self._made(lang, text, alone=len(text) <= SHORT) if recording is None else recording

    def there(self, phrase: Spoken) -> bool:
        """Whether a recording of it is there, or recordings and clips of all its parts; they are not looked into.

        NoVoice as of `check`.
        """
        lang, parts = phrase.lang, phrase.parts
        if _exists(self._recorded_as(lang, phrase.text)):
            return True
        return bool(parts) and all(
            _exists(self._recorded_as(lang, part)) or _exists(self._kept_as(lang, part, alone=len(part) <= SHORT))
            for part in parts
        )

    def hole(self, phrase: Spoken) -> str:
        """Its first recording that is not there or cannot be played; "" if there are no recordings, or it is whole."""
        if self._recorded is None:
            return ""
        for text in (phrase.text, *phrase.parts):
            if why := self.damage(phrase.lang, text):
                return f"{self._recorded_as(phrase.lang, text)}: {why}"
        with contextlib.suppress(NoVoice):
            for part in phrase.parts:
                if self.state(phrase.lang, part) == "missing":
                    return f"{self._recorded_as(phrase.lang, part)} is not there"
        return ""

    def damage(self, lang: str, text: str) -> str:
        """Why the recording of this piece could not be played when it was last tried; "" if there is none."""
        path = self._recorded_as(lang, text)
        return self._damaged.get(path, "") if path else ""

    def state(self, lang: str, text: str) -> State:
        """What there is for this piece now. NoVoice as of `check`, unless it is recorded."""
        if self._recording(lang, text) is not None:
            return "recorded"
        return "kept" if self._kept_as(lang, text, alone=len(text) <= SHORT).exists() else "missing"

    def lacks(self, lang: str) -> str:
        """Why the synthesizer does not speak this language, in its own words; "" if it does. NoVoice as of `check`."""
        self.check()
        try:
            self._synthesizer.speak(lang, "", alone=False)
        except NoVoice as fault:
            return fault.detail
        return ""

    def close(self) -> None:
        """End what is being made; from now on nothing is."""
        self._synthesizer.close()

    def _made(self, lang: str, text: str, *, alone: bool) -> bytes:
        path = self._kept_as(lang, text, alone=alone)
        with contextlib.suppress(OSError, NoWave):  # not there, or cut off by a power cut: made anew
            sound = read_wav(path.read_bytes())
            self.voiced.add(lang)
            return sound
        made = self._synthesizer.speak(lang, text, alone=alone)
        try:
            sound = read_wav(made) if made else b""  # nothing to say: punctuation alone
        except NoWave as fault:
            raise NoVoice("voice-failed", f"the voice's answer: {fault}") from fault
        self.voiced.add(lang)
        self._keep(path, sound)
        return sound

    def _recording(self, lang: str, text: str) -> bytes | None:
        """None if nobody recorded it, or `damaged` says why it cannot be played."""
        path = self._recorded_as(lang, text)
        return None if path is None else self._played(path)

    def _played(self, path: Path) -> bytes | None:
        try:
            sound = read_recording(path)
        except FileNotFoundError:
            self._damaged.pop(path, None)
            return None
        except (OSError, NoWave) as fault:
            self._damaged[path] = (fault.strerror if isinstance(fault, OSError) else "") or str(fault)
            return None
        self._damaged.pop(path, None)
        return sound

    def _recorded_as(self, lang: str, text: str) -> Path | None:
        """Where its recording would be; None if this hall has none."""
        return self._recorded / lang / f"{file_name(text)}.wav" if self._recorded else None

    def _kept_as(self, lang: str, text: str, *, alone: bool) -> Path:
        key = "\n".join(self._synthesizer.key(lang, text, alone=alone))
        return self._clips / f"{sha256(key.encode()).hexdigest()[:32]}.wav"

    def _keep(self, path: Path, sound: bytes) -> None:
        """For the next time; whole or not at all, so that no reader finds half a phrase."""
        with contextlib.suppress(OSError):  # a full or read-only disk takes nothing from the voice
            self._clips.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._clips, suffix=".part")
            os.close(handle)
            part = Path(name)
            try:
                write_wav(part, sound)
                part.replace(path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            _prune(self._clips)


def _exists(path: Path | None) -> bool:
    return path is not None and os.path.exists(path)  # noqa: PTH110  a folder nobody may look into is no error here


def file_name(text: str) -> str:
    """The name a recording of these words has: letters, digits and single spaces, small letters in Latin script.

    What belongs to a letter stays with it: the vowels of Tibetan. Signs that nobody sees or keys in are left out.
    """
    plain = "".join(letter if _of_a_word(letter) else " " for letter in text.translate(UNSEEN))
    return " ".join(word.strip(TSHEG) for word in plain.split()).lower()[:NAME_LONGEST].strip()


def _of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == TSHEG or unicodedata.category(letter) in ("Mn", "Mc")


def usual_clips() -> Path:
    """Where clips are kept when the config does not say: systemd's CacheDirectory, else the user's cache (XDG)."""
    systemd = os.environ.get("CACHE_DIRECTORY", "").partition(":")[0]
    if systemd:
        return Path(systemd) / "clips"
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path("~/.cache").expanduser()) / "hallside" / "clips"


def _prune(folder: Path) -> None:
    clips = sorted((entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(folder))
    over = sum(size for _, size, _ in clips) - KEEP_BYTES
    for _, size, path in clips:
        if over <= 0:
            return
        Path(path).unlink(missing_ok=True)
        over -= size
