"""The ports themselves, where a pty or a socket cannot play the part: pyserial's and usblp's own ways of failing."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import stat
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial
from pytest_mock import MockerFixture

from drivers.events import PartFailed, PartMended, PrintFailed
from drivers.printer_port import PortGone
from drivers.printer_serial import SerialOpener, SerialPort, SerialPrinter
from drivers.printer_tcp import TcpPort, TcpPrinter
from drivers.printer_usblp import UsblpPort, UsblpPrinter
from drivers.protocols import PartMissing
from tests.drivers.printer.jobs import ticket
from tests.drivers.printer.rigs import FAST, PATIENCE, PLACE, Heard


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a line."""
    near, far = socket.socketpair()
    with near, far:
        yield near, far


def test_pyserial_is_told_never_to_wait_and_to_keep_others_out(mocker: MockerFixture) -> None:
    opened = mocker.patch("drivers.printer_serial.serial.Serial")
    SerialPort("/dev/serial/by-id/printer", 9600)
    opened.assert_called_once_with("/dev/serial/by-id/printer", 9600, timeout=0, write_timeout=0, exclusive=True)


@pytest.mark.parametrize(
    "fault",
    [serial.SerialException("busy"), OSError(errno.EIO, "gone"), termios.error(5, "gone"), FileNotFoundError(2, "no")],
)
def test_every_way_a_serial_port_breaks_is_told_as_gone_with_its_path(mocker: MockerFixture, fault: Exception) -> None:
    line = mocker.patch("drivers.printer_serial.serial.Serial").return_value
    port = SerialPort("/dev/ttyS9", 9600)
    mocker.patch("drivers.printer_serial.select.select", return_value=([line], [line], []))
    line.write.side_effect = line.read.side_effect = fault
    type(line).out_waiting = mocker.PropertyMock(side_effect=fault)
    for broken in (lambda: port.write(b"x", 1.0), lambda: port.read(1.0), port.pending):
        with pytest.raises(PortGone, match="/dev/ttyS9"):
            broken()


def test_closing_a_serial_port_drops_what_it_holds_and_never_raises(mocker: MockerFixture) -> None:
    line = mocker.patch("drivers.printer_serial.serial.Serial").return_value
    port = SerialPort("/dev/ttyS9", 9600)
    line.reset_output_buffer.side_effect = termios.error(5, "gone")
    line.close.side_effect = OSError(errno.EIO, "gone")
    port.close()
    line.reset_output_buffer.assert_called_once_with()
    line.close.assert_called_once_with()


def test_a_close_that_the_kernel_holds_up_keeps_nobody_waiting_and_the_port_gone_until_it_is_over(
    mocker: MockerFixture,
) -> None:
    line = mocker.patch("drivers.printer_serial.serial.Serial").return_value
    taken = threading.Event()
    line.close.side_effect = lambda: taken.wait(PATIENCE)  # cdc_acm: for 30 s, or until all is taken
    opener = SerialOpener("/dev/ttyACM9", 9600)
    began = time.monotonic()
    opener().close()
    assert time.monotonic() - began < 1.0
    with pytest.raises(PortGone, match="/dev/ttyACM9: the printer takes nothing") as gone:
        opener()
    assert gone.value.code == "silent"
    taken.set()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(PortGone):
            opener()
            break
    else:
        pytest.fail("it stayed gone")


def test_a_serial_port_that_others_hold_refuses_to_start(mocker: MockerFixture) -> None:
    mocker.patch(
        "drivers.printer_serial.serial.Serial", side_effect=serial.SerialException("Could not exclusively lock")
    )
    with pytest.raises(PartMissing, match=r"printer: /dev/ttyS9: Could not exclusively lock\. .*\(technician\)"):
        SerialPrinter(Heard().post, PLACE, port="/dev/ttyS9")


def test_a_serial_port_that_breaks_under_a_job_fails_it_and_is_told(
    mocker: MockerFixture, ends: tuple[socket.socket, socket.socket]
) -> None:
    line = mocker.patch("drivers.printer_serial.serial.Serial").return_value
    line.fileno.return_value = ends[0].fileno()
    line.out_waiting = 0
    line.write.side_effect = len
    heard = Heard()
    printer = SerialPrinter(heard.post, PLACE, port="/dev/ttyS9", pace=FAST)
    try:
        heard.until(lambda event: getattr(event, "code", "") == "silent")
        line.write.side_effect = termios.error(5, "Input/output error")
        printer.print("A012", ticket("A012"))
        assert heard.next(PrintFailed) == PrintFailed("A012", "unplugged")
        failed = heard.next(PartFailed)
        assert isinstance(failed, PartFailed)
        assert failed.detail.startswith("/dev/ttyS9: ")
    finally:
        printer.close()


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UsblpPort]:
    """A pipe with a name: a file that can be polled, with no terminal's manners."""
    path = tmp_path / "lp0"
    os.mkfifo(path)
    with monkeypatch.context() as pretend:
        pretend.setattr("drivers.printer_usblp.stat.S_ISCHR", stat.S_ISFIFO)
        port = UsblpPort(str(path))
    yield port
    port.close()


