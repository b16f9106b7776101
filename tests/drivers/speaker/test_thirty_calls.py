"""Thirty calls in a minute, as the sound card was really given them: every sample once, in order, nothing upon another.

SDL's `disk` back end writes down what a loudspeaker would be given, here as fast as the file takes it. Each call has a
wave of its own, so that in the recording it can be found, counted, and missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from drivers import speaker_card, speaker_sdl
from drivers.chime import chime, silence
from drivers.events import PartFailed, Said
from drivers.protocols import Spoken, Utterance
from drivers.speaker_sdl import SdlSpeaker
from drivers.voice_clips import BETWEEN, file_name
from drivers.voice_phrases import PAUSE
from screens.announce import Phrase, Phrases, call_phrases
from screens.numerals import signs
from tests.drivers.speaker.speakers import PLACE, Ear, piped_wav, spoken_by_fake

CALLS = tuple((f"{'ABC'[n % 3]}{n:03d}", 1 + n % 12) for n in range(30))
VOICE = '#!/bin/sh\n[ "$1" = --version ] && echo any 1 && exit\ntext=$(cat)\ncat "$(dirname "$0")/wav/$text"\n'


def said(number: str, window: int) -> Spoken:
    """The call in Chinese, in the pieces that a bank holds."""
    [phrase] = call_phrases(number, window, ("zh",))
    return Spoken(phrase.lang, phrase.text, phrase.parts)


def sound(number: str, window: int) -> bytes:
    """What the card must be given for it: the chime, then piece after piece."""
    return silence(BETWEEN).join(spoken_by_fake(part) for part in said(number, window).parts)


@pytest.fixture
def speaker(ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SdlSpeaker]:
    """Plays into `tmp_path/sound`, two hundred times as fast as a card: longer buffers, and no wait for their end."""
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(tmp_path / "sound"))
    monkeypatch.setenv("SDL_DISKAUDIODELAY", "1")
    monkeypatch.setattr(speaker_card, "BUFFER", 4096)
    monkeypatch.setattr(speaker_sdl, "POLL_SECONDS", 0.002)
    monkeypatch.setattr(speaker_sdl, "BUFFER_SECONDS", 0.005)
    (tmp_path / "wav").mkdir()
    for part in {part for call in CALLS for part in said(*call).parts}:
        (tmp_path / "wav" / part).write_bytes(piped_wav(spoken_by_fake(part)))
    voice = tmp_path / "espeak"
    voice.write_text(VOICE)
    voice.chmod(0o755)
    made = SdlSpeaker(
        ear.post,
        PLACE,
        clips=tmp_path / "clips",
        recorded=tmp_path / "our recordings",
        voice=str(voice),
        volume=100,
        audio="disk",
    )
    yield made
    made.close()


def found(recording: bytes, calls: tuple[tuple[str, int], ...]) -> list[str]:
    """What is in the recording, from its first sample to its last: calls by number, and anything that is none.

    A chime must stand before each call; between them there may be nothing but silence.
    """
    bell, heard = chime().strip(b"\0"), []
    while rest := recording.lstrip(b"\0"):
        at = rest.find(bell)
        if at != 0:
            strange = rest[: at if at > 0 else None].rstrip(b"\0")
            heard.append(f"{len(strange)} strange bytes")
            if at < 0:
                break
        rest = rest[max(at, 0) + len(bell) :].lstrip(b"\0")
        number, wave = next(
            ((n, w) for n, window in calls if rest.startswith(w := sound(n, window).lstrip(b"\0"))), ("?", b"")
        )
        heard.append(number)
        recording = rest[len(wave) :]
        if number == "?":
            break
    return heard


def test_thirty_calls_in_a_minute_are_each_heard_once_whole_and_in_their_order(
    speaker: SdlSpeaker, ear: Ear, tmp_path: Path
) -> None:
    for number, window in CALLS:
        speaker.say(Utterance(number, (said(number, window),)))
    assert ear.ends(30) == [Said(number) for number, _ in CALLS]
    speaker.close()
    recording = (tmp_path / "sound").read_bytes()
    assert found(recording, CALLS) == [number for number, _ in CALLS]
    for number, window in CALLS:
        assert recording.count(sound(number, window)) == 1
    assert recording.count(chime().strip(b"\0")) == 30


def test_calls_in_five_languages_are_whole_in_order_and_a_missing_recording_leaves_out_its_language_alone(
    speaker: SdlSpeaker, ear: Ear, tmp_path: Path
) -> None:
    langs = ("mn", "bo", "ug", "en", "zh")
    calls = [
        call_phrases(
            f"A{n:03d}", 101 + n, langs[n % 5 :] + langs[: n % 3], waited=n % 4 == 0, again=n % 3 == 0, yao=True
        )
        for n in range(10)
    ]
    for phrase in (phrase for call in calls for phrase in call):
        folder = tmp_path / "our recordings" / phrase.lang
        folder.mkdir(parents=True, exist_ok=True)
        for part in phrase.parts:
            (folder / f"{file_name(part)}.wav").write_bytes(piped_wav(short(phrase.lang, part)))
    six = signs("6", "bo")[0]
    (tmp_path / "our recordings" / "bo" / f"{file_name(six)}.wav").unlink()
    (tmp_path / "espeak").write_text("#!/bin/sh\necho 'voice does not exist' >&2\n[ \"$1\" = --version ]\n")

    for n, call in enumerate(calls):
        speaker.say(Utterance(str(n), spoken(call)))
    failed, *ends = sorted((ear.next() for _ in range(11)), key=lambda event: isinstance(event, Said))
    assert isinstance(failed, PartFailed)
    assert (failed.code, f"/bo/{file_name(six)}.wav is not there" in failed.detail) == ("language-silent", True)
    assert ends == [Said(str(n)) for n in range(10)]
    speaker.close()
    recording, at = (tmp_path / "sound").read_bytes(), 0
    for call in calls:
        heard = [phrase for phrase in call if six not in phrase.parts]
        assert len(call) - len(heard) == (call is calls[6])
        for whole in (chime().strip(b"\0"), words_of(heard)):
            found_at = recording.find(whole, at)
            assert found_at >= at
            assert not recording[at:found_at].strip(b"\0"), "nothing but silence between"
            at = found_at + len(whole)
    assert not recording[at:].strip(b"\0")


def spoken(call: Phrases) -> tuple[Spoken, ...]:
    return tuple(Spoken(phrase.lang, phrase.text, phrase.parts) for phrase in call)


def short(lang: str, part: str) -> bytes:
    """A sound of this piece's own, 80 ms."""
    return spoken_by_fake("".join(chr(2 + byte * 70) for byte in sha256((lang + part).encode()).digest()[:4]))


