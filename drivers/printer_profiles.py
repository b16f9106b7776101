"""What each model of printer can do, as data: hallside's own models in printers.toml, a hall's in a file like it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal, get_args

from drivers.protocols import PartMissing

Charset = Literal["gb18030", "gb2312", "none"]


@dataclass(frozen=True, slots=True)
class Profile:
    """One model. The keys are explained at the head of printers.toml; those without a default must be said."""

    paper_mm: int
    dots: int
    columns: int
    dpi: int = 203
    charset: Charset = "gb18030"
    native_qr: bool = True
    cutter: bool = True
    knife_feed: int = 0
    tear_lines: int = 4
    fence: bool = True
    asb: bool = False
    clear: bool = True
    raster_bytes: int = 512
    roll_metres: float = 80
    says: str = ""

    @property
    def dots_per_mm(self) -> float:
        return self.dpi / 25.4


# key -> (lowest, highest); the head prints at most what it has, and a line holds at least a word
BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "paper_mm": (40, 120),
    "dots": (192, 1280),
    "columns": (16, 106),
    "dpi": (100, 600),
    "knife_feed": (0, 255),
    "tear_lines": (0, 20),
    "raster_bytes": (200, 592),  # drivers.printer_thread.RESYNC ends 600 bytes of a command that broke off
    "roll_metres": (1, 1000),
}


def mistakes(model: str, said: object) -> list[str]:
    """What is wrong with one model's table, a sentence each; none, and `Profile(**said)` is sound."""
    if not isinstance(said, dict):
        return [f"{model}: must be a table, as [{model}]"]
    known = {field.name: str(field.type) for field in fields(Profile)}
    found = [f"{model}.{key}: there is no such key{_meant(key, known)}" for key in said if key not in known]
    found += [f"{model}.{key}: is missing" for key in ("paper_mm", "dots", "columns") if key not in said]
    for key, value in said.items():
        low, high = BOUNDS.get(key, (0, 0))
        match known.get(key):
            case "bool" if not isinstance(value, bool):
                found.append(f"{model}.{key}: must be true or false")
            case "str" if not isinstance(value, str):
                found.append(f"{model}.{key}: must be text")
            case "Charset" if value not in get_args(Charset):
                found.append(
                    f"{model}.{key}: must be one of {', '.join(get_args(Charset))}{_meant(value, get_args(Charset))}"
                )
            case "int" | "float" as kind:
                right = isinstance(value, int if kind == "int" else int | float) and not isinstance(value, bool)
                if not right or not low <= value <= high:
                    found.append(f"{model}.{key}: must be a number from {low} to {high}")
    if not found and said["columns"] * 6 > said["dots"]:
        found.append(f"{model}.columns: {said['columns']} columns do not fit on {said['dots']} dots")
    return found


def load_profiles(path: Path) -> Mapping[str, Profile]:
    """The models of a hall's own file. PartMissing names every mistake, with the file."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise PartMissing("printer", f"{path}: {fault}", "Correct `profiles`, or the file") from fault
    if wrong := [mistake for model, said in tables.items() for mistake in mistakes(model, said)]:
        raise PartMissing("printer", f"{path}: {'; '.join(wrong)}", "Correct the file")
    return {model: Profile(**said) for model, said in tables.items()}


def check_model(model: str, profiles: Path | None = None) -> Profile:
    """The profile of this model, the hall's own file first. PartMissing lists what is known."""
    known = {**PROFILES, **(load_profiles(profiles) if profiles else {})}
    if model not in known:
        meant = _meant(model, known)
        raise PartMissing("printer", f"no model {model!r}", f"Known are {', '.join(known)}{meant}")
    return known[model]


def _meant(word: object, known: Iterable[str]) -> str:
    near = get_close_matches(str(word), list(known), n=1)
    return f". Did you mean {near[0]!r}?" if near else ""


def _own() -> Mapping[str, Profile]:
    text = files("drivers").joinpath("printers.toml").read_text("utf-8")
    return {model: Profile(**said) for model, said in tomllib.loads(text).items()}


PROFILES: Final = _own()
