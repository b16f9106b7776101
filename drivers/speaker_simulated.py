"""A speaker without sound: what it would say is written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from drivers.chime import SECONDS as CHIME_SECONDS
from drivers.clock import HALL_TIME
from drivers.events import PartFailed, PartMended
from drivers.faults import known_fault
from drivers.protocols import PartMissing, Place, Post, Utterance
from drivers.speaker_thread import Performance, SpeakerThread
from drivers.speaker_volume import USUAL, Loudness, Quiet

FAULTS: Final = {
    "missing": "card-missing", "busy": "card-busy", "lost": "card-lost", "no-voice": "voice-missing",
    "no-language": "no-voice", "language-silent": "language-silent", "voice-failed": "voice-failed",
    "clip-damaged": "clip-damaged",
}  # fmt: skip
# The voice speaks in the recording's place, or in the other languages.
HEARD: Final = frozenset({"clip-damaged", "language-silent"})


class SimulatedSpeaker:
    """Implements drivers.protocols.Speaker; the same queue as the real one.

    pace: characters a minute at which it speaks, a second and a third for a chime; 0: each is said at once.
    Every utterance adds a line to `<recordings>/voice/<device>.jsonl` when it ends: `time`, `id`, `chime`, `phrases`
    (`lang`, `text`), `volume`, and `outcome`: `said`, or why not.

    Bench: `look` (how many ended, and the last one's line); `fault` name: missing, busy, lost (the card), no-voice,
    no-language, language-silent, voice-failed, clip-damaged; `mend`.
    """

    def __init__(self, post: Post, place: Place, *, pace: float = 0.0, volume: int = USUAL, quiet: Quiet = ()) -> None:
        if pace < 0:
            raise ValueError(f"a pace is not negative, {pace} is")
        self._pace = pace
        self._loudness = Loudness(volume, quiet)
        self._post, self._part = post, place.part
        self._fault = ""
        self._count = 0
        self._last: Mapping[str, Any] | None = None
        self._record = None
        if place.recordings is not None:
            self._record = place.recordings / "voice" / f"{place.device}.jsonl"
            try:
                self._record.parent.mkdir(parents=True, exist_ok=True)
                self._record.touch()
            except OSError as fault:
                tried = f"cannot record in {self._record}: {fault.strerror}"
                raise PartMissing(place.part, tried, "Choose another folder for `recordings`") from fault
        self._thread = SpeakerThread(place.part, post, self._perform, ended=self._ended)
        self._thread.start()
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    def say(self, utterance: Utterance) -> None:
        self._thread.say(utterance)

    def close(self) -> None:
        self._thread.close()

    # --- the thread ------------------------------------------------------------------------------------------

    def _perform(self, utterance: Utterance) -> Performance:
        if self._fault and self._fault not in HEARD:
            return self._fault
        if self._pace:
            characters = sum(len(phrase.text) for phrase in utterance.phrases)
            yield CHIME_SECONDS * utterance.chime + characters * 60 / self._pace
        return ""

    def _ended(self, utterance: Utterance, outcome: str) -> None:
        line = {
            "time": datetime.now(HALL_TIME).isoformat(timespec="milliseconds"),  # read beside the hall's records (R115)
            "id": utterance.id,
            "chime": utterance.chime,
            "phrases": [{"lang": phrase.lang, "text": phrase.text} for phrase in utterance.phrases],
            "volume": self._loudness.at(datetime.now(HALL_TIME), utterance.volume),
            "outcome": outcome,
        }
        if self._record is not None:
            with self._record.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._last = line
        self._count += 1

    # --- the bench's hand, on its thread ---------------------------------------------------------------------

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        match request:
            case {"do": "look"}:
                pass
            case {"do": "fault"}:
                self._tell(FAULTS[known_fault("speaker", request.get("name"), FAULTS)])
            case {"do": "mend"}:
                self._tell("")
            case _:
                raise ValueError("a speaker understands `look`, `fault` (name) and `mend`")
        return {"count": self._count, "last": self._last, "fault": self._fault}

    def _tell(self, code: str) -> None:
        before, self._fault = self._fault, code
        if code != before:
            self._post(PartFailed(self._part, code, "simulated") if code else PartMended(self._part))