def words_of(phrases: Iterable[Phrase]) -> bytes:
    return silence(PAUSE).join(
        silence(BETWEEN).join(short(phrase.lang, part) for part in phrase.parts) for phrase in phrases
    )


def test_the_pieces_of_a_call_follow_each_other_within_one_breath(
    speaker: SdlSpeaker, ear: Ear, tmp_path: Path
) -> None:
    both = Utterance("a", (said("A012", 3), said("B003", 1)), chime=False)
    for part in {*said("A012", 3).parts, *said("B003", 1).parts}:
        (tmp_path / "wav" / part).write_bytes(piped_wav(spoken_by_fake(part)))
    speaker.say(both)
    assert ear.ends(1) == [Said("a")]
    speaker.close()
    assert sound("A012", 3) + silence(PAUSE) + sound("B003", 1) in (tmp_path / "sound").read_bytes()


# --- the judge itself ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "verdict"),
    [
        (lambda a, b: a + b, ["A000", "B001"]),
        (lambda a, b: b + a, ["B001", "A000"]),
        (lambda a, _: a, ["A000"]),
        (lambda a, b: a + a + b, ["A000", "A000", "B001"]),
        (lambda a, b: a[: -len(silence(0.1)) - 100] + b, ["?"]),
        (lambda a, b: a + b[2000:], ["A000", "?"]),
        (lambda a, b: a[:40_000] + b[:40_000] + a[40_000:] + b[40_000:], ["?"]),
        (lambda a, b: a + b"\1\2" + b, ["A000", "2 strange bytes", "B001"]),
    ],
)
def test_a_call_lost_doubled_cut_off_mixed_or_out_of_order_is_noticed(spoil: object, verdict: list[str]) -> None:
    one, two = (chime() + sound(*call) + silence(0.1) for call in CALLS[:2])
    assert callable(spoil)
    heard = found(spoil(one, two), CALLS)
    assert (heard == ["A000", "B001"]) == (verdict == ["A000", "B001"])
    if "?" not in verdict:
        assert heard == verdict
