"""Which printers the kernel's usblp has now, and where: a printer may come back under another number.

In a config: "/dev/usb/lp0" or a name udev gives; "auto", the only one there; "usb:0416:5011" or, with its serial
number, "usb:0416:5011:A7". Source: the kernel's usbmisc class and usblp.c (device name usb/lp<n>).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drivers.printer_port import PortGone

SYS: Final = Path("/sys/class/usbmisc")
DEV: Final = Path("/dev")
AUTO: Final = "auto"
BY_IDENTITY: Final = "usb:"


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """One that is plugged in. identity: "usb:0416:5011", with ":" and the serial number if it has one."""

    path: Path
    identity: str
    name: str

    def __str__(self) -> str:
        return f"{self.path} ({self.identity}{f', {self.name}' if self.name else ''})"


def usb_printers(sys: Path = SYS, dev: Path = DEV) -> list[UsbPrinter]:
    """All of them, in order of their names. One that goes while it is looked at is left out."""
    found = []
    for entry in sorted(sys.glob("lp*")):
        try:
            device = (entry / "device").resolve(strict=True).parent  # the interface's device
            vendor, product = _said(device, "idVendor"), _said(device, "idProduct")
        except OSError:
            continue
        serial = _said(device, "serial", "")
        identity = ":".join(filter(None, ("usb", vendor, product, serial)))
        name = " ".join(filter(None, (_said(device, "manufacturer", ""), _said(device, "product", ""))))
        found.append(UsbPrinter(dev / "usb" / entry.name, identity, name))
    return found


def usb_path(wanted: str, sys: Path = SYS, dev: Path = DEV) -> Path:
    """The device of the printer a config means, as it is now. PortGone with what there is instead."""
    if wanted != AUTO and not wanted.startswith(BY_IDENTITY):
        path = Path(wanted)
        if not path.exists():
            raise PortGone(f"{wanted}: No such file or directory; {_there(usb_printers(sys, dev))}")
        return path
    there = usb_printers(sys, dev)
    fits = [one for one in there if wanted == AUTO or f"{one.identity}:".startswith(f"{wanted}:")]
    if len(fits) == 1:
        return fits[0].path
    raise PortGone(f"{wanted}: {'several fit' if fits else 'no printer fits'}; {_there(there)}")


def _there(found: Sequence[UsbPrinter]) -> str:
    return f"there is {', '.join(map(str, found)) or 'no USB printer'}"


def _said(device: Path, attribute: str, missing: str | None = None) -> str:
    """An attribute of sysfs, without what does not belong on a line. OSError if it is not there, unless `missing`."""
    try:
        text = (device / attribute).read_text("utf-8", "replace")
    except OSError:
        if missing is None:
            raise
        return missing
    return "".join(char for char in text.strip() if char.isprintable())
