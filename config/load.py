"""From files to one sound `Station`, or every mistake at once.

Order: defaults.toml, the hall's file, the station's file, the environment. The environment carries secrets only, and
secrets stand in no file.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from config.cross import hall_findings, staff_findings, station_findings
from config.errors import ConfigError, ConfigErrors, Finding, did_you_mean, findings, guessed
from config.hall import HallConfig
from config.lines import Path as Keys
from config.printer_models import model_findings, model_named
from config.raw import rows
from config.schema import OVERRIDES, Station, StationFile
from config.source import Source, defaults, parsed, placed, read, referred
from config.staff import StaffFile

M = TypeVar("M", bound=BaseModel)
SECRETS: Final = {"HALLSIDE_TLS_KEY_PASSWORD": ("broker", "tls", "key_password")}
SAID_TO_COMMANDS: Final = frozenset({"HALLSIDE_PIN"})  # the office's; whoever has set it may start others too
TLS_PATHS: Final = ("ca", "cert", "key")
SOCKET_PATH_MAX: Final = 107  # bytes of a unix socket's path on Linux, sun_path without its end mark


def load(path: Path | str, environ: Mapping[str, str] | None = None) -> Station:
    """The station of this file, with everything it refers to. Raises ConfigErrors with all that is wrong.

    environ: where secrets come from; this process's environment unless given.
    """
    errors: list[ConfigError] = []
    file = Path(path).resolve()  # where a link leads: what it names, as the hall's file, lies beside it there
    source = read(file, errors)
    if source is not None and (kind := _no_station(source.raw)):
        errors.append(ConfigError(file, None, "", f"is {kind}, not a station's file", "Give the file of one station."))
    if source is None or errors:
        raise ConfigErrors(errors)
    hall_source = referred(source, "hall", errors)
    below = defaults()
    own = {key: value for key, value in source.raw.items() if key not in OVERRIDES}
    own = _merge({key: value for key, value in below.raw.items() if not isinstance(value, dict)}, own)
    hall_raw: dict[str, Any] | None = None
    hall: HallConfig | None = None
    if hall_source is not None:
        hall_raw, hall = _hall((below, hall_source, source), environ, errors)
    told = station_findings(own, hall_raw) + _long_socket(own, file)
    station, wrong = validate(StationFile, own, file.parent)
    errors += placed(wrong + told, (below, source))
    models = _printer_models(source, errors)
    staff = _staff(source, hall_raw, errors)
    if errors or station is None or hall is None:
        raise ConfigErrors(errors)
    return Station(
        path=file, hall=hall, staff=staff.staff, data=station.data, bench=station.bench,
        recordings=station.recordings, clock=station.clock, devices=station.devices, hash=_hash(hall, station, models),
        roster=staff.roster, absences=staff.absences,
    )  # fmt: skip


def _no_station(raw: Mapping[str, Any]) -> str:
    """Which of the other files this is, "" if none: their keys would all be mistakes here, and none of them the one."""
    if "device" not in raw and isinstance(raw.get("hall"), dict):
        return "the hall's file"
    return "the staff list" if isinstance(raw.get("staff"), list) else ""


def load_hall(path: Path | str) -> HallConfig:
    """The hall of a hall.toml alone, for tools that look at no station. Raises ConfigErrors."""
    errors: list[ConfigError] = []
    source = read(Path(path).absolute(), errors)
    hall = None if source is None else _hall((defaults(), source), {}, errors)[1]
    if errors or hall is None:
        raise ConfigErrors(errors)
    return hall


def check_staff(text: str, file: Path, hall: Path | None = None) -> None:
    """Raise ConfigErrors if a staff list with this text would not be sound (with `hall`: for that hall)."""
    errors: list[ConfigError] = []
    source = parsed(file, text, errors)
    if source is not None:
        windows = {} if hall is None else load_hall(hall).model_dump(by_alias=True)
        wrong = validate(StaffFile, source.raw, file.parent)[1]
        errors += placed(wrong + staff_findings(source.raw, windows), (source,))
    if errors:
        raise ConfigErrors(errors)


def _merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables key by key, everything else whole."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _hall(
    layers: tuple[Source, ...], environ: Mapping[str, str] | None, errors: list[ConfigError]
) -> tuple[dict[str, Any], HallConfig | None]:
    """Defaults, the hall's file and, from a station's file, the tables it may override; then the secrets."""
    below, hall_source, *stations = layers
    layers = (below, hall_source, *(replace(s, lines=_lines_of_overrides(s)) for s in stations))
    raw = _merge({key: value for key, value in below.raw.items() if isinstance(value, dict)}, hall_source.raw)
    for station in stations:
        raw = _merge(raw, _overrides(station))
    wrong = _secrets(raw, os.environ if environ is None else environ)
    hall, more = validate(HallConfig, raw, hall_source.file.parent)
    errors += placed([*wrong, *more, *hall_findings(raw)], layers)
    return raw, hall


def _lines_of_overrides(station: Source) -> dict[Keys, int]:
    return {path: line for path, line in station.lines.items() if path[0] in OVERRIDES}


def _overrides(station: Source) -> dict[str, Any]:
    """The hall's tables as this station sets them for itself; its paths are relative to its own file."""
    tables: dict[str, Any] = {key: station.raw[key] for key in OVERRIDES if key in station.raw}
    match tables.get("broker"):
        case {"tls": {**tls}}:
            paths = {k: str(station.file.parent / v) for k, v in tls.items() if k in TLS_PATHS and isinstance(v, str)}
            tables["broker"] = {**tables["broker"], "tls": {**tls, **paths}}
    return tables


