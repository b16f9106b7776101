"""USB devices that the guest plugs into itself: dummy_hcd is bus and socket, configfs makes the device behind it.

A device is pulled out and put back through its `authorized` file, which takes its drivers away and gives them back as a
hub does. Its function is never unbound while somebody holds its file: the kernel (6.1, 6.12) does not survive that.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CONFIGFS: Final = Path("/sys/kernel/config/usb_gadget")
SECONDS: Final = 10.0
SOCKETS: Final = 8  # dummy_hcd's controllers: one device each
# USB HID 1.11, appendix B.1: a keyboard whose reports are 8 bytes: modifiers, 0, six keys.
KEYBOARD: Final = bytes.fromhex(
    "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508150025650507190029658100c0"
)


@dataclass(frozen=True)
class Gadget:
    """One USB device. product: what it calls itself, from which udev makes its stable name."""

    name: str
    function: str  # f_*.c in the kernel, with an instance name: "acm.0"
    maker: str
    product: str
    serial: str
    options: tuple[tuple[str, bytes], ...] = ()

    def build(self) -> int:
        """Make it and plug it in; its socket's number."""
        socket = len(list(CONFIGFS.iterdir()))
        device = CONFIGFS / self.name
        device.mkdir()
        _write(device, idVendor=b"0x1d6b", idProduct=b"0x0104", bcdDevice=b"0x0100")
        strings = device / "strings/0x409"
        strings.mkdir()
        _write(strings, manufacturer=self.maker.encode(), product=self.product.encode())
        if self.serial:
            _write(strings, serialnumber=self.serial.encode())
        function = device / "functions" / self.function
        function.mkdir()
        _write(function, **dict(self.options))
        config = device / "configs/c.1"
        config.mkdir()
        (config / self.function).symlink_to(function)
        (device / "UDC").write_text(f"dummy_udc.{socket}\n")
        return socket


class Plug:
    """The plug of one such device."""

    def __init__(self, gadget: Gadget) -> None:
        socket = gadget.build()
        hub = Path(f"/sys/bus/platform/devices/dummy_hcd.{socket}")
        self.device = await_one(hub, "usb*/*-1/authorized").parent
        await_one(self.device, "*:*/*/uevent")

    def pull(self) -> None:
        (self.device / "authorized").write_text("0")

    def put(self) -> None:
        (self.device / "authorized").write_text("1")

    def node(self, pattern: str) -> Path:
        """The file in /dev that its driver made, by its place in sysfs: `*/usbmisc/lp*`."""
        lines = (await_one(self.device, pattern) / "uevent").read_text().splitlines()
        name = next(line.removeprefix("DEVNAME=") for line in lines if line.startswith("DEVNAME="))
        return await_one(Path("/dev"), name)

    def named(self, folder: str, pattern: str) -> Path:
        """The same by the name that udev gives it in this folder, which is the same after every start."""
        node = self.node(pattern)

        def there() -> list[Path]:  # udev makes a link under another name, ".#...", and then renames it
            return [name for name in Path(folder).glob("[!.]*") if name.resolve() == node]

        until(lambda: bool(there()), f"a name for {node} in {folder}")
        return there()[0]


def await_one(folder: Path, pattern: str) -> Path:
    """The first file like that, as soon as there is one: what is plugged in is found by a kernel thread."""
    until(lambda: any(folder.glob(pattern)), f"{pattern} in {folder}")
    return min(folder.glob(pattern))


def until(fact: Callable[[], bool], what: str) -> None:
    """Wait for it. AssertionError if it does not come."""
    end = time.monotonic() + SECONDS
    while not fact():
        assert time.monotonic() < end, f"not within {SECONDS:g} s: {what}"
        time.sleep(0.01)  # what a kernel thread does cannot be waited for, only looked at


def modprobe(*words: str) -> None:
    subprocess.run(["modprobe", *words], check=True)


def _write(folder: Path, **values: bytes) -> None:
    for name, value in values.items():
        (folder / name).write_bytes(value)


def keyboard(name: str, maker: str, product: str) -> Gadget:
    options = (("protocol", b"1"), ("subclass", b"1"), ("report_length", b"8"), ("report_desc", KEYBOARD))
    return Gadget(name, f"hid.{name}", maker, product, "", options)


def serial(name: str, maker: str, product: str, number: str) -> Gadget:
    return Gadget(name, f"acm.{name}", maker, product, number)


def printer(name: str, maker: str, product: str, number: str) -> Gadget:
    # q_len: buffers of 8 KB that the printer takes before it has printed anything
    pnp = f"MFG:{maker};MDL:{product};CLS:PRINTER;CMD:ESC/POS;SN:{number};".encode()
    return Gadget(name, f"printer.{name}", maker, product, number, (("pnp_string", pnp), ("q_len", b"1")))
