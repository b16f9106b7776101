"""A station's bundle put on the machine it is for, or a newer one over it; a cut leaves the old bundle or the new.

The bundle goes whole into the slot `etc/hallside/<station>.d`. What the machine reads by fixed names (config, unit,
keys, users) are links into what is in force there. The hall's and the staff's file need none: a station's config finds
them beside itself, so it never reads one of the old with one of the new.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from config.load import load
from provisioning.files import File, Refused, write
from provisioning.slot import CURRENT, Slot, link

BESIDE: Final = frozenset({"etc/hallside/hall.toml", "etc/hallside/staff.toml"})
PRIVATE: Final = frozenset({"etc/hallside/staff.toml"})


def install(bundle: Path, root: Path) -> tuple[Slot, bool]:
    """Put it in force below `root`; the station's slot, and whether anything changed. Raises Refused, ConfigErrors.

    What the bundle does not have any more, as keys that were brought there once, stays as it was.
    """
    texts = _texts(bundle)
    name = _station(bundle, texts)
    load(bundle / f"etc/hallside/{name}.toml", {})
    slot = Slot(root / f"etc/hallside/{name}.d")
    now = slot.current
    if now:
        texts = _texts(now) | texts
    if now and texts == _texts(now):
        _link(root, slot, texts)
        return slot, False
    what = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()[:12]
    made = slot.fill(what, partial(_write, texts))
    if now:
        _link(root, slot, texts)  # a name that is new leads nowhere until the switch, and nobody asks for it
    slot.switch(made)
    _link(root, slot, texts)
    slot.sweep()
    return slot, True


def _station(bundle: Path, texts: Mapping[str, str]) -> str:
    configs = [path for path in texts if path.startswith("etc/hallside/") and path.endswith(".toml")]
    own = [Path(path).stem for path in configs if path not in BESIDE]
    if len(own) != 1:
        raise Refused(f"{bundle} is no bundle of one station. Name a folder that `hallside provision device` wrote.")
    return own[0]


def _write(texts: Mapping[str, str], folder: Path) -> None:
    for path, text in texts.items():
        write(folder / path, File(text, secret=path.endswith(".key") or path in PRIVATE))


def _link(root: Path, slot: Slot, texts: Mapping[str, str]) -> None:
    for path in sorted(texts.keys() - BESIDE):
        to = os.path.relpath(slot.folder / CURRENT / path, (root / path).parent)
        link(root / path, Path(to))


def _texts(folder: Path) -> dict[str, str]:
    """What lies below its `etc`, by the path from there. Refused if it is no text."""
    files = (path for path in (folder / "etc").rglob("*") if path.is_file())
    try:
        return {str(path.relative_to(folder)): path.read_bytes().decode() for path in files}
    except UnicodeDecodeError as error:
        raise Refused(f"{folder} is damaged: {error}. Bring it over once more.") from error
