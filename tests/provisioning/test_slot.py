"""A slot: one folder in force, the one before it kept, a new one put in force whole or not at all."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from provisioning.files import Refused
from provisioning.slot import CURRENT, SUMS, Slot, damage


def filled(slot: Slot, text: str) -> Path:
    """A new folder with this text, in force."""

    def make(folder: Path) -> None:
        (folder / "inner").mkdir()
        (folder / "inner" / "file").write_text(text)

    made = slot.fill("x", make)
    slot.switch(made)
    slot.sweep()
    return made


def test_the_newest_is_in_force_and_the_one_before_it_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    slot = Slot(tmp_path / "slot")
    first, second, third = [filled(slot, text) for text in "abc"]
    assert slot.current == third
    assert (slot.folder / CURRENT / "inner" / "file").read_text() == "c"
    assert [path.exists() for path in (first, second, third)] == [False, True, True]


def test_going_back_puts_the_one_before_in_force_again(tmp_path: Path) -> None:
    slot = Slot(tmp_path / "slot")
    assert slot.current is None
    with pytest.raises(Refused, match="has nothing in force"):
        slot.back()
    first = filled(slot, "a")
    with pytest.raises(Refused, match="none to go back to"):
        slot.back()
    filled(slot, "b")
    assert slot.back() == slot.current == first


def test_a_folder_whose_making_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    slot = Slot(tmp_path / "slot")
    first = filled(slot, "a")

    def fails(folder: Path) -> None:
        (folder / "half").write_text("half")
        (folder / "no" / "room").write_text("half")

    with pytest.raises(FileNotFoundError):
        slot.fill("y", fails)
    assert slot.current == first
    assert {path.name for path in slot.folder.iterdir()} == {CURRENT, first.name}


def test_what_a_cut_left_half_made_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    slot = Slot(tmp_path / "slot")
    first = filled(slot, "a")
    (slot.folder / "2-half").mkdir()
    (slot.folder / "2-half" / "file").write_text("half")
    (slot.folder / f".{CURRENT}.new").symlink_to("2-half")
    second = filled(slot, "b")
    assert {path.name for path in slot.folder.iterdir()} == {CURRENT, first.name, second.name}


@pytest.mark.parametrize("hurt", ["inner/file", SUMS])
def test_a_folder_that_is_not_what_was_installed_is_not_put_in_force(hurt: str, tmp_path: Path) -> None:
    slot = Slot(tmp_path / "slot")
    first, second = filled(slot, "a"), filled(slot, "b")
    assert damage(first) == ""
    (first / hurt).write_text("something else")
    with pytest.raises(Refused, match=f"is not put in force: {hurt if hurt != SUMS else 'its SHA256SUMS is cut off'}"):
        slot.back()
    (first / hurt).unlink()
    with pytest.raises(Refused, match="is not put in force"):
        slot.back()
    assert slot.current == second


def test_its_seal_is_one_that_a_technician_can_check_by_hand(tmp_path: Path) -> None:
    made = filled(Slot(tmp_path / "slot"), "a")
    subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=made, check=True, capture_output=True)
