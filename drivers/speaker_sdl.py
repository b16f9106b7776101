"""A real loudspeaker: chime, then the phrases, through SDL's mixer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from drivers.chime import chime
from drivers.protocols import Place, Post, Utterance
from drivers.sdl import pygame
from drivers.speaker_card import BUFFER_SECONDS, Audio, CardFault, SoundCard
from drivers.speaker_thread import Performance, SpeakerThread
from drivers.speaker_volume import USUAL, Loudness, Quiet
from drivers.voice_clips import ClipVoice, usual_clips
from drivers.voice_command import NoVoice
from drivers.voice_phrases import DAMAGED, SILENT, PhraseVoice

LOOK_SECONDS: Final = 5.0  # between two looks, at rest, whether card and voice are still there
POLL_SECONDS: Final = 0.02


class SdlSpeaker:
    """Implements drivers.protocols.Speaker. The chime sounds at once; what is not in the bank is made while it does.

    device: the sound card, by the kernel's name for it or words of the maker's ("" the machine's own choice; with
    PulseAudio or PipeWire, their name). clips: where spoken phrases are kept ("" the system's cache). recorded: the
    folder of recordings. voice: espeak-ng, or another synthesizer's command with blanks (drivers.voice_command).
    rate: characters a minute (R143). volume, quiet: 0 to 100, usually and between two times of day. audio: SDL's back
    end; `auto` never one that nobody can hear.

    No card, now or later, is a fault and no end: PartFailed and NotSaid `card-missing`, `card-busy` or `card-lost` with
    the cards there are, PartMended when it is there, looked for every five seconds. Without a voice the chime alone is
    heard and the utterance ends in NotSaid `voice-missing`, `no-voice` or `voice-failed`. A language that cannot be
    said is left out, the others are heard: Said, and PartFailed `language-silent` once. PartMissing: a second speaker
    of one process.
    """

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        device: str = "",
        clips: str | Path = "",
        recorded: str | Path = "",
        voice: str = "espeak-ng",
        rate: int = 120,
        volume: int = USUAL,
        quiet: Quiet = (),
        audio: Audio = "auto",
    ) -> None:
        self._voice = ClipVoice(
            Path(clips) if clips else usual_clips(), voice, rate, Path(recorded) if recorded else None
        )
        self._phrases = PhraseVoice(self._voice)
        self._loudness = Loudness(volume, quiet)
        self._card = SoundCard(place.part, device, audio)
        self._chime = chime()
        self._thread = SpeakerThread(place.part, post, self._perform, look=self._look, look_seconds=LOOK_SECONDS)
        self._there()
        self._thread.start()

    def say(self, utterance: Utterance) -> None:
        self._thread.say(utterance)

    def close(self) -> None:
        self._voice.close()
        self._thread.close()
        self._card.close()

    # --- the thread ------------------------------------------------------------------------------------------

    def _perform(self, utterance: Utterance) -> Performance:
        if fault := self._there():
            return fault
        wrong: NoVoice | None = None
        volume = self._loudness.at(datetime.now(UTC), utterance.volume)
        try:
            if utterance.chime:
                self._card.play(self._chime, volume)
            words, wrong = self._phrases.sound(utterance.phrases)
            while self._card.busy():
                yield POLL_SECONDS
            self._card.play(words, volume)
            while self._card.busy():
                yield POLL_SECONDS
            yield 2 * BUFFER_SECONDS  # the card holds two
        except pygame.error as fault:
            return self._fault("card-lost", str(fault))
        finally:
            self._card.stop()
        if lost := self._card.lost():
            return self._fault("card-lost", lost)
        if wrong is not None:
            return self._fault(wrong.code, wrong.detail)
        self._fault_or_fine()
        return ""

    def _there(self) -> str:
        """ "" if the card is there, or is again; else the code of why not, and it is told."""
        lost = self._card.lost()
        if lost:
            self._card.close()
        try:
            self._card.open()
        except CardFault as fault:
            code = "card-lost" if lost or self._thread.fault == "card-lost" else fault.code
            return self._fault(code, f"{lost}; {fault}" if lost else fault.detail)
        return ""

    def _look(self) -> None:
        if self._there():
            return
        try:
            self._voice.check()
            self._voice.look()
            self._phrases.look()
        except NoVoice as fault:
            self._fault(fault.code, fault.detail)
        else:
            if self._thread.fault.startswith("card-") or self._thread.fault in ("voice-missing", SILENT, DAMAGED):
                self._fault_or_fine()  # others only show, or mend, when it speaks

    def _fault_or_fine(self) -> None:
        """What is left to be told when card and voice are there."""
        if silent := self._phrases.silent:
            self._fault(SILENT, silent)
        elif damaged := self._voice.damaged:
            detail = "; ".join(f"{path}: {why}" for path, why in damaged.items())
            self._fault(DAMAGED, detail)  # the words are heard all the same
        else:
            self._fault("")

    def _fault(self, code: str, detail: str = "") -> str:
        self._thread.report(code, detail)
        return code
