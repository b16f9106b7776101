"""Config files as they are read: their tables, where each key stands, and so where a mistake is."""

from __future__ import annotations

import errno
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from config.errors import ConfigError, Finding, dotted
from config.lines import Path as Keys
from config.lines import find_lines, line_of

MOST_BYTES: Final = 1024 * 1024  # the largest hall's files have a tenth of that


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it was read."""

    file: Path
    raw: dict[str, Any]
    lines: Mapping[Keys, int]


def read(file: Path, errors: list[ConfigError], named_by: str = "") -> Source | None:
    """The file as it stands; None if that cannot be, and why among the errors. named_by: the place that names it."""
    mend = f"Correct the path in {named_by}, or the file's rights." if named_by else "Check the path and its rights."
    try:
        text = text_of(file)
    except OSError as error:
        errors.append(ConfigError(file, None, "", f"cannot be read: {error.strerror}", mend))
        return None
    except UnicodeDecodeError:
        errors.append(ConfigError(file, None, "", "is not UTF-8 text", "Save it as UTF-8."))
        return None
    except ValueError:  # a NUL in the path, and the schema says so where it stands
        return None
    return parsed(file, text, errors)


def text_of(file: Path) -> str:
    """What stands in a file. OSError also for what would be waited for or read for ever: a pipe, a device.

    ValueError if it is no UTF-8, or its name has a NUL.
    """
    if file.exists() and not (file.is_file() or file.is_dir()):
        raise OSError(errno.EINVAL, "it is no regular file")
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"it has more than {MOST_BYTES // 1024} KB")
    return data.decode("utf-8")


def parsed(file: Path, text: str, errors: list[ConfigError]) -> Source | None:
    """The same of a text that is not, or not yet, in that file."""
    try:
        return Source(file, tomllib.loads(text), find_lines(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        what = re.sub(r"\s*\(at .*\)$", "", str(error))
        errors.append(ConfigError(file, line, "", f"is not TOML: {what}", "Correct this line."))
        return None
    except RecursionError:
        errors.append(ConfigError(file, None, "", "is nested too deeply", "Check that it is a config file."))
        return None


@cache
def defaults() -> Source:
    """What holds where no file says otherwise. One for all who ask, so nobody may change it."""
    text = files("config").joinpath("defaults.toml").read_text("utf-8")
    return Source(Path("defaults.toml"), tomllib.loads(text), find_lines(text))


def referred(source: Source, key: str, errors: list[ConfigError]) -> Source | None:
    """The file this key names; None if the key is missing or no text (the schema says so) or the file is bad."""
    name = source.raw.get(key)
    named_by = f"{source.file.name}:{source.lines.get((key,))}"
    return read(source.file.parent / name, errors, named_by) if isinstance(name, str) else None


def placed(found: Iterable[Finding], layers: Iterable[Source]) -> list[ConfigError]:
    """Each mistake in the last file that has its value, else in the last that has something around it."""
    sources = list(layers)
    return [_place(finding, sources) for finding in found]


def _place(finding: Finding, sources: list[Source]) -> ConfigError:
    written = [source for source in sources if source.file.is_absolute()]
    for length in range(len(finding.path), 0, -1):
        for source in reversed(written):
            if finding.path[:length] in source.lines:
                line = source.lines[finding.path[:length]]
                return ConfigError(source.file, line, dotted(finding.path), finding.what, finding.mend)
    return ConfigError(
        written[0].file, line_of(finding.path, written[0].lines), dotted(finding.path), finding.what, finding.mend
    )
