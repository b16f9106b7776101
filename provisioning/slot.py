"""What a machine starts from, replaced so that a cut at any step leaves the old or the new, never neither.

Everything that belongs together lies in one folder below the slot, as `3-0.1.0`; the link `current` says which one is
in force. The new folder is written and the file system synced before the link is replaced, by a rename, and the slot's
own folder synced after it. The folder that was in force stays, for going back.

Standard library alone: the first release is put on a machine that has nothing yet.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from provisioning.files import Refused, sync_folder

CURRENT: Final = "current"
BEFORE: Final = "before"  # in each folder: the name of the one that was in force when it was made
SUMS: Final = "SHA256SUMS"  # in each folder, written last; as of `sha256sum -c`
NUMBERED: Final = re.compile(r"(\d+)-.+")


@dataclass(frozen=True, slots=True)
class Slot:
    """A folder of such folders."""

    folder: Path

    @property
    def current(self) -> Path | None:
        """What is in force; None before anything was."""
        link = self.folder / CURRENT
        return self.folder / link.readlink() if link.is_symlink() else None

    def fill(self, what: str, make: Callable[[Path], None]) -> Path:
        """A new folder, made by `make`, sealed and on the disk; not yet in force. Whatever `make` raises."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sweep()
        numbers = [int(found[1]) for path in self.folder.iterdir() if (found := NUMBERED.fullmatch(path.name))]
        made = self.folder / f"{max(numbers, default=0) + 1}-{what}"
        made.mkdir()
        try:
            make(made)
        except BaseException:
            shutil.rmtree(made)
            raise
        now = self.current
        (made / BEFORE).write_text(now.name if now else "", "utf-8")
        sums = [f"{_sum(path)}  {path.relative_to(made)}\n" for path in _files(made)]
        (made / SUMS).write_text("".join(sums), "utf-8")
        _sync_all(made)
        return made

    def switch(self, made: Path) -> None:
        """From now on this one is in force. Refused if it is not whole."""
        if wrong := damage(made, last=BEFORE):
            raise Refused(f"{made} is not put in force: {wrong}")
        link(self.folder / CURRENT, Path(made.name))

    def back(self) -> Path:
        """The folder that was in force before this one is so again. Refused if there is none, or it is not whole."""
        now = self.current
        if now is None:
            raise Refused(f"{self.folder} has nothing in force. Is it /opt/hallside, or a /etc/hallside/<station>.d?")
        name = (now / BEFORE).read_text("utf-8")
        if not name:
            raise Refused(f"{now} is the first one: there is none to go back to.")
        self.switch(self.folder / name)
        return self.folder / name

    def sweep(self) -> None:
        """Leave what is in force and what was before it; the rest was cut off half way or is older."""
        now = self.current
        left = {now.name, (now / BEFORE).read_text("utf-8")} if now else set()
        for path in list(self.folder.iterdir()):
            if NUMBERED.fullmatch(path.name) and path.name not in left:
                shutil.rmtree(path)


def damage(made: Path, *, last: str = "") -> str:
    """What is wrong with a folder, judged by its own sums; "" if it is whole. last: whose sum must end them."""
    try:
        lines = (made / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return f"its {SUMS} cannot be read ({error})"
    if last and (not lines or lines[-1].partition("  ")[2] != last):
        return f"its {SUMS} is cut off"
    for line in lines:
        wanted, _, name = line.partition("  ")
        if not name or not name.isprintable() or Path(name).is_absolute() or ".." in Path(name).parts:
            return f"its {SUMS} has a line that names no file in it"
        try:
            found = _sum(made / name)
        except OSError as error:
            return f"{name[:100]}: {error.strerror}"
        if found != wanted:
            return f"{name[:100]} is not what was installed"
    return ""


def link(path: Path, target: Path) -> None:
    """`path` becomes a link to `target`, in one step. Does nothing if it is one already."""
    if path.is_symlink() and path.readlink() == target:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    sync_folder(path.parent)  # or it might come back as a link to nowhere
    beside.replace(path)
    sync_folder(path.parent)


def _files(folder: Path) -> list[Path]:
    """In an order that ends with BEFORE: so it is seen whether the list is whole."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(files, key=lambda path: (path == folder / BEFORE, path))


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_all(folder: Path) -> None:
    """One syncfs for a release's thousands of files, which on a card would take minutes one by one."""
    done = subprocess.run(["sync", "--file-system", str(folder)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused(f"the disk did not take it: {done.stderr.strip()}. Look at the card (technician)")
