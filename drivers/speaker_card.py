"""The sound card, through SDL's mixer: one channel, at the sample rate of the voice, so that nothing is converted here.

The mixer stays open and plays silence between announcements (0.1 % of a core): a card that is opened for each one
swallows the first half second on many HDMI screens.

Which card is named by the kernel (/proc/asound/cards), not by number, and not by SDL: asked for a name that SDL's ALSA
back end does not know, it plays on the usual card without a word.
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
BY_KERNEL: Final = ("auto", "alsa")  # back ends whose devices are the kernel's cards


class CardFault(Exception):
    """There is no sound now. code: card-missing, card-busy, card-lost. The text says which cards there are."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class SoundCard:
    """Silent until `open`. PartMissing for a second one: SDL has one mixer a process."""

    def __init__(self, part: str, device: str, audio: Audio) -> None:
        self._device, self._audio = device, audio
        self._cards: dict[str, str] = {}  # those that must stay
        self._open = False
        if pygame.mixer.get_init() is not None:
            raise PartMissing(
                part, "this process has a speaker already", "Give one of its devices the speaker, or its own process"
            )

    def open(self) -> None:
        """Take the card, if it is not taken. CardFault if it cannot be."""
        if self._open:
            return
        known = cards()
        if self._audio in BY_KERNEL and CARDS.exists() and not known:
            raise CardFault("card-missing", f"no sound card in {CARDS}; plug one in")  # ALSA would say it in ten lines
        chosen = self._chosen(known)
        try:
            self._init(chosen)
        except pygame.error as fault:
            code = "card-busy" if "busy" in str(fault).lower() else "card-missing"
            raise CardFault(code, f"{self._named()}: {str(fault).rstrip('.')}; {_there(known)}") from fault
        if self._audio == "auto" and (driver := pygame.mixer.get_driver()) in UNHEARD:
            pygame.mixer.quit()
            raise CardFault("card-missing", f"SDL offered {driver!r}, which nobody can hear; {_there(known)}")
        self._open = True
        self._cards = {chosen: known[chosen]} if chosen in known else known
        pygame.mixer.set_num_channels(1)

    def play(self, sound: bytes, volume: int) -> None:
        """Play PCM (16 bit, mono, RATE) now; who calls waits until the card is not `busy`. volume: 0 to 100.

        pygame's queue of a channel is not used. While one sound ends and the next begins, the channel says that it is
        idle for as long as SDL's thread waits for the interpreter: whoever stops it then cuts the next one off.
        """
        if not sound:
            return
        if not self._open:
            raise pygame.error("the card is not open")
        clip = pygame.mixer.Sound(buffer=sound)
        clip.set_volume(min(max(volume, 0), 100) / 100)
        pygame.mixer.Channel(0).play(clip)

    def busy(self) -> bool:
        """Samples are left that the card was not given yet; it needs BUFFER_SECONDS more to sound them."""
        return self._open and pygame.mixer.Channel(0).get_busy()

    def stop(self) -> None:
        """Silence, now."""
        if self._open:
            pygame.mixer.Channel(0).stop()

    def lost(self) -> str:
        """Which card is gone, or "". SDL plays on into nothing when a card is unplugged; the kernel knows."""
        gone = self._cards.keys() - cards().keys() if self._open else set()
        return f"gone: {', '.join(sorted(self._cards[name] for name in gone))}" if gone else ""

    def close(self) -> None:
        if self._open:
            self._open = False
            pygame.mixer.quit()

    def _named(self) -> str:
        return f"sound card {self._device!r}" if self._device else "the usual sound card"

    def _chosen(self, known: dict[str, str]) -> str:
        """The kernel's name for the card, "" where there is nothing to choose from. CardFault if it is not there."""
        if not self._device or self._audio not in BY_KERNEL:
            return ""
        wanted = self._device.casefold()
        fits = [name for name in known if wanted == name.casefold()]
        fits = fits or [name for name, words in known.items() if wanted in words.casefold()]
        if not fits:
            raise CardFault("card-missing", f"{self._named()} is not there; {_there(known)}")
        if len(fits) > 1:
            raise CardFault("card-missing", f"{self._named()} could be several; {_there(known)}")
        return fits[0]

    def _init(self, chosen: str) -> None:
        audio = "alsa" if chosen else None if self._audio == "auto" else self._audio
        named = None if chosen or not self._device else self._device
        # `plug` converts to what the card can do; AUDIODEV is what SDL's ALSA back end opens.
        with environment(SDL_AUDIODRIVER=audio, AUDIODEV=f"plughw:CARD={chosen}" if chosen else None):
            pygame.mixer.init(RATE, -16, 1, BUFFER, devicename=named, allowedchanges=0)
        if named and named not in _sdl_names():
            there = ", ".join(_sdl_names()) or "none"
            pygame.mixer.quit()
            raise pygame.error(f"not among SDL's: {there}")


def cards() -> dict[str, str]:
    """The sound cards the kernel has now, its name -> the maker's words; empty where the kernel does not say."""
    try:
        said = CARDS.read_text(errors="replace")
    except OSError:
        return {}
    return {name.strip(): words.strip() for name, words in re.findall(r"^ *\d+ \[([^]]*)\]: (.*)$", said, re.MULTILINE)}


def _there(known: dict[str, str]) -> str:
    return "there is " + ", ".join(f"{name} ({words})" for name, words in known.items()) if known else "there is none"


def _sdl_names() -> list[str]:
    from pygame._sdl2.audio import get_audio_device_names  # pygame has it under a private name so far

    return list(get_audio_device_names(iscapture=False))
