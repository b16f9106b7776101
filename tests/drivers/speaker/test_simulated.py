"""The simulated speaker's record and bench."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from drivers.events import NotSaid, PartFailed, PartMended, Said
from drivers.protocols import PartMissing, Place, Spoken, Utterance
from drivers.speaker_simulated import SimulatedSpeaker
from tests.drivers.display.screens import FakeBench
from tests.drivers.speaker.speakers import Ear, call

TWO = Utterance("a", (Spoken("zh", "请A零一二号到三号窗口"), Spoken("en", "Ticket A 0 1 2, window 3")), volume=60)


@pytest.fixture
def bench() -> FakeBench:
    return FakeBench()


@pytest.fixture
def speaker(ear: Ear, bench: FakeBench, tmp_path: Path) -> Iterator[SimulatedSpeaker]:
    with closing(SimulatedSpeaker(ear.post, Place("board-1", "speaker", bench, tmp_path))) as made:
        yield made


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "voice" / "board-1.jsonl").read_text("utf-8").splitlines()]


def test_what_was_said_is_written_down_before_it_is_told(speaker: SimulatedSpeaker, ear: Ear, tmp_path: Path) -> None:
    speaker.say(TWO)
    assert ear.next() == Said("a")
    (line,) = lines(tmp_path)
    assert datetime.fromisoformat(line.pop("time")).utcoffset() is not None
    assert line == {
        "id": "a",
        "chime": True,
        "phrases": [
            {"lang": "zh", "text": "请A零一二号到三号窗口"},
            {"lang": "en", "text": "Ticket A 0 1 2, window 3"},
        ],
        "volume": 48,
        "outcome": "said",
    }


def test_what_was_not_said_is_written_down_too(speaker: SimulatedSpeaker, ear: Ear, tmp_path: Path) -> None:
    speaker.say(call("a"))
    speaker.say(call("a"))
    ear.ends(2)
    assert [(line["id"], line["outcome"]) for line in lines(tmp_path)] == [("a", "said"), ("a", "repeated")]


def test_there_is_a_record_before_anything_was_said(speaker: SimulatedSpeaker, tmp_path: Path) -> None:
    assert lines(tmp_path) == []


def test_a_look_tells_how_many_ended_and_how_the_last_one_did(
    speaker: SimulatedSpeaker, ear: Ear, bench: FakeBench
) -> None:
    assert bench.do("board-1", "speaker", do="look") == {"count": 0, "last": None, "fault": ""}
    speaker.say(call("a", "请"))
    speaker.say(call("b", "到", chime=False))
    ear.ends(2)
    look = bench.do("board-1", "speaker", do="look")
    assert (look["count"], look["last"]["id"], look["last"]["outcome"]) == (2, "b", "said")


def test_a_speaker_understands_nothing_but_what_it_says(speaker: SimulatedSpeaker, bench: FakeBench) -> None:
    with pytest.raises(ValueError, match="understands `look`, `fault`"):
        bench.do("board-1", "speaker", do="tap")


@pytest.mark.req("R143")
@pytest.mark.parametrize(
    ("utterance", "seconds"), [(TWO, 1.3 + 35 / 2), (call("b", "请到"), 1.3 + 1), (call("c"), 1.3)]
)
def test_at_a_pace_it_takes_as_long_as_people_would_listen(ear: Ear, utterance: Utterance, seconds: float) -> None:
    with closing(SimulatedSpeaker(ear.post, Place("board-1", "speaker"), pace=120)) as speaker:
        assert next(speaker._perform(utterance)) == pytest.approx(seconds)


def test_a_record_that_cannot_be_kept_is_told_and_the_hall_goes_on(
    speaker: SimulatedSpeaker, ear: Ear, tmp_path: Path
) -> None:
    record = tmp_path / "voice" / "board-1.jsonl"
    record.unlink()
    record.mkdir()
    speaker.say(call("a"))
    failed, said = ear.next(), ear.next()
    assert isinstance(failed, PartFailed)
    assert "IsADirectoryError" in failed.detail
    assert said == Said("a")


def test_a_folder_that_cannot_be_made_is_a_missing_part(ear: Ear, tmp_path: Path) -> None:
    (tmp_path / "voice").touch()
    with pytest.raises(PartMissing, match="cannot record in"):
        SimulatedSpeaker(ear.post, Place("board-1", "speaker", None, tmp_path))


def test_a_negative_pace_is_refused(ear: Ear) -> None:
    with pytest.raises(ValueError, match="-1"):
        SimulatedSpeaker(ear.post, Place("board-1", "speaker"), pace=-1)


@pytest.mark.parametrize(
    ("fault", "code"), [("missing", "card-missing"), ("busy", "card-busy"), ("no-voice", "voice-missing")]
)
def test_a_fault_by_name_is_told_once_and_nothing_is_said_until_it_is_mended(
    speaker: SimulatedSpeaker, ear: Ear, bench: FakeBench, fault: str, code: str
) -> None:
    for _ in range(2):
        assert bench.do("board-1", "speaker", do="fault", name=fault)["fault"] == code
    speaker.say(call("a"))
    assert [ear.next(), ear.next()] == [PartFailed("speaker", code, "simulated"), NotSaid("a", code)]
    bench.do("board-1", "speaker", do="mend")
    assert ear.next() == PartMended("speaker")
    speaker.say(call("b"))
    assert ear.next() == Said("b")


def test_a_fault_it_does_not_have_is_refused_with_those_it_has(bench: FakeBench, speaker: SimulatedSpeaker) -> None:
    with pytest.raises(ValueError, match=r"a speaker has no fault 'mising'; it has busy, .*, voice-failed\. Did you"):
        bench.do("board-1", "speaker", do="fault", name="mising")
