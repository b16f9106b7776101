"""The hall's look as data: colours by role, fonts, photos; its hash shows differences between devices (R007, R191)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

Colour = tuple[int, int, int]
HIGH = "high-"  # before the roles of the second set, high contrast


class ThemeFault(Exception):  # noqa: N818  named as people read it
    """The theme cannot be used: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, the chain of font files, the folder of photos, and the hash of the file it came from."""

    name: str
    colours: Mapping[str, Colour]
    fonts: tuple[Path, ...]
    photos: Path | None
    hash: str

    def contrast(self, one: str, other: str) -> float:
        """Contrast of two colour roles, 1 to 21 (WCAG 2.2, relative luminance)."""
        a, b = sorted((_luminance(self.colours[one]), _luminance(self.colours[other])))
        return (b + 0.05) / (a + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [c / 255 for c in colour]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def load_theme(path: Path | None = None) -> Theme:
    """The theme in this file, or hallside's own. Raises ThemeFault."""
    return _own() if path is None else _read(path.read_bytes(), str(path))


def theme_hash(path: Path | None = None) -> str:
    """SHA-256 of the theme, in hexadecimal, as a device reports it."""
    return load_theme(path).hash


@cache
def _own() -> Theme:
    return _read(files("screens").joinpath("theme.toml").read_bytes(), "screens/theme.toml")


def _read(data: bytes, where: str) -> Theme:
    try:
        said = tomllib.loads(data.decode("utf-8"))
        colours = {role: _colour(value) for role, value in said["colours"].items()}
        colours |= {HIGH + role: _colour(value) for role, value in _high(said).items()}
        fonts, photos = said["fonts"], said["images"]["photos"]
        chain = (_located(fonts["first"], where), *filter(Path.is_file, map(_place, fonts["further"])))
        return Theme(said["name"], colours, chain, Path(photos) if photos else None, hashlib.sha256(data).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ThemeFault(f"{where}: {type(wrong).__name__} {wrong}") from wrong


def _high(said: Mapping[str, dict[str, str]]) -> Mapping[str, str]:
    """The second set of colours; a look of before there was one gets hallside's own."""
    own: dict[str, dict[str, str]] = tomllib.loads(files("screens").joinpath("theme.toml").read_text("utf-8"))
    return own["high-contrast"] | said.get("high-contrast", {})


def _colour(value: str) -> Colour:
    if len(value) != 7 or value[0] != "#":
        raise ValueError(f"{value!r} is not a colour like #0B3B8C")
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def _place(name: str) -> Path:
    if not name.startswith("package:"):
        return Path(name)
    package, _, file = name.removeprefix("package:").partition("/")
    spec = find_spec(package)
    return Path(spec.origin).parent / file if spec is not None and spec.origin else Path(name)


def _located(name: str, where: str) -> Path:
    path = _place(name)
    if not path.is_file():
        raise ThemeFault(f"{where}: the first font {name} is not there")
    return path