def _secrets(raw: dict[str, Any], environ: Mapping[str, str]) -> list[Finding]:
    """Put the environment's secrets where they belong; a secret in a file is a mistake."""
    found: list[Finding] = []
    for variable, path in SECRETS.items():
        *tables, key = path
        table: Any = raw
        for name in tables:
            table = table.get(name) if isinstance(table, dict) else None
        if isinstance(table, dict):
            if key in table:
                found.append(Finding(path, "a secret must not stand in a file", f"Set {variable} instead."))
            if variable in environ:
                table[key] = environ[variable]
        elif variable in environ:
            found.append(Finding(tuple(tables), f"{variable} is set, but there is no such table", "Unset it."))
    known = SECRETS.keys() | SAID_TO_COMMANDS
    unknown = (name for name in environ if name.startswith("HALLSIDE_") and name not in known)
    found += (Finding((), f"the environment's {n} is not known", did_you_mean(n, SECRETS)) for n in unknown)
    return found


def validate(model: type[M], raw: dict[str, Any], folder: Path) -> tuple[M | None, list[Finding]]:
    """The model, or what is wrong. A misspelt driver must not hide what else is wrong in its section."""
    try:
        return model.model_validate(_tuples(raw), context=folder), []
    except ValidationError as error:
        found = findings(error, model, raw)
        if right := guessed(error):
            mended = copy.deepcopy(raw)
            for keys, word in right:
                table: Any = mended
                for key in keys[:-1]:
                    table = table[key]
                table[keys[-1]] = word
            found += (more for more in validate(model, mended, folder)[1] if more not in found)
        return None, found


def _tuples(value: Any) -> Any:
    """TOML's arrays as tuples, which is what a strict frozen model takes."""
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _long_socket(raw: Mapping[str, Any], file: Path) -> list[Finding]:
    bench = raw.get("bench")
    if isinstance(bench, str) and len(os.fsencode(file.parent / bench)) > SOCKET_PATH_MAX:
        return [Finding(("bench",), f"is longer than {SOCKET_PATH_MAX} bytes", "Choose a shorter path.")]
    return []


def _staff(source: Source, hall: dict[str, Any] | None, errors: list[ConfigError]) -> StaffFile:
    named = referred(source, "staff", errors)
    if named is None:
        return StaffFile()
    staff, wrong = validate(StaffFile, named.raw, named.file.parent)
    errors += placed(wrong + staff_findings(named.raw, hall or {}), (named,))
    return staff or StaffFile()


def _printer_models(source: Source, errors: list[ConfigError]) -> dict[str, Any]:
    """The models in the files that printers' sections name, by file as named; each named model must be known."""
    found: dict[str, Any] = {}
    for at, row in rows(source.raw, "device"):
        printer = row.get("printer")
        if not isinstance(printer, dict):
            continue
        here, named = (*at, "printer"), printer.get("profiles")
        if isinstance(named, str) and named not in found:
            by = f"{source.file.name}:{source.lines.get((*here, 'profiles'))}"
            models = read(source.file.parent / named, errors, by)
            found[named] = models.raw if models else None
            errors += placed(model_findings(models.raw), (models,)) if models else []
        own = found[named] if isinstance(named, str) else {}
        if own is not None:  # otherwise nobody knows what would be in the file
            errors += placed(model_named(here, printer, own), (source,))
    return found


def _hash(hall: HallConfig, station: StationFile, models: Mapping[str, Any]) -> str:
    """Of all values that decide how the station behaves; not of secrets, nor of the staff list, which lives on."""
    said = {
        "hall": hall.model_dump(mode="json", by_alias=True, exclude={"broker": {"tls": {"key_password"}}}),
        "station": station.model_dump(mode="json", by_alias=True, exclude={"hall", "staff"}),
        "printer models": models,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
