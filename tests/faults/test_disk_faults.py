"""N7: every call of journal and book fails once; and the suite sees what it is there to see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import disk_faults
from tests.faults.disk_faults import Fault, Try, lived, tried, wrongs


@pytest.mark.timeout(180)
def test_whatever_call_fails_nothing_acknowledged_is_lost_and_work_goes_on_once_the_disk_is_mended() -> None:
    outcome = disk_faults.run(False, None)
    assert outcome.tried > 100
    assert outcome.kept, outcome.why


def test_a_failed_sync_ends_the_process_with_a_word_for_the_technician(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    one = lived(folder, [Fault("fdatasync", 11, "EIO")])
    assert one.status == 74
    assert one.said.startswith("broken: ")
    assert not one.late
    assert 0 < len(one.promised) < 5


def test_what_is_lost_twice_silent_or_synced_again_is_seen(tmp_path: Path) -> None:
    sound = Try(0, ("j 1", "j 2", "j 3", "b 1", "b 2"), "", False)
    (tmp_path / "a").mkdir()
    assert {kind for kind, _ in wrongs(tmp_path / "a", [sound])} == {"lost"}
    (tmp_path / "b").mkdir()
    assert lived(tmp_path / "b").promised == sound.promised
    assert wrongs(tmp_path / "b", [sound]) == []
    worse = [Try(1, (), "Traceback", False), Try(74, (), "alas", False), Try(0, ("j 1",), "", True)]
    assert sorted(kind for kind, _ in wrongs(tmp_path / "b", [sound, *worse])) == ["doubled", *["failed"] * 3]


def test_what_is_acknowledged_after_a_failed_sync_is_seen() -> None:
    failed = "fdatasync(5</d/journal.db-wal>) = -1 EIO (Input/output error) (INJECTED)"
    said = 'write(1</d.said>, "j 1", 3) = 3'
    assert not disk_faults.late([said, failed, "fdatasync(6</d/book.db-wal>) = 0"])
    assert disk_faults.late([failed, "fdatasync(5</d/journal.db-wal>) = 0", said])


def test_a_fault_that_was_never_reached_breaks_nothing(tmp_path: Path) -> None:
    assert tried(tmp_path / "disk", [Fault("fdatasync", 10_000, "EIO")]) == []