def test_a_port_that_is_not_there_is_named_once_with_those_that_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drivers.printer_serial.BY_ID", tmp_path)
    with pytest.raises(PortGone, match=r"^/dev/ttyNOWHERE: No such file or directory; there is no serial adapter$"):
        SerialPort("/dev/ttyNOWHERE", 9600)
    (tmp_path / "usb-1a86_USB_Serial-if00-port0").touch()
    with pytest.raises(PortGone, match=r"; there is /.*/usb-1a86_USB_Serial-if00-port0$"):
        SerialPort("/dev/ttyNOWHERE", 9600)


@pytest.mark.parametrize("kind", ["a file", "a folder", "/dev/null"])
def test_nothing_is_written_to_what_is_no_printer(kind: str, tmp_path: Path) -> None:
    path = Path(kind) if kind.startswith("/") else tmp_path / "precious"
    if kind == "a file":
        path.write_bytes(b"precious")
    elif kind == "a folder":
        path.mkdir()
    with pytest.raises(PartMissing, match=f"{path.name}: is no printer"):
        UsblpPrinter(Heard().post, PLACE, path=str(path), pace=FAST)
    assert kind != "a file" or path.read_bytes() == b"precious"


def test_a_printer_that_hangs_up_at_every_try_is_one_fault_and_tried_ever_less() -> None:
    heard = Heard()
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = TcpPrinter(heard.post, PLACE, host="127.0.0.1", port=server.getsockname()[1], pace=FAST)
        try:
            for _ in range(5):
                server.accept()[0].close()
            assert [type(event) for event in heard.rest() if isinstance(event, PartFailed | PartMended)] == [PartFailed]
            assert printer._attempts >= len(FAST.reopen)
        finally:
            printer.close()


def test_a_full_printer_takes_nothing_instead_of_hanging_the_thread(lp: UsblpPort) -> None:
    while lp.write(bytes(4096), 0.01):
        pass
    assert lp.pending()
    assert lp.write(b"x", 0.01) == 0


def test_a_printer_with_one_direction_only_is_silent_and_not_broken(
    lp: UsblpPort, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(fd: int, size: int) -> bytes:
        raise OSError(errno.EINVAL, "not bidirectional")

    lp.write(b"x", 0.1)
    monkeypatch.setattr("drivers.printer_usblp.os.read", refuse)
    assert lp.read(0.1) == b""
    monkeypatch.setattr("drivers.printer_usblp.os.read", None)
    assert lp.read(0.01) == b"", "it is not asked again"


def test_a_packet_of_no_bytes_is_no_answer_and_no_end(lp: UsblpPort, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(fd: int, size: int) -> bytes:
        return b""

    lp.write(b"x", 0.1)
    with monkeypatch.context() as empty:
        empty.setattr("drivers.printer_usblp.os.read", nothing)
        assert lp.read(0.1) == b""
    assert lp.read(0.1) == b"x"


def test_an_error_of_the_device_is_told_as_gone(lp: UsblpPort, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(fd: int, data: bytes) -> int:
        raise OSError(errno.ENODEV, "No such device")

    monkeypatch.setattr("drivers.printer_usblp.os.write", refuse)
    with pytest.raises(PortGone, match=r"lp0.*No such device"):
        lp.write(b"x", 0.1)


def test_the_usb_status_is_one_int_and_a_printer_that_refuses_it_is_asked_once(
    lp: UsblpPort, mocker: MockerFixture
) -> None:
    ioctl = mocker.patch("drivers.printer_usblp.fcntl.ioctl", return_value=b"\x38\x00\x00\x00")
    assert lp.status() == 0x38
    assert ioctl.call_args.args[1] == 0x060B
    ioctl.side_effect = OSError(errno.EIO, "timed out")
    assert lp.status() is None
    ioctl.side_effect = None
    assert lp.status() is None
    assert ioctl.call_count == 2


def test_a_printer_that_is_gone_when_its_usb_status_is_asked_is_told_as_gone(
    lp: UsblpPort, mocker: MockerFixture
) -> None:
    mocker.patch("drivers.printer_usblp.fcntl.ioctl", side_effect=OSError(errno.ENODEV, "No such device"))
    with pytest.raises(PortGone, match=r"lp0: unplugged"):
        lp.status()


def test_a_printer_that_closes_the_connection_is_told_as_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = TcpPort("127.0.0.1", server.getsockname()[1])
        peer, _ = server.accept()
        peer.close()
        with pytest.raises(PortGone, match="closed the connection"):
            port.read(1.0)
        port.close()


def test_closing_a_connection_drops_what_the_printer_has_not_taken() -> None:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = TcpPort("127.0.0.1", server.getsockname()[1])
        peer, _ = server.accept()
        with peer:
            given = 0
            while taken := port.write(b"stale" * 800, 0.1):
                given += taken
            assert port.pending()
            port.close()
            assert received_until_reset(peer) < given


def received_until_reset(peer: socket.socket) -> int:
    """Bytes that come before the other end breaks the connection off; one that ends in order fails the test."""
    came = 0
    try:
        while data := peer.recv(65536):
            came += len(data)
    except ConnectionResetError:
        return came
    raise AssertionError("everything was delivered after the close")
