"""The hall's look as data: colours by role, fonts, emblem, photos. Its hash tells devices apart (R007, R191).

What nobody could read is refused when it is loaded, with the two colours and the contrast that was asked for.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

Colour = tuple[int, int, int]
HIGH = "high-"  # before the roles of the second set, high contrast
MAIN, READABLE = (
    7.0,
    4.5,
)  # the least contrast of what a page is for, and of every other text (WCAG 2.2, 1.4.6 and 1.4.3)

# Role of a text -> roles it stands on; the first row is of what pages are for.
_MAIN_PAIRS: Final[Mapping[str, tuple[str, ...]]] = {
    "ink": ("page", "card", "soft"),
    "brand": ("page", "card", "on-brand"),
    "on-brand": ("brand",),
    "help": ("on-help",),
    "on-help": ("help",),
    "alert": ("page",),
    "on-alert": ("alert",),
    "night-ink": ("night", "night-card", "night-row"),
    "called": ("night", "night-card"),
    "on-called": ("called",),
} | {f"on-{state}": (state,) for state in ("unknown", "closed", "open", "calling", "serving", "paused", "overtime")}
_OTHER_PAIRS: Final[Mapping[str, tuple[str, ...]]] = {
    "ink": ("dim",),
    "quiet": ("page", "card", "dim"),
    "on-brand-quiet": ("brand",),
    "night-quiet": ("night", "night-card", "night-row"),
    "on-level": ("level-5", "level-4", "level-3", "level-2", "level-1"),
}
_HIGH_PAIRS: Final[Mapping[str, tuple[str, ...]]] = {
    "ink": ("page", "card", "dim"), "quiet": ("page", "card", "dim"), "brand": ("on-brand",),
    "on-brand": ("brand", "card", "page"), "on-brand-quiet": ("brand",), "help": ("on-help",), "on-help": ("help",),
    "on-open": ("open",),
}  # fmt: skip


class ThemeFault(Exception):
    """The theme cannot be used: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class ScriptFace:
    """The font of one script beside Chinese. scale: its size in ems; lift: by how many ems its base line is raised."""

    path: Path | None  # None: none of the named files is on this machine
    scale: float
    lift: float


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, the chain of font files, the fonts of further scripts (ISO 15924), the hall's emblem, the folder
    of photos, and the hash of the file it came from.
    """

    name: str
    colours: Mapping[str, Colour]
    fonts: tuple[Path, ...]
    photos: Path | None
    hash: str
    scripts: Mapping[str, ScriptFace] = field(default_factory=dict)
    logo: Path | None = None

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
        fonts, images = said["fonts"], said["images"]
        chain = (_located(fonts["first"], where), *filter(Path.is_file, map(_place, fonts["further"])))
        scripts = {
            script: _script(face) for script, face in (fonts.get("scripts") or _own_table()["fonts"]["scripts"]).items()
        }
        photos, logo = (Path(images[name]) if images.get(name) else None for name in ("photos", "logo"))
        theme = Theme(said["name"], colours, chain, photos, hashlib.sha256(data).hexdigest(), scripts, logo)
        _judge(theme, where)
        return theme
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ThemeFault(f"{where}: {type(wrong).__name__} {wrong}") from wrong


def _high(said: Mapping[str, dict[str, str]]) -> Mapping[str, str]:
    """The second set of colours; a look of before there was one gets hallside's own."""
    own: Mapping[str, str] = _own_table()["high-contrast"]
    return {**own, **said.get("high-contrast", {})}


def _own_table() -> dict[str, Any]:
    return tomllib.loads(files("screens").joinpath("theme.toml").read_text("utf-8"))


def _script(face: Mapping[str, Any]) -> ScriptFace:
    path = next(filter(Path.is_file, map(_place, face["files"])), None)
    return ScriptFace(path, float(face["scale"]), float(face["lift"]))


def pairs() -> Iterator[tuple[str, str, float]]:
    """Every text's role, the role behind it, and the least contrast between them."""
    for table, before, least in ((_MAIN_PAIRS, "", MAIN), (_OTHER_PAIRS, "", READABLE), (_HIGH_PAIRS, HIGH, MAIN)):
        for ink, grounds in table.items():
            yield from ((before + ink, before + ground, least) for ground in grounds)


def _judge(theme: Theme, where: str) -> None:
    """Colours nobody could read are refused, all at once."""
    faint = [
        f"{ink} {_hex(theme.colours[ink])} on {ground} {_hex(theme.colours[ground])} has "
        f"{theme.contrast(ink, ground):.1f}, and {least:g} is the least"
        for ink, ground, least in pairs()
        if theme.contrast(ink, ground) < least
    ]
    if faint:
        raise ThemeFault(f"{where}: contrast: " + "; ".join(faint))


def _hex(colour: Colour) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


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
