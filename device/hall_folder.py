"""The folder of a hall that runs on this machine: its own, short-lived, and gone when the hall is.

A hall that was killed with -9 cannot tidy up; the next one does. Whose hall still runs is told by a lock, which the
kernel takes away from the dead.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from drivers.protocols import PartMissing

LOCK: Final = "lock"
SHOWN: Final = "shown"  # marks a hall that `hallside sim` may mean
CURRENT: Final = "current"
LONGEST_NAME: Final = len("hall-12345678/coordinator.notify")
SOCKET_BYTES: Final = 107  # sun_path less its end (unix(7))


def home() -> Path:
    """This user's folder for halls that run now."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return Path(runtime) / "hallside" if runtime else Path(f"/tmp/hallside-{os.getuid()}")  # noqa: S108  made 0700


@contextlib.contextmanager
def hall_folder() -> Iterator[Path]:
    """A folder for one hall, removed with all that is in it. PartMissing if none can be made there."""
    base = home()
    if len(os.fsencode(base)) + 1 + LONGEST_NAME > SOCKET_BYTES:
        raise PartMissing("hall", f"{base} is too long a path for sockets", "Set XDG_RUNTIME_DIR to a shorter one")
    try:
        folder = _made(base)
    except OSError as error:
        tried = f"{base}: {error.strerror}"
        raise PartMissing("hall", tried, "Set XDG_RUNTIME_DIR to a folder of your own") from error
    lock = _locked(folder)
    try:
        _sweep(base)
        yield folder
    finally:
        current = base / CURRENT
        if current.is_symlink() and (current.readlink() == folder or not current.exists()):
            current.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
        with contextlib.suppress(OSError):
            base.rmdir()
        if base.exists() and not current.is_symlink():
            _hand_over(base)


def make_current(folder: Path) -> None:
    """From now on `hallside sim` means this hall, and when it ends the newest of those that still run."""
    (folder / SHOWN).touch()
    link = folder.parent / f".{folder.name}"
    link.symlink_to(folder)
    link.replace(folder.parent / CURRENT)


def make_folder(option: str, folder: Path) -> None:
    """A folder that somebody asked for on the command line. PartMissing if it is not to be had."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PartMissing(option, f"{folder}: {error.strerror}", "Choose another folder") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PartMissing(option, f"{folder} cannot be written", "Choose another folder")


def _made(base: Path) -> Path:
    while True:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        if base.stat().st_uid != os.getuid():
            raise PartMissing("hall", f"{base} belongs to somebody else", "Remove it, or set XDG_RUNTIME_DIR")
        with contextlib.suppress(FileNotFoundError):  # another hall of ours has just ended and tidied up
            return Path(tempfile.mkdtemp(prefix="hall-", dir=base))


def _locked(folder: Path) -> int:
    """Locked before it has its name, so that nobody finds it free."""
    lock = os.open(folder / f".{LOCK}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    (folder / f".{LOCK}").rename(folder / LOCK)
    return lock


def _sweep(base: Path) -> None:
    """What halls left that were killed."""
    for folder in base.glob("hall-*"):
        if (folder / LOCK).exists() and not runs(folder):
            shutil.rmtree(folder, ignore_errors=True)


def runs(folder: Path) -> bool:
    """Whether the hall of this folder still runs."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def _hand_over(base: Path) -> None:
    """`hallside sim` means the newest hall that still runs, if there is one."""
    others = [folder for folder in base.glob("hall-*") if (folder / SHOWN).exists() and runs(folder)]
    if others:
        with contextlib.suppress(OSError):  # it has just ended too
            make_current(max(others, key=lambda folder: (folder / SHOWN).stat().st_mtime_ns))
