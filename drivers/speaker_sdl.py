"""A real loudspeaker: chime, then the phrases, through SDL's mixer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from drivers.chime import chime, silence
from drivers.protocols import PartMissing, Place, Post, Spoken, Utterance
from drivers.sdl import pygame
from drivers.speaker_card import BUFFER_SECONDS, Audio, SoundCard
from drivers.speaker_thread import Performance, SpeakerThread
from drivers.voice_espeak import EspeakVoice, NoVoice, usual_clips

LOOK_SECONDS: Final = 5.0  # between two looks, at rest, whether card and voice are still there
POLL_SECONDS: Final = 0.02
PAUSE: Final = 0.35  # seconds of silence between two phrases


class SdlSpeaker:
    """Implements drivers.protocols.Speaker. The chime sounds at once; the phrases are made while it does.

    device: the card's name as SDL has it ("" the machine's own choice). clips: where spoken phrases are kept ("" the
    system's cache). voice: the espeak-ng command. rate: characters a minute (R143). audio: SDL's back end; `auto`
    never one that nobody can hear.

    Without a voice the chime alone is heard and the utterance ends in NotSaid `voice-missing`, `no-voice` or
    `voice-failed`; PartFailed is told once, PartMended when all is well. A card that is unplugged: PartFailed and
    NotSaid `card-lost`; it is taken again when it is back. PartMissing: no such card, naming those there are.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        device: str = "",
        clips: str = "",
        voice: str = "espeak-ng",
        rate: int = 120,
        audio: Audio = "auto",
    ) -> None:
        self._voice = EspeakVoice(Path(clips) if clips else usual_clips(), voice, rate)
        self._card = SoundCard(place.part, device, audio)
        self._chime = chime()
        self._thread = SpeakerThread(place.part, post, self._perform, look=self._look, look_seconds=LOOK_SECONDS)
        self._thread.start()

    def say(self, utterance: Utterance) -> None:
        self._thread.say(utterance)

    def close(self) -> None:
        self._voice.close()
        self._thread.close()
        self._card.close()

    # --- the thread ------------------------------------------------------------------------------------------

    def _perform(self, utterance: Utterance) -> Performance:
        if not self._there():
            return "card-lost"
        wrong: NoVoice | None = None
        try:
            if utterance.chime:
                self._card.play(self._chime, utterance.volume)
            words, wrong = self._words(utterance.phrases)
            self._card.play(words, utterance.volume)
            while self._card.busy():
                yield POLL_SECONDS
            yield 2 * BUFFER_SECONDS  # the card holds two
        except pygame.error as fault:
            self._thread.report("card-lost", str(fault))
            return "card-lost"
        finally:
            self._card.stop()
        if lost := self._card.lost():
            self._thread.report("card-lost", lost)
            return "card-lost"
        if wrong is not None:
            self._thread.report(wrong.code, wrong.detail)
            return wrong.code
        return ""

    def _words(self, phrases: Sequence[Spoken]) -> tuple[bytes, NoVoice | None]:
        """All phrases as one sound, so that nothing comes between them; and the first that could not be made."""
        clips: list[bytes] = []
        wrong: NoVoice | None = None
        for phrase in phrases:
            try:
                clips.append(self._voice.clip(phrase))
            except NoVoice as fault:
                wrong = wrong or fault
        return silence(PAUSE).join(clip for clip in clips if clip), wrong

    def _there(self) -> bool:
        """The card is there, or is again."""
        lost = self._card.lost()
        if lost:
            try:
                self._card.reopen()
            except PartMissing as missing:
                self._thread.report("card-lost", f"{lost}; {missing}")
                return False
        return True

    def _look(self) -> None:
        if not self._there():
            return
        try:
            self._voice.check()
        except NoVoice as fault:
            self._thread.report(fault.code, fault.detail)
        else:
            if self._thread.fault in ("card-lost", "voice-missing"):  # others only show, or mend, when it speaks
                self._thread.report("")
