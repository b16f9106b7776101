"""The crash-state explorer: what it finds in the product (nothing), and that it finds what was put there."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from tests.faults import power_cuts
from tests.faults.crash.calls import Mark
from tests.faults.crash.explore import Found, Sample, Share, explore, walk
from tests.faults.crash.found import AROUND, FOLDER, keep, read, replay
from tests.faults.crash.planted import PLANTED
from tests.faults.crash.traces import Recipe, Trace, trace

ONE_LIFE = Recipe(1, lives=1)
HURT_AT = 55  # the fdatasync of a desk's commit, its bytes just written


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """One life of the product as it is, to its end at the wall."""
    return trace(tmp_path_factory.mktemp("sound"), ONE_LIFE)


def walked(traced: Trace, states: int = 400) -> Found:
    return explore(traced.calls, traced.root, states, 1, processes=1)


@pytest.mark.req("R126", "R287")
@pytest.mark.timeout(180)
def test_no_power_cut_out_of_20000_loses_or_doubles_what_was_acknowledged() -> None:
    outcome = power_cuts.run(False, None)
    assert outcome.tried == 20_000
    assert outcome.kept, outcome.why


@pytest.mark.long
@pytest.mark.timeout(60)
@pytest.mark.parametrize("planted", ["normal", "early"])
def test_a_writer_that_promises_too_early_is_caught(planted: str, tmp_path: Path) -> None:
    traced = trace(tmp_path, ONE_LIFE, planted=planted)
    found = walked(traced)
    assert found.wrong.get("lost", 0) > 10
    again = walk(Share(traced.calls, str(traced.root), 0, 1, 0, 0, 1, 0, found.examples[0]))
    assert (again.tried, again.examples[0].wrong) == (1, found.examples[0].wrong), "this very state can be made again"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("fixture", sorted(FOLDER.glob("*.tar.gz")), ids=lambda path: path.name)
def test_what_was_once_found_is_mended(fixture: Path) -> None:
    found = replay(read(fixture))
    assert found.wrong == {}, found.examples[0].wrong


@pytest.mark.long
@pytest.mark.timeout(60)
def test_what_was_once_found_would_be_found_again_in_the_same_place(tmp_path: Path) -> None:
    """The start that took for safe what a killed life had never synced, as in found/."""
    kept = read(FOLDER / "1-343-0-lost.tar.gz")
    found = replay(kept, planted="unsynced-start")
    assert found.wrong.get("lost", 0) > 10
    assert found.tried >= AROUND
    (written,) = keep(found.examples[:1], kept.recipe, tmp_path / "found")
    assert read(written).example.wrong.kind == kept.example.wrong.kind


@pytest.mark.long
@pytest.mark.timeout(60)
def test_a_start_that_takes_for_safe_what_a_failed_sync_gave_up_is_caught(tmp_path: Path) -> None:
    found = walked(trace(tmp_path, Recipe(1, (0, HURT_AT)), planted="unsynced-start"))
    assert found.wrong.get("lost", 0) > 0


@pytest.mark.timeout(60)
def test_a_folder_that_is_never_synced_is_caught_and_the_same_writer_with_syncs_is_not(sound: Trace) -> None:
    assert walked(sound).wrong == {}
    assert walked(sound.without_folder_syncs()).wrong.get("lost", 0) > 10


@pytest.mark.timeout(60)
def test_a_hall_started_again_without_what_was_seen_is_caught(sound: Trace) -> None:
    found = explore(sound.calls, sound.root, 100, 1, processes=1, samples=1)
    sample = found.samples[-1]
    assert power_cuts.go_on([sample], processes=1) == []
    held = Sample(sample.moment, sample.files, sample.seen | {"ticket 20261123-B012"})
    (wrong,) = power_cuts.go_on([held], processes=1)
    assert (wrong.kind, wrong.what) == ("lost", "somebody holds 20261123-B012, and the book has it 0 times")
    empty = Sample(sample.moment, {}, sample.seen | {"ticket 20261123-A001"})
    assert "doubled" in {wrong.kind for wrong in power_cuts.go_on([empty], processes=1)}


@pytest.mark.timeout(60)
def test_the_same_seed_tries_the_same_states(sound: Trace) -> None:
    one, other = (walked(sound.without_folder_syncs(), 200) for _ in range(2))
    assert (one.tried, one.opened, one.wrong) == (other.tried, other.opened, other.wrong)
    assert [(e.moment, e.wrong, e.choices) for e in one.examples] == [
        (e.moment, e.wrong, e.choices) for e in other.examples
    ]


@pytest.mark.timeout(60)
def test_a_writer_promises_everything_that_a_hall_promises(sound: Trace) -> None:
    marks = [json.loads(call.text) for call in sound.calls if isinstance(call, Mark)]
    seen = {tag.split()[0] for mark in marks if mark["k"] == "saw" for tag in mark["tags"]}
    assert seen == {"record", "row", "ticket", "allotted", "block", "called", "rating", "pause"}


@pytest.mark.timeout(60)
def test_a_state_in_which_something_is_wrong_is_kept_whole(sound: Trace, tmp_path: Path) -> None:
    example = walked(sound.without_folder_syncs(), 200).examples[0]
    (fixture,) = keep([example], ONE_LIFE, tmp_path / "found")
    assert fixture.name == f"1-{example.moment}-0-{example.wrong.kind}.tar.gz"
    with tarfile.open(fixture) as archive:
        names = set(archive.getnames())
        said = archive.extractfile("wrong.txt")
        assert said is not None
        assert said.read().decode() == f"{example.wrong.unit}: {example.wrong.what}\n"
    disks = {str(Path(unit).with_name(Path(p).name)) for unit, disk in example.files.items() for p in disk}
    assert names == {"state.json", "wrong.txt", *disks}
    kept = read(fixture)
    assert (kept.recipe, kept.example.moment, kept.example.wrong) == (ONE_LIFE, example.moment, example.wrong)
    assert [c.names for c in kept.example.choices.values()] == [c.names for c in example.choices.values()]


def test_nobody_knows_other_defects_than_these() -> None:
    assert set(PLANTED) == {"normal", "early", "unsynced-start"}
