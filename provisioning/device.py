"""One station's bundle: config, unit, certificates, the broker's rules, laid out as they lie on the Pi's disk.

Each bundle has a folder of its own below `--out`, so that copying one to its Pi carries no other device's key there.
"""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from config.cross import bound
from config.errors import ConfigErrors, did_you_mean
from config.hall import HallConfig
from config.load import load, load_hall
from config.schema import SECTIONS, Station
from config.shapes import NAME
from provisioning.broker import acl
from provisioning.ca import issue
from provisioning.files import File, Refused, write_all
from provisioning.unit import groups, unit

HALLSIDE: Final = "/opt/hallside/current/bin/hallside"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the technician asked for. role: "" or what they believe the (only) device to be."""

    names: tuple[str, ...]
    hall: Path
    out: Path
    role: str = ""
    station: str = ""
    like: Path | None = None
    sets: tuple[str, ...] = ()
    staff: Path | None = None
    ca: Path | None = None
    force: bool = False

    @property
    def name(self) -> str:
        """The station's: asked for, or its first device's."""
        return self.station or self.names[0]

    @property
    def folder(self) -> Path:
        """Where its bundle goes."""
        return self.out / self.name


def provision_device(wish: Wish) -> tuple[Station, list[Path]]:
    """Write the bundle; the station and what changed. Raises Refused, ConfigErrors."""
    name = wish.name
    if not re.fullmatch(NAME, name):
        raise Refused(f"--station {name!r}: {_NAME_RULE}")
    hall = load_hall(wish.hall)
    roles = bound(hall.model_dump(by_alias=True))
    for device in wish.names:
        if device not in roles:
            raise Refused(f"{wish.hall} knows no device '{device}'. {did_you_mean(device, roles)}")
    text = station_text(wish, roles, name)
    station, read = _checked(wish, text, name)
    bundle = {
        f"etc/hallside/{name}.toml": File(text),
        "etc/hallside/hall.toml": File(read["hall.toml"]),
        f"etc/systemd/system/hallside-{name}.service": File(unit(station, name)),
        f"etc/sysusers.d/hallside-{name}.conf": File(_sysusers(station)),
        "etc/tmpfiles.d/hallside.conf": File(_template("tmpfiles.conf")),
        "broker/acl": File(acl(hall.hall.id)),
    }
    if "staff.toml" in read:
        bundle["etc/hallside/staff.toml"] = File(read["staff.toml"], secret=True)
    if wish.ca is not None:
        bundle |= _identities(wish, wish.ca, hall)
    return station, write_all(wish.folder, bundle, force=wish.force)


_NAME_RULE: Final = "small letters a-z, digits and '-', a letter first, at most 32. Choose such a name."


def station_text(wish: Wish, roles: Mapping[str, str], name: str) -> str:
    """The station's own file: the devices with their roles from the hall, the parts from `like` and `sets`."""
    parts = _parts(wish, roles)
    lines = [f"# Station {name}. Written by `hallside provision device`.", 'hall = "hall.toml"']
    if "coordinator" in wish.names:
        lines.append('staff = "staff.toml"')
    lines.append(f"data = {_toml(f'/var/lib/hallside/{name}')}")
    for device in wish.names:
        role = wish.role or roles[device]
        lines += ["", "[[device]]", f"name = {_toml(device)}", f"role = {_toml(role)}"]
        for section, values in parts[device].items():
            lines += ["", f"[device.{section}]", *(f"{key} = {_toml(value)}" for key, value in values.items())]
    return "\n".join([*lines, ""])


def next_steps(station: Station, wish: Wish) -> list[str]:
    """What is left to do, in order, for whoever stands before the Pi."""
    name, folder = wish.name, wish.folder
    tls = station.hall.broker.tls
    steps = [
        f"On the Pi, hallside installed (`hallside provision release`): sudo {HALLSIDE} provision install {folder}",
        "sudo systemd-sysusers && sudo systemd-tmpfiles --create && sudo systemctl daemon-reload",
    ]
    if tls is not None and wish.ca is None:
        wanted = ", ".join(f"{tls.of(d.name).cert} and {tls.of(d.name).key}" for d in station.devices)
        steps.insert(1, f"Bring the certificates ({wanted}), or add --ca to have them made here.")
    steps += [
        f"On the broker, once for all devices: {folder}/broker/acl belongs to /etc/mosquitto/hallside/acl",
        f"sudo -u hallside {HALLSIDE} check --config /etc/hallside/{name}.toml",
        f"sudo -u hallside {HALLSIDE} selftest --config /etc/hallside/{name}.toml",
        f"sudo systemctl enable --now hallside-{name}",
    ]
    return steps


