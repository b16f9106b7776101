"""N10: what an update that is cut leaves, and that an update which does not sync is caught."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults import swaps
from tests.faults.crash.calls import Call, Mkdir, Open, Rename, Symlink, Sync, SyncAll, Unlink, Write
from tests.faults.crash.tree import Entry, Tree
from tests.faults.swap_writer import PLANTED


@pytest.mark.timeout(120)
def test_an_update_cut_at_any_step_boots_the_old_or_the_new() -> None:
    outcome = swaps.run(False, None)
    assert outcome.kept, outcome.why
    assert outcome.tried > 1_000


@pytest.mark.timeout(60)
@pytest.mark.parametrize("planted", sorted(PLANTED))
def test_an_update_that_does_not_sync_is_caught(planted: str, tmp_path: Path) -> None:
    seen, _ = swaps.cuts(tmp_path, 1, planted=planted)
    assert seen.wrong


def names(root: Path, *calls: Call) -> set[tuple[tuple[str, Entry], ...]]:
    """Every state that a cut after these calls may leave."""
    tree = Tree(root)
    for call in calls:
        tree.call(call)
    states = tree.states(random.Random(1))
    return {tuple((path.removeprefix(f"{root}/"), entry) for path, entry in sorted(state.items())) for state in states}


def test_a_link_that_is_replaced_without_its_folder_synced_may_be_the_old_the_new_none_or_one_to_nowhere(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").symlink_to("old")
    at, beside = str(tmp_path / "a"), str(tmp_path / "b")
    old, new, nowhere = ("a", ("link", b"old")), ("a", ("link", b"new")), ("a", ("link", b""))
    unsynced = names(tmp_path, Symlink(beside, "new"), Rename(beside, at))
    assert {(old,), (new,), (nowhere,)} <= unsynced
    synced = names(tmp_path, Symlink(beside, "new"), Sync(str(tmp_path)), Rename(beside, at))
    assert {next((entry for entry in state if entry[0] == "a"), None) for state in synced} == {old, new}
    assert names(tmp_path, Symlink(beside, "new"), Rename(beside, at), SyncAll(at)) == {(new,)}


def test_a_folder_that_is_not_there_takes_along_what_was_in_it(tmp_path: Path) -> None:
    inside, deep = str(tmp_path / "in"), str(tmp_path / "in" / "deep")
    made = names(tmp_path, Mkdir(inside), Open(deep), Write(deep, 0, b"x"), Sync(deep), Sync(inside))
    folder = ("in", ("folder", b""))
    assert made == {(), (folder, ("in/deep", ("file", b"x")))}
    gone = names(tmp_path, Mkdir(inside), Open(deep), SyncAll(deep), Unlink(deep), Unlink(inside))
    assert gone == {(), (folder,), (folder, ("in/deep", ("file", b"")))}
