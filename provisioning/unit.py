"""The systemd unit of one station: in a sandbox, with its own parts and nothing else.

Devices are allowed by class, as /proc/devices names them, not by path: systemd looks a path up once, at start, and a
printer plugged in again would stay forbidden.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from config.schema import Station

# driver -> device classes with their access, and the groups that own such devices on Debian and Raspberry Pi OS
PARTS: Final[dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]] = {
    ("screen", "pygame"): (("char-drm rw", "char-input r"), ("video", "render", "input")),
    ("sign", "pygame"): (("char-drm rw", "char-input r"), ("video", "render", "input")),
    ("printer", "usblp"): (("char-usb rw",), ("lp",)),
    ("printer", "tcp"): ((), ()),
    ("buttons", "gpiod"): (("char-gpiochip rw",), ("gpio",)),
    ("buttons", "rpigpio"): (("char-gpiochip rw", "/dev/gpiomem rw"), ("gpio",)),
    ("lamps", "gpiod"): (("char-gpiochip rw",), ("gpio",)),
    ("lamps", "rpigpio"): (("char-gpiochip rw", "/dev/gpiomem rw"), ("gpio",)),
    ("keypad", "evdev"): (("char-input r",), ("input",)),
    ("scanner", "evdev"): (("char-input r",), ("input",)),
    ("speaker", "sdl"): (("char-alsa rw",), ("audio",)),
    ("supply", "rpi"): ((), ()),  # /sys may be read
}
ON_SERIAL: Final = frozenset({"serial", "callpad", "modbus"})  # drivers whose `port` is a serial one
SERIAL_CLASSES: Final = ("ttyUSB", "ttyACM", "ttyAMA", "ttyS")
PRIVATE_NETS: Final = "localhost 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fe80::/10"


def unit(station: Station, name: str) -> str:
    """The whole unit file of the station that is called `name` on its machine."""
    template = files("provisioning").joinpath("templates/hallside.service").read_text("utf-8")
    return template.format(
        station=name,
        devices=", ".join(device.name for device in station.devices),
        network="\n".join(_network(station)),
        parts="\n".join(_devices(station)),
    )


def groups(station: Station) -> list[str]:
    """The groups whose devices this station uses."""
    return sorted({group for _, owners in _needs(station) for group in owners})


def _needs(station: Station) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for device in station.devices:
        for section, part in device.parts().items():
            if part.driver in ON_SERIAL:
                yield _serial(str(part.options()["port"])), ("dialout",)
            elif part.driver != "simulated":
                yield PARTS[section, part.driver]


def _serial(port: str) -> tuple[str, ...]:
    """A name by id does not say its kind, but it is one of the two USB kinds."""
    kinds = [kind for kind in SERIAL_CLASSES if port.removeprefix("/dev/").startswith(kind)]
    return tuple(f"char-{kind} rw" for kind in kinds or SERIAL_CLASSES[:2])


def _devices(station: Station) -> list[str]:
    allowed = sorted({rule for rules, _ in _needs(station) for rule in rules})
    if not allowed:
        return ["PrivateDevices=yes"]
    return ["DevicePolicy=closed", *(f"DeviceAllow={rule}" for rule in allowed)]


def _network(station: Station) -> list[str]:
    """The hall's own networks; just the one address where the config names an address. Screens ask udev by netlink."""
    hosts = {station.hall.broker.host}
    for device in station.devices:
        if device.printer is not None and "host" in device.printer.options():
            hosts.add(str(device.printer.options()["host"]))
    literal = all(_is_address(host) for host in hosts)
    allow = " ".join(["localhost", *sorted(hosts - {"127.0.0.1", "::1"})]) if literal else PRIVATE_NETS
    screens = any(part.driver == "pygame" for device in station.devices for part in device.parts().values())
    families = "AF_UNIX AF_INET AF_INET6" + " AF_NETLINK" * screens
    return [f"RestrictAddressFamilies={families}", "IPAddressDeny=any", f"IPAddressAllow={allow}"]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
