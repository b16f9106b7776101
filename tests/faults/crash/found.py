"""States in which something was wrong, kept as fixtures: how to come to each again, and its files to look at.

One archive a state: `state.json` says which trace and what was drawn, `wrong.txt` what was wrong, the rest are the
disks. It is replayed on the product as it is now: traced anew, that very state tried if the writer still comes to it,
and others around the same moment.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from tests.faults.crash.disk import Choice, Fate
from tests.faults.crash.explore import MEMORY, Example, Found, Share, walk
from tests.faults.crash.invariants import Wrong
from tests.faults.crash.traces import Recipe, trace

FOLDER: Final = Path(__file__).with_name("found")
AROUND: Final = 300  # states beside the one that was found
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A fixture, read."""

    recipe: Recipe
    example: Example


def keep(examples: Sequence[Example], recipe: Recipe, folder: Path = FOLDER) -> list[Path]:
    """Write one archive for each; where they are."""
    written = []
    for n, (moment, wrong, disks, choices) in enumerate(examples):
        folder.mkdir(exist_ok=True)
        drawn = {unit: choice._replace(fates=_named(choice.fates)) for unit, choice in choices.items()}
        said = {"recipe": asdict(recipe), "moment": moment, "wrong": wrong, "choices": drawn}
        files = {"state.json": json.dumps(said).encode(), "wrong.txt": f"{wrong.unit}: {wrong.what}\n".encode()}
        for unit, disk in disks.items():
            files |= {_beside(unit, name): data for name, data in _named(disk).items()}
        path = folder / f"{recipe.seed}-{moment}-{n}-{wrong.kind}.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for name, data in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, BytesIO(data))
        written.append(path)
    return written


def read(path: Path) -> Kept:
    """What `keep` wrote, without the files."""
    with tarfile.open(path) as archive:
        entry = archive.extractfile("state.json")
        if entry is None:
            raise ValueError(f"{path} has no state.json")
        said = json.load(entry)
    recipe = Recipe(**said["recipe"] | {"ill": tuple(said["recipe"]["ill"])})
    choices = {unit: _choice(*drawn) for unit, drawn in said["choices"].items()}
    return Kept(recipe, Example(said["moment"], Wrong(*said["wrong"]), {}, choices))


def replay(kept: Kept, *, planted: str = "") -> Found:
    """What that state and those around it show now; nothing wrong if it was mended."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="hallside-") as folder:
        traced = trace(Path(folder), kept.recipe, planted=planted)
        root = str(traced.root)
        example = kept.example._replace(choices={u: _rooted(root, u, c) for u, c in kept.example.choices.items()})
        return walk(Share(traced.calls, root, AROUND, kept.recipe.seed, 0, 0, 1, 0, example))


def _named(by_path: Mapping[str, T]) -> dict[str, T]:
    return {path.rpartition("/")[2]: value for path, value in by_path.items()}


def _beside(unit: str, name: str) -> str:
    return f"{unit.rpartition('/')[0]}/{name}"


def _rooted(root: str, unit: str, choice: Choice) -> Choice:
    return choice._replace(fates={f"{root}/{_beside(unit, name)}": f for name, f in choice.fates.items()})


def _choice(rules: Any, names: list[bool], fates: dict[str, list[Any]]) -> Choice:
    return Choice(rules, tuple(names), {path: [_fate(fate) for fate in drawn] for path, drawn in fates.items()})


def _fate(said: Any) -> Fate:
    return tuple(said) if isinstance(said, list) else said
