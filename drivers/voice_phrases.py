"""An utterance's phrases as one sound. A phrase is whole in its own language, or it is not said at all. Rules:

1. A phrase of which one piece can neither be played nor made is left out, and the others are said: a call in Tibetan
   with a hole in it helps nobody, and Chinese stands beside it. What has nothing beside it brings what is said instead
   (`Spoken.otherwise`).
2. A language left out once is silent, which is told once, until what was left out can be said: looked for at rest. So
   a language of which half is recorded does not come and go with every call. What the synthesizer speaks, and failed
   in once, is heard again at its next phrase.
3. Only where nothing at all could be said is it the utterance's end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from drivers.chime import silence
from drivers.protocols import Spoken
from drivers.voice_clips import ClipVoice
from drivers.voice_command import NoVoice

SILENT: Final = "language-silent"  # the fault: the other languages are heard
DAMAGED: Final = "clip-damaged"  # the fault: a recording cannot be played, and the synthesizer speaks
PAUSE: Final = 0.35  # seconds of silence between two phrases
_OF_A_LANGUAGE: Final = frozenset({"no-voice", "voice-failed"})  # other codes are the voice's as a whole


class LeftOut(NamedTuple):
    """What of a language could not be said last, and why."""

    phrase: Spoken
    why: str


class PhraseVoice:
    """One thread calls it."""

    def __init__(self, clips: ClipVoice) -> None:
        self._clips = clips
        self._silent: dict[str, LeftOut] = {}

    @property
    def silent(self) -> str:
        """The languages that are left out, each with why; "" if none is."""
        return "; ".join(f"{lang}: {left.why}" for lang, left in self._silent.items())

    def sound(self, phrases: Sequence[Spoken]) -> tuple[bytes, NoVoice | None]:
        """All phrases as one sound, so that nothing comes between them; and why none of them could be said."""
        clips: list[bytes] = []
        wrong: NoVoice | None = None
        for phrase in phrases:
            try:
                clips.append(self._said(phrase))
            except NoVoice as fault:
                if wrong is None or fault.code not in _OF_A_LANGUAGE:
                    wrong = fault
        clips = [clip for clip in clips if clip]
        if clips and wrong is not None and wrong.code in _OF_A_LANGUAGE:
            wrong = None
        return silence(PAUSE).join(clips), wrong

    def look(self) -> None:
        """At rest: whether what was left out is there by now."""
        for lang, (phrase, _) in tuple(self._silent.items()):
            if self._clips.there(phrase) and self._plays(phrase):
                del self._silent[lang]

    def _said(self, phrase: Spoken) -> bytes:
        try:
            clip = self._clips.clip(phrase)
        except NoVoice as fault:
            if fault.code not in _OF_A_LANGUAGE:
                raise
            hole = self._clips.hole(phrase)
            why = f"{hole} ({fault.detail})" if hole else fault.detail
            self._silent[phrase.lang] = LeftOut(phrase, why)
            if phrase.otherwise is None:
                raise
            return self._said(phrase.otherwise)
        if phrase.lang in self._clips.voiced:
            self._silent.pop(phrase.lang, None)
        return clip

    def _plays(self, phrase: Spoken) -> bool:
        """A recording may be damaged."""
        try:
            self._clips.clip(phrase)
        except NoVoice:
            return False
        return True
