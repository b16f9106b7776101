"""Recordings that nobody will hear, because a file or its folder is not called as a piece of this hall's voice.

Who records knows only the names that `hallside voice build --list` says; a capital letter, a mark at the end or `.WAV`
is enough, and the piece is as missing as before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from drivers.voice_clips import file_name

SHOWN: Final = 3  # names of files that are no piece's; whole phrases may be recorded too, and be hundreds
HOMES: Final = (Path("/home"), Path("/root"))  # its unit says ProtectHome


def out_of_sight(recorded: Path) -> Iterator[str]:
    """A line if the station's service cannot look there, and this command could."""
    if any(recorded.resolve().is_relative_to(home) for home in HOMES):
        yield f"{recorded}: the service sees nobody's home. Put them beside the config, and correct `recorded`."


def strays(recorded: Path, wanted: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A line for each thing in the folder of recordings that is no piece's, with what it should be called if that is
    plain. wanted: languages and words of the pieces."""
    names: dict[str, set[str]] = {}
    for lang, words in wanted:
        names.setdefault(lang, set()).add(f"{file_name(words)}.wav")
    try:
        found = _seen(recorded)
    except OSError as fault:
        yield f"{recorded}: {fault.strerror}. The loudspeaker's `recorded` names it: make it, or correct the path."
        return
    for folder in found:
        if folder.name not in names or not folder.is_dir():
            yield f"{folder}: nobody hears it. Recordings lie in folders named after languages: {', '.join(names)}."
            continue
        yield from _misnamed(folder, names[folder.name])


def _misnamed(folder: Path, names: set[str]) -> Iterator[str]:
    others = []
    for path in _seen(folder):
        if path.name in names:
            continue
        meant = f"{file_name(unicodedata.normalize('NFC', path.stem))}.wav"
        if meant not in names:
            others.append(path.name)
        elif path.suffix.lower() == ".wav":
            yield f"{path}: nobody hears it. Call it {meant}."
        else:
            yield f"{path}: nobody hears it. Save it as {meant}, WAV, 16 bit."
    if others:
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        called = f"{', '.join(others[:SHOWN])}{more}"
        yield f"{folder}: no piece is called {called}. Heard only where the whole of what is said is the name."


def _seen(folder: Path) -> list[Path]:
    """Without what programs hide there."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
