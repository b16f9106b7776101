"""What is wrong with a config, said so that whoever reads it can mend it: file, line, key, fact, mend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.lines import Path as Keys
from config.shapes import SAYS

# pydantic's kinds of error -> what people read; the others keep pydantic's own sentence
PLAIN: Final = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "path_type": "must be a path",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must have at least {min_length} entries, has {actual_length}",
    "too_long": "must have at most {max_length} entries, has more",
}


@dataclass(frozen=True, slots=True)
class ConfigError:
    """One mistake. keys: dotted, as `device[0].printer.baud` ("" = the whole file); mend: what to do about it."""

    file: Path
    line: int | None
    keys: str
    what: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where}: {self.keys + ': ' if self.keys else ''}{self.what}. {self.mend}"


class ConfigErrors(Exception):
    """Everything that is wrong with a station's config, in the order of files and lines."""

    def __init__(self, errors: Iterable[ConfigError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda e: (str(e.file), e.line or 0, e.keys)))
        count = len(self.errors)
        head = f"{count} mistake{'s' if count != 1 else ''} in the config; nothing was started"
        super().__init__("\n".join([head, *map(str, self.errors)]))


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake by its path in the data, before it is known which file and line that is."""

    path: Keys
    what: str
    mend: str


def dotted(path: Keys) -> str:
    """`("device", 0, "printer", "baud")` -> `device[0].printer.baud`."""
    return "".join(f"[{k}]" if isinstance(k, int) else f".{k}" for k in path).removeprefix(".")


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """`Did you mean 'baud'?`, or what is known."""
    names = sorted(set(known))
    if near := _near(word, names):
        return f"Did you mean '{near}'?"
    return f"Known: {', '.join(names)}." if names else otherwise


def _near(word: str, known: Sequence[str]) -> str:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.6)), "")


def _quoted(text: str) -> list[str]:
    return re.findall(r"'([^']*)'", text)


def findings(error: ValidationError, model: type[BaseModel], raw: object) -> list[Finding]:
    """pydantic's errors as mistakes at the paths people wrote (union tags taken out)."""
    details = error.errors(include_url=False)
    real = [d for d in details if not (d["type"] == "too_short" and _holds_something(d["loc"], raw))]
    return [_finding(detail, model, raw) for detail in real]


def guessed(error: ValidationError) -> list[tuple[Keys, str]]:
    """Misspelt drivers whose meaning is plain: location and the right word, so that the rest can be looked at too."""
    bad = [d for d in error.errors(include_url=False) if d["type"] == "union_tag_invalid"]
    near = ((d["loc"], _near(str(d["ctx"]["tag"]), _quoted(d["ctx"]["expected_tags"]))) for d in bad)
    return [((*loc, "driver"), word) for loc, word in near if word]


def _holds_something(loc: Sequence[int | str], raw: object) -> bool:
    """pydantic counts only sound entries; a list of bad entries is not short."""
    here = raw
    for step in loc:
        here = here if isinstance(here, dict) and here.get("driver") == step else _into(here, step)
    return isinstance(here, list) and len(here) > 0 and isinstance(here[0], dict)


def _finding(detail: ErrorDetails, model: type[BaseModel], raw: object) -> Finding:
    loc, kind, ctx = detail["loc"], detail["type"], detail.get("ctx", {})
    path = _without_tags(loc, raw)
    value = detail["input"]
    last = str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        return Finding(path, "is not known here", did_you_mean(last, _known(model, loc[:-1]), "Take it out."))
    if kind == "missing":
        return Finding(path, "is missing", "Write it.")
    if kind == "union_tag_not_found":
        near = _near("driver", [str(key) for key in value]) if isinstance(value, dict) else ""
        mend = f"Known: {', '.join(sorted(_known_tags(model, loc)))}."
        return Finding((*path, "driver"), "is missing", f"Did you mean 'driver' by '{near}'?" if near else mend)
    if kind == "union_tag_invalid":
        tag = str(ctx["tag"])
        return Finding((*path, "driver"), f"'{tag}' is not a driver for this part", _known_word(tag, ctx))
    if kind == "literal_error":
        mend = _known_word(str(value), ctx)
        return Finding(path, f"{_shown(value)} is not one of those known", mend)
    if kind == "string_pattern_mismatch":
        secret = "scrypt" in ctx["pattern"]
        what = SAYS[ctx["pattern"]]
        return Finding(path, what if secret else f"{_shown(value)} {what}", "Correct it.")
    if kind in PLAIN:
        return Finding(path, f"{PLAIN[kind].format(**ctx)}{_here(value)}", "Correct it.")
    return Finding(path, f"{detail['msg']}{_here(value)}", "Correct it.")


def _here(value: object) -> str:
    return f", not {_shown(value)}" if isinstance(value, str | int | float) else ""


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…'"


def _known_word(word: str, ctx: dict[str, Any]) -> str:
    said = ctx.get("expected_tags") or ctx["expected"]
    known = _quoted(said)
    return did_you_mean(word, known) if known else f"Known: {said}."


def _without_tags(loc: Sequence[int | str], raw: object) -> Keys:
    """pydantic puts a union's tag into the location; people did not write it there."""
    path: list[int | str] = []
    here = raw
    for step in loc:
        if isinstance(here, dict) and step not in here and here.get("driver") == step:
            continue
        path.append(step)
        here = _into(here, step)
    return tuple(path)


def _into(here: object, step: int | str) -> object:
    if isinstance(here, dict):
        return here.get(step)
    return here[step] if isinstance(here, list) and isinstance(step, int) and step < len(here) else None


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def _at(model: type[BaseModel], loc: Sequence[int | str]) -> list[type[BaseModel]]:
    """The models that may stand at this location."""
    here = [model]
    for step in loc:
        if isinstance(step, int):
            continue
        inner = [
            found
            for m in here
            for name, field in m.model_fields.items()
            if step in {name, field.alias}
            for found in _models(field.annotation)
        ]
        here = inner or [m for m in here if step in _tags(m)]
    return here


def _tags(model: type[BaseModel]) -> tuple[str, ...]:
    field = model.model_fields.get("driver")
    return tuple(map(str, get_args(field.annotation))) if field else ()


def _known(model: type[BaseModel], loc: Sequence[int | str]) -> set[str]:
    models = _at(model, loc)
    known = {field.alias or name for m in models for name, field in m.model_fields.items()}
    return known.union(*(getattr(m, "ALSO_KNOWN", ()) for m in models))


def _known_tags(model: type[BaseModel], loc: Sequence[int | str]) -> set[str]:
    return {tag for m in _at(model, loc) for tag in _tags(m)}
