"""What a disk may have lost: exactly what was not synced, in every way in which disks lose it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.crash.calls import Call, Open, Rename, Sync, Truncate, Unlink, Write, calls
from tests.faults.crash.disk import Disk, Rules, some_fates

A, B = "/d/a.db", "/d/a.db-wal"


def outcomes(
    done: list[Call], rules: Rules, *, folder: bool = False, tries: int = 400
) -> set[tuple[tuple[str, bytes], ...]]:
    """Every state that came up."""
    disk, dice = Disk(), random.Random(1)
    for call in done:
        disk.call(call)
    if folder:
        disk.sync_folder()
    return {tuple(sorted(disk.state(dice, rules).files.items())) for _ in range(tries)}


def test_what_was_synced_is_there_in_every_state() -> None:
    done: list[Call] = [Open(A), Write(A, 0, b"old"), Sync(A)]
    assert outcomes(done, "strict", folder=True) == {((A, b"old"),)}
    assert outcomes(done, "ext4") == {((A, b"old"),)}


def test_under_strict_rules_a_new_file_is_gone_until_its_folder_is_synced() -> None:
    done: list[Call] = [Open(A), Write(A, 0, b"old"), Sync(A)]
    assert outcomes(done, "strict") == {(), ((A, b"old"),)}


def test_of_two_unsynced_writes_none_one_either_or_both_survive() -> None:
    done: list[Call] = [Open(A), Sync(A), Write(A, 0, b"x"), Write(A, 1, b"y")]
    found = {dict(state)[A] for state in outcomes(done, "ext4")}
    assert {b"", b"x", b"\0y", b"xy", b"\0\0"} <= found


def test_a_write_is_torn_at_512_bytes_and_at_4096() -> None:
    done: list[Call] = [Open(A), Sync(A), Write(A, 24, b"z" * 8192)]
    found = [dict(state)[A] for state in outcomes(done, "ext4", tries=3000)]
    edges = {k for data in found for k in range(25, len(data)) if (data[k] == 0) != (data[k - 1] == 0)}
    assert all(edge % 512 == 0 for edge in edges)
    assert {512, 4096} <= edges


def test_an_unsynced_rename_or_removal_leaves_the_old_the_new_or_under_strict_rules_both() -> None:
    done: list[Call] = [Open(A), Write(A, 0, b"1"), Sync(A), Open(B), Write(B, 0, b"2"), Sync(B)]
    moved = [*done, Rename(B, A)]
    assert outcomes(moved, "ext4") == {((A, b"1"), (B, b"2")), ((A, b"1"),), ((A, b"2"),)}
    assert ((A, b"2"),) in outcomes(moved, "ext4")
    assert outcomes([*done, Unlink(B)], "ext4") == {((A, b"1"),), ((A, b"1"), (B, b"2"))}


def test_an_unsynced_truncation_may_have_happened_or_not() -> None:
    done: list[Call] = [Open(A), Write(A, 0, b"1234"), Sync(A), Truncate(A, 2)]
    assert outcomes(done, "ext4") == {((A, b"12"),), ((A, b"1234"),)}


def test_a_disk_on_which_all_is_synced_has_one_state() -> None:
    disk = Disk()
    for call in (Open(A), Write(A, 0, b"1"), Sync(A)):
        disk.call(call)
    disk.sync_folder()
    assert len({disk.state(random.Random(seed), "strict").key for seed in range(50)}) == 1
    disk.call(Write(A, 0, b"2"))
    assert len({disk.state(random.Random(seed), "strict").key for seed in range(50)}) > 1
    assert some_fates(random.Random(1), []) == []


def test_a_call_that_cannot_be_followed_ends_the_trace(tmp_path: Path) -> None:
    def hexed(text: str) -> str:
        return "".join(f"\\x{byte:02x}" for byte in text.encode())

    log, path = tmp_path / "trace", f"{tmp_path}/disks/a.db"
    log.write_text(f'7 pwritev(3<{hexed(path)}>, [{{iov_base="\\x41", iov_len=1}}], 1, 0) = 1\n')
    with pytest.raises(ValueError, match="cannot be followed"):
        list(calls(log, tmp_path / "disks", tmp_path / "marks"))
    log.write_text(f'7 pwrite64(3<{hexed(path)}>, "\\x41\\x42", 2, 9) = 2\n')
    assert list(calls(log, tmp_path / "disks", tmp_path / "marks")) == [Write(path, 9, b"AB")]


@pytest.mark.parametrize("rules", ["strict", "ext4"])
def test_a_state_can_be_made_again_from_what_was_drawn_for_it_unless_the_files_have_changed(rules: Rules) -> None:
    disk, dice = Disk(), random.Random(1)
    for call in (Open(A), Write(A, 0, b"a" * 9000), Open(B), Write(B, 0, b"b" * 900), Truncate(B, 700)):
        disk.call(call)
    for _ in range(100):
        state = disk.state(dice, rules)
        again = disk.again(state.choice)
        assert again is not None
        assert (again.key, again.files) == (state.key, state.files)
    for path in (A, B):
        disk.call(Write(path, 0, b"more"))
    disk.call(Unlink(A))
    assert disk.again(state.choice) is None
