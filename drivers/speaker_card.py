"""The sound card, through SDL's mixer: one channel, at the sample rate of the voice, so that nothing is converted here.

The mixer stays open and plays silence between announcements (0.1 % of a core): a card that is opened for each one
swallows the first half second on many HDMI screens.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal

from drivers.chime import RATE
from drivers.protocols import PartMissing
from drivers.sdl import environment, pygame

Audio = Literal["auto", "alsa", "pulseaudio", "pipewire", "disk", "dummy"]
CARDS: Final = Path("/proc/asound/cards")
BUFFER: Final = 1024  # samples, 46 ms: long enough that a busy Pi is not heard stuttering
BUFFER_SECONDS: Final = BUFFER / RATE
UNHEARD: Final = ("disk", "dummy")  # back ends without a loudspeaker; only when asked for by name


class SoundCard:
    """Opened by its maker, and again by `reopen`. PartMissing if it cannot be; SDL has one mixer a process."""

    def __init__(self, part: str, device: str, audio: Audio) -> None:
        self._part, self._device, self._audio = part, device, audio
        self._cards: frozenset[str] = frozenset()
        self._open = False
        if pygame.mixer.get_init() is not None:
            raise PartMissing(
                part, "this process has a speaker already", "Give one of its devices the speaker, or its own process"
            )
        self._connect()

    def play(self, sound: bytes, volume: int) -> None:
        """Play PCM (16 bit, mono, RATE) now, or seamlessly after what is playing. volume: 0 to 100."""
        if not sound:
            return
        if not self._open:
            raise pygame.error("the card is not open")
        clip = pygame.mixer.Sound(buffer=sound)
        clip.set_volume(min(max(volume, 0), 100) / 100)
        channel = pygame.mixer.Channel(0)
        if channel.get_busy():
            channel.queue(clip)
        else:
            channel.play(clip)

    def busy(self) -> bool:
        """Samples are left that the card was not given yet; it needs BUFFER_SECONDS more to sound them."""
        return self._open and pygame.mixer.Channel(0).get_busy()

    def stop(self) -> None:
        """Silence, now."""
        if self._open:
            pygame.mixer.Channel(0).stop()

    def lost(self) -> str:
        """What is wrong with the card, or "". SDL plays on into nothing when a card is unplugged; the kernel knows."""
        if not self._open:
            return "the card is not open"
        gone = self._cards - cards()
        return f"gone: {', '.join(sorted(gone))}" if gone else ""

    def reopen(self) -> None:
        """Let go of the card and take it again."""
        self.close()
        self._connect()

    def close(self) -> None:
        if self._open:
            self._open = False
            pygame.mixer.quit()

    def _connect(self) -> None:
        known = cards()
        if CARDS.exists() and not known and self._audio not in UNHEARD:
            raise PartMissing(self._part, f"no sound card in {CARDS}", "Plug one in")  # ALSA would say it in ten lines
        try:
            self._init(self._device)
        except pygame.error as fault:
            there = self._devices() or sorted(known)
            tried = f"no sound from {self._device or 'the usual sound card'}: {str(fault).rstrip('.')}"
            mend = f"There is {', '.join(there)}" if there else "There is no sound card; plug one in"
            raise PartMissing(self._part, tried, mend) from fault
        driver = pygame.mixer.get_driver()
        if self._audio == "auto" and driver in UNHEARD:
            pygame.mixer.quit()
            raise PartMissing(self._part, f"SDL offered {driver!r}, which nobody can hear", "Plug in a sound card")
        self._cards, self._open = known, True
        pygame.mixer.set_num_channels(1)

    def _init(self, device: str) -> None:
        with environment(SDL_AUDIODRIVER=None if self._audio == "auto" else self._audio):
            pygame.mixer.init(RATE, -16, 1, BUFFER, devicename=device or None, allowedchanges=0)

    def _devices(self) -> list[str]:
        """The names that `device` may have. SDL tells them only while a device is open, so the usual one is tried."""
        from pygame._sdl2.audio import get_audio_device_names  # pygame has it under a private name so far

        if not self._device:
            return []
        try:
            self._init("")
            return list(get_audio_device_names(iscapture=False))
        except RuntimeError:  # pygame.error is one
            return []
        finally:
            pygame.mixer.quit()


def cards() -> frozenset[str]:
    """The sound cards the kernel has now, by name; empty where the kernel does not say."""
    try:
        said = CARDS.read_text(errors="replace")
    except OSError:
        return frozenset()
    return frozenset(match.strip() for match in re.findall(r"^ *\d+ \[[^]]*\]: (.*)$", said, re.MULTILINE))
