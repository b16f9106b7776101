"""Damaged files: configs, a hall's day, frame templates, bundles and releases as they are brought on a stick."""

from __future__ import annotations

import hashlib
import random
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from config.errors import ConfigErrors
from config.load import load
from config.scenario import load_scenario
from device.simulate.command import shipped
from drivers.frame_template import FRAME_MOST, BadTemplate, Template
from drivers.frames import FRAMES
from provisioning.device import Wish, provision_device
from provisioning.examples import FOLDER as EXAMPLES
from provisioning.files import Refused
from provisioning.install import BESIDE, install
from provisioning.slot import SUMS, damage
from tests.config import site
from tests.faults.crash.explore import MEMORY
from tests.faults.mutate import damaged, must

MOST: Final = 1000  # signs of a refusal


@cache
def _folder() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    made = tempfile.TemporaryDirectory(prefix="hallside-malformed-", dir=MEMORY if MEMORY.is_dir() else None)
    return made, Path(made.name)


_FILES: Final = (("hall", site.HALL), ("staff", site.STAFF), ("station", site.KIOSK), ("station", site.DESK))


def a_config(dice: random.Random) -> bytes:
    """hall.toml, staff.toml or a station's file, damaged."""
    name, text = dice.choice(_FILES)
    if dice.random() < 0.7:
        from tests.config.odd import spoil

        return name.encode() + b"\n" + spoil(text, dice).encode()
    return name.encode() + b"\n" + damaged(dice, [text.encode()])


def read_config(data: bytes) -> None:
    name, _, text = data.partition(b"\n")
    _, folder = _folder()
    path = site.write(folder)
    (folder / ("staff.toml" if name == b"staff" else "hall.toml" if name == b"hall" else path.name)).write_bytes(text)
    try:
        load(path, {})
    except ConfigErrors as refused:
        must(refused.errors and all(error.what and error.mend for error in refused.errors), "a refusal without a mend")


def a_template(dice: random.Random) -> bytes:
    """How a frame looks, as a config says it."""
    return damaged(dice, [row.template.encode() for row in FRAMES.values()])


def read_template(data: bytes) -> None:
    try:
        template = Template.parse(data.decode("utf-8", "replace"))
    except BadTemplate as refused:
        must(str(refused), "a refusal without a reason")
        return
    must(template.most <= FRAME_MOST, "a frame that no length can say")


def a_day(dice: random.Random) -> bytes:
    """A scenario, damaged."""
    text = dice.choice(_days())
    if dice.random() < 0.7:
        from tests.config.odd import spoil

        return spoil(text, dice).encode()
    return damaged(dice, [text.encode()])


@cache
def _days() -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for _, path in sorted(shipped().items()))


def read_day(data: bytes) -> None:
    """A hall's day, or every mistake with what to do."""
    path = _folder()[1] / "day.toml"
    path.write_bytes(data)
    try:
        load_scenario(path)
    except ConfigErrors as refused:
        must(refused.errors and all(error.what and error.mend for error in refused.errors), "a refusal without a mend")


def a_bundle(dice: random.Random) -> bytes:
    """One file of a bundle: its name, a line feed, what it holds then."""
    name, text = dice.choice(sorted(_bundle().items()))
    return name.encode() + b"\n" + damaged(dice, [text])


@cache
def _bundle() -> dict[str, bytes]:
    out = _folder()[1] / "out"
    provision_device(Wish(("kiosk-2",), EXAMPLES / "hall.toml", out, like=EXAMPLES / "kiosk-2.toml"))
    etc = out / "kiosk-2"
    return {str(path.relative_to(etc)): path.read_bytes() for path in (etc / "etc").rglob("*") if path.is_file()}


def read_bundle(data: bytes) -> None:
    """In force as it is, or refused and everything as it was."""
    name, _, text = data.partition(b"\n")
    with tempfile.TemporaryDirectory(dir=_folder()[1]) as scratch:
        bundle, root = Path(scratch) / "kiosk-2", Path(scratch) / "root"
        for path, held in (_bundle() | {name.decode(): text}).items():
            (bundle / path).parent.mkdir(parents=True, exist_ok=True)
            (bundle / path).write_bytes(held)
        try:
            install(bundle, root)
        except (Refused, ConfigErrors) as refused:
            must(str(refused), "a refusal without a reason")
            must(not root.exists(), "a bundle was refused and left something behind")
            return
        now = (root / name.decode()) if name.decode() not in BESIDE else root
        must(now == root or now.read_bytes() == text, "in force is something else than was brought")


def sums(dice: random.Random) -> bytes:
    """A release's list of sums, damaged."""
    return damaged(dice, [_sums(), b"0" * 64 + b"  ../../../dev/zero\n", b"0" * 64 + b"  /dev/zero\n" + _sums()])


@cache
def _sums() -> bytes:
    folder = _folder()[1] / "wheels"
    folder.mkdir()
    for name in ("hallside-1.0-py3-none-any.whl", "other-2.0-py3-none-any.whl"):
        (folder / name).write_bytes(name.encode())
    files = sorted(folder.iterdir())
    return b"".join(f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.name}\n".encode() for f in files)


def read_sums(data: bytes) -> None:
    """Whole, or what is wrong; and never a file that is not in the folder."""
    _sums()
    folder = _folder()[1] / "wheels"
    (folder / SUMS).write_bytes(data)
    wrong = damage(folder)
    must(len(wrong) < MOST, "it says too much")
    named = {line.partition("  ")[2] for line in data.decode("utf-8", "replace").splitlines()}
    must(wrong or named <= {path.name for path in folder.iterdir()}, "it takes for whole what is not there")