def _checked(wish: Wish, text: str, name: str) -> tuple[Station, dict[str, str]]:
    """The station as the Pi will read it, and the files it reads. Mistakes are told by key: the file is not there."""
    read = {"hall.toml": wish.hall.read_text("utf-8")}
    if "coordinator" in wish.names:
        if wish.staff is None:
            raise Refused("the coordinator signs people in. Add --staff FILE (`hallside provision staff` writes one).")
        read["staff.toml"] = wish.staff.read_text("utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        for other, said in {**read, f"{name}.toml": text}.items():
            (Path(scratch) / other).write_text(said, "utf-8")
        try:
            return load(Path(scratch) / f"{name}.toml", {}), read
        except ConfigErrors as errors:
            told = "\n".join(f"{error.keys}: {error.what}. {error.mend}" for error in errors.errors)
            hint = "Parts come from --like STATION.toml and --set SECTION.KEY=VALUE."
            raise Refused(f"the station would not be sound; nothing was written\n{told}\n{hint}") from errors


def _parts(wish: Wish, roles: Mapping[str, str]) -> dict[str, dict[str, dict[str, Any]]]:
    """device -> section -> key -> value."""
    parts: dict[str, dict[str, dict[str, Any]]] = {device: {} for device in wish.names}
    if wish.like is not None:
        try:
            rows = tomllib.loads(wish.like.read_text("utf-8"))["device"]
            like = {row["role"]: {s: dict(row[s]) for s in SECTIONS if s in row} for row in rows}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Refused(f"--like {wish.like}: not a station's file ({error}). Name one that checks.") from error
        for device in wish.names:
            parts[device] = like.get(wish.role or roles[device], {})
    for setting in wish.sets:
        device, section, key, value = _setting(setting, wish.names)
        parts[device].setdefault(section, {})[key] = value
    return parts


def _setting(setting: str, names: Sequence[str]) -> tuple[str, str, str, Any]:
    """`printer.baud=19200`, or `kiosk-1.printer.baud=19200` where the station has several devices."""
    path, equals, text = setting.partition("=")
    steps = path.split(".")
    if len(steps) == 2 and len(names) == 1:
        steps = [names[0], *steps]
    if not equals or len(steps) != 3 or steps[0] not in names:
        form = "SECTION.KEY=VALUE" if len(names) == 1 else "DEVICE.SECTION.KEY=VALUE"
        raise Refused(f"--set {setting}: cannot be read. Write it as {form}.")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text  # a path or a word need not be quoted twice
    return steps[0], steps[1], steps[2], value


def _toml(value: Any) -> str:
    """A value as TOML; JSON's texts, numbers, truth values and lists are TOML's too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _identities(wish: Wish, ca: Path, hall: HallConfig) -> dict[str, File]:
    if hall.broker.tls is None:
        raise Refused(f"--ca is of no use: {wish.hall} has no [broker.tls]. Write it, or leave --ca out.")
    found: dict[str, File] = {}
    for device in wish.names:
        place = hall.broker.tls.of(device)
        if (wish.folder / str(place.cert).lstrip("/")).exists() and not wish.force:
            continue  # a device keeps its identity when its config is written again
        made = issue(ca, device, "clientAuth")
        found[str(place.cert).lstrip("/")] = File(made.cert)
        found[str(place.key).lstrip("/")] = File(made.key, secret=True)
        found[str(place.ca).lstrip("/")] = File((ca / "ca.crt").read_text())
    return found


def _sysusers(station: Station) -> str:
    members = "".join(f"m hallside {group}\n" for group in groups(station))
    return _template("sysusers.conf") + members


def _template(name: str) -> str:
    return files("provisioning").joinpath(f"templates/{name}").read_text("utf-8")
