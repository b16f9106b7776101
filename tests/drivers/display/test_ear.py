"""A display server is heard when it speaks: through a socket, and on a real X server where one is installed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

import pytest
from pytest_mock import MockerFixture

from drivers.display_ear import DisplayEar, is_display, open_sockets
from drivers.display_pygame import LOOK_SECONDS, PUMP_SECONDS, PygameDisplay
from drivers.events import HardwareEvent, Stirred, Touched
from drivers.protocols import Place
from tests.bench.finger import Finger
from tests.bench.rig import x_server
from tests.drivers.display.screens import whole

Server = tuple[socket.socket, SimpleQueue[str], DisplayEar, socket.socket]
PLACE = Place("kiosk-1", "screen")
SOON, NEVER = 5.0, 0.05


@pytest.fixture
def server() -> Iterator[Server]:
    """A server's end, what was heard, the ear, and our end."""
    before = open_sockets()
    theirs, ours = socket.socketpair()
    heard: SimpleQueue[str] = SimpleQueue()
    with theirs, ours:
        assert open_sockets() - before == {theirs.fileno(), ours.fileno()}
        with closing(DisplayEar(frozenset({ours.fileno()}), lambda: heard.put("heard"))) as ear:
            yield theirs, heard, ear, ours


def test_a_word_of_the_server_is_heard(server: Server) -> None:
    theirs, heard, _, _ = server
    theirs.send(b"a touch")
    assert heard.get(timeout=SOON) == "heard"


def test_what_is_not_read_yet_is_told_once(server: Server) -> None:
    theirs, heard, _, _ = server
    theirs.send(b"a touch")
    heard.get(timeout=SOON)
    theirs.send(b"another")
    with pytest.raises(Empty):
        heard.get(timeout=NEVER)


def test_after_reading_the_next_word_is_heard_and_silence_is_not(server: Server) -> None:
    theirs, heard, ear, ours = server
    theirs.send(b"a touch")
    heard.get(timeout=SOON)
    ours.recv(100)
    ear.listen()
    with pytest.raises(Empty):
        heard.get(timeout=NEVER)
    theirs.send(b"another")
    assert heard.get(timeout=SOON) == "heard"


def test_what_comes_right_after_is_told_a_little_later() -> None:
    heard: SimpleQueue[float] = SimpleQueue()
    theirs, ours = socket.socketpair()
    with theirs, ours, closing(DisplayEar(frozenset({ours.fileno()}), lambda: heard.put(monotonic()), gap=0.1)) as ear:
        theirs.send(b"a mouse is moved, and nobody reads it")
        first = heard.get(timeout=SOON)
        ear.listen()
        assert heard.get(timeout=SOON) - first >= 0.1


@pytest.mark.parametrize(
    ("name", "listens"), [("wayland-7", True), ("bus", False), ("X0", False), (".X11-unix/X0", False)]
)
def test_only_who_shows_pictures_is_listened_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, listens: bool
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    (tmp_path / ".X11-unix").mkdir()
    with socket.socket(socket.AF_UNIX) as door, socket.socket(socket.AF_UNIX) as ours:
        door.bind(str(tmp_path / name))
        door.listen()
        ours.connect(str(tmp_path / name))
        assert is_display(ours.fileno()) is listens
        assert not is_display(door.fileno())


def test_a_closed_ear_leaves_neither_thread_nor_file(server: Server) -> None:
    theirs, heard, _, ours = server
    threads, opened = threading.active_count(), open_sockets()
    DisplayEar(frozenset({ours.fileno()}), lambda: heard.put("second")).close()
    theirs.send(b"a touch")
    assert heard.get(timeout=SOON) == "heard"
    assert (threading.active_count(), open_sockets()) == (threads, opened)


def test_a_screen_that_nobody_hears_is_looked_at(mocker: MockerFixture) -> None:
    with closing(PygameDisplay(mocker.Mock(), PLACE, width_mm=30, height_mm=20, video="dummy")) as display:
        assert display.pump_seconds == PUMP_SECONDS


def test_a_finger_on_a_real_window_is_heard_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: SimpleQueue[HardwareEvent] = SimpleQueue()
    with ExitStack() as stack:
        server = stack.enter_context(x_server(tmp_path))
        try:
            finger = stack.enter_context(closing(Finger(server)))
        except OSError:
            pytest.skip("Debian's xvfb and libxtst6 are not installed")
        monkeypatch.setenv("DISPLAY", server)
        display = PygameDisplay(
            said.put, PLACE, width_mm=30, height_mm=20, width=320, height=200, x=0, y=0, video="x11"
        )
        stack.enter_context(closing(display))
        assert display.pump_seconds == LOOK_SECONDS
        display.flip("KioskHome", whole(display), {})
        with suppress(Empty):
            while said.get(timeout=2 * NEVER) == Stirred():  # all that a new window is told
                display.pump()
        finger.touch(30, 40)
        while (event := said.get(timeout=SOON)) == Stirred():  # nothing but its word makes us look
            display.pump()
        assert event == Touched(30, 40)
