"""Writing what was prepared: everything or nothing, and never over somebody's work unasked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class Refused(Exception):
    """Not done; the text says why and what to do. One line for the technician at the terminal."""


@dataclass(frozen=True, slots=True)
class File:
    """What a file shall hold. secret: readable by its owner alone."""

    text: str
    secret: bool = False


def write_all(folder: Path, files: Mapping[str, File], *, force: bool) -> list[Path]:
    """Write these files below the folder; returns those that changed. A file that already holds the same is left.

    Refused, before anything is written, if one is there with other content and `force` was not given.
    """
    wanted = {folder / name: file for name, file in files.items()}
    changed = {path: file for path, file in wanted.items() if _held(path) != file.text}
    taken = sorted(str(path) for path in changed if path.exists())
    if taken and not force:
        raise Refused(f"not overwritten: {', '.join(taken)}. Add --force to replace, or choose another --out.")
    for path, file in changed.items():
        write(path, file)
    return sorted(changed)


def write(path: Path, file: File) -> None:
    """Put the file there whole: a cut leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    mode = 0o600 if file.secret else 0o644
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as out:
        out.write(file.text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The names in it are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _held(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
