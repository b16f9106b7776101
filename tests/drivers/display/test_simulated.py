"""The simulated screen's bench and recordings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from drivers import display_recorder
from drivers.display_recorder import WAITING, Recorder, png
from drivers.display_simulated import SimulatedDisplay
from drivers.events import HardwareEvent, KeyPressed, Touched
from drivers.protocols import Area, PartMissing, Place
from drivers.sdl import pygame
from tests.drivers.display.screens import FakeBench, colour, whole

TARGETS = {"service:social": Area(10, 20, 101, 51), "service:tax": Area(10, 100, 100, 50), "help": Area(200, 0, 40, 40)}
RED = (200, 30, 30)
NOON = datetime(2026, 11, 21, 12, 0, 0, 7000)  # noqa: DTZ001  what it prints is all that matters


@pytest.fixture
def said() -> list[HardwareEvent]:
    return []


@pytest.fixture
def bench() -> FakeBench:
    return FakeBench()


@pytest.fixture
def screen(said: list[HardwareEvent], bench: FakeBench, tmp_path: Path) -> Iterator[SimulatedDisplay]:
    place = Place("kiosk-1", "screen", bench, tmp_path)
    with closing(SimulatedDisplay(said.append, place, width_mm=300, height_mm=200, width=320, height=200)) as display:
        display.canvas().fill(RED)
        display.flip("KioskHome", whole(display), TARGETS)
        yield display


# --- hands ---------------------------------------------------------------------------------------------------


def test_a_tap_lands_in_the_middle_of_the_named_target(
    screen: SimulatedDisplay, bench: FakeBench, said: list[HardwareEvent]
) -> None:
    assert bench.do("kiosk-1", "screen", do="tap", key="service:social") == {"x": 60, "y": 45}
    assert said == [Touched(60, 45)]


def test_a_tap_on_what_is_not_shown_is_refused_with_what_is(
    screen: SimulatedDisplay, bench: FakeBench, said: list[HardwareEvent]
) -> None:
    with pytest.raises(ValueError, match=r"KioskHome is shown, without a key 'service:taxes'; it has service:social, "):
        bench.do("kiosk-1", "screen", do="tap", key="service:taxes")
    with pytest.raises(ValueError, match=r"Did you mean 'service:tax'\?"):
        bench.do("kiosk-1", "screen", do="tap", key="service:taxes")
    assert said == []


def test_only_the_targets_of_the_newest_view_can_be_tapped(screen: SimulatedDisplay, bench: FakeBench) -> None:
    screen.flip("KioskTake", whole(screen), {"done": Area(0, 0, 10, 10)})
    with pytest.raises(ValueError, match="KioskTake is shown, without a key 'help'; it has done"):
        bench.do("kiosk-1", "screen", do="tap", key="help")


def test_a_finger_beside_the_screen_is_refused(
    screen: SimulatedDisplay, bench: FakeBench, said: list[HardwareEvent]
) -> None:
    for x, y in ((320, 0), (0, 200), (-1, 0)):
        with pytest.raises(ValueError, match="beside the screen, which is 320 x 200"):
            bench.do("kiosk-1", "screen", do="touch", x=x, y=y)
    assert said == []


@pytest.mark.parametrize("keys", ["A12", ["A", "1", "2"]])
def test_typing_is_one_key_after_another(
    screen: SimulatedDisplay, bench: FakeBench, said: list[HardwareEvent], keys: object
) -> None:
    bench.do("kiosk-1", "screen", do="type", keys=keys)
    assert said == [KeyPressed("A"), KeyPressed("1"), KeyPressed("2")]


def test_a_named_key_is_typed_as_one(screen: SimulatedDisplay, bench: FakeBench, said: list[HardwareEvent]) -> None:
    bench.do("kiosk-1", "screen", do="type", keys=["1", "enter"])
    assert said == [KeyPressed("1"), KeyPressed("enter")]


@pytest.mark.parametrize(
    "request_", [{"do": "jump"}, {"do": "tap"}, {"do": "touch", "x": 1}, {"do": "touch", "x": "1"}]
)
def test_what_a_screen_does_not_understand_is_answered_with_what_it_does(
    screen: SimulatedDisplay, bench: FakeBench, request_: dict[str, object]
) -> None:
    with pytest.raises(
        ValueError, match=r"understands tap \(key\), touch \(x, y\), type \(keys\), look, picture, fault and mend"
    ):
        bench.do("kiosk-1", "screen", **request_)


def test_a_look_tells_view_size_targets_and_the_newest_picture(screen: SimulatedDisplay, bench: FakeBench) -> None:
    screen.flip("KioskBusy", [], {})
    screen.flip("KioskTake", whole(screen), {"done": Area(1, 2, 3, 4)})
    look = bench.do("kiosk-1", "screen", do="look")
    picture = Path(look.pop("picture"))
    assert look == {"view": "KioskTake", "screen": "main", "size": [320, 200], "targets": {"done": [1, 2, 3, 4]}}
    assert picture.name.endswith("-KioskTake.png")
    assert colour(pygame.image.load(picture), 5, 5) == RED


def test_a_screen_that_keeps_no_pictures_says_so(said: list[HardwareEvent], bench: FakeBench) -> None:
    display = SimulatedDisplay(said.append, Place("board-1", "screen", bench), width_mm=1210, height_mm=680)
    display.flip("BoardPage", whole(display), {})
    assert bench.do("board-1", "screen", do="look")["picture"] == ""
    with pytest.raises(ValueError, match="keeps no pictures"):
        bench.do("board-1", "screen", do="picture")


def test_without_pixels_in_the_config_it_has_its_shape_in_full_hd(said: list[HardwareEvent]) -> None:
    place = Place("board-1", "screen")
    assert SimulatedDisplay(said.append, place, width_mm=1600, height_mm=900).size == (1920, 1080)
    assert SimulatedDisplay(said.append, place, width_mm=900, height_mm=1600).size == (1080, 1920)


# --- pictures ------------------------------------------------------------------------------------------------


def test_every_view_becomes_a_picture_and_names_sort_in_their_order(screen: SimulatedDisplay, tmp_path: Path) -> None:
    for view in ("KioskBusy", "KioskTake", "KioskHome"):
        screen.flip(view, [], {})
    screen.close()
    names = sorted(path.name for path in (tmp_path / "screens" / "kiosk-1").iterdir())
    assert [name.rsplit("-", 1)[1] for name in names] == [
        "KioskHome.png",
        "KioskBusy.png",
        "KioskTake.png",
        "KioskHome.png",
    ]
    assert [name.split("-")[2] for name in names] == ["0001", "0002", "0003", "0004"]


def test_two_screens_of_a_device_record_beside_each_other(tmp_path: Path, said: list[HardwareEvent]) -> None:
    for part in ("screen", "sign"):
        place = Place("window-3", part, None, tmp_path)
        with closing(SimulatedDisplay(said.append, place, width_mm=3, height_mm=2, width=3, height=2)) as display:
            display.flip("OutOfOrder", [], {})
    names = sorted(path.name.split("-", 3)[3] for path in (tmp_path / "screens" / "window-3").iterdir())
    assert names == ["OutOfOrder.png", "sign-OutOfOrder.png"]


def test_a_picture_shows_the_canvas_as_it_was_at_its_flip(tmp_path: Path) -> None:
    picture = pygame.Surface((64, 48), 0, 32)
    with closing(Recorder(tmp_path)) as recorder:
        picture.fill(RED)
        recorder.take("before", picture, NOON)
        picture.fill((0, 0, 0))
    (path,) = tmp_path.iterdir()
    assert path.name == "120000-007-0001-before.png"
    assert colour(pygame.image.load(path), 63, 47) == RED


def test_a_view_s_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    with closing(Recorder(tmp_path / "screens")) as recorder:
        recorder.take("../../etc/passwd", pygame.Surface((1, 1), 0, 32), NOON)
    assert [path.name for path in (tmp_path / "screens").iterdir()] == ["120000-007-0001-etc-passwd.png"]


def test_a_slow_disk_never_stops_the_screen_and_keeps_the_newest_pictures(
    tmp_path: Path, mocker: MockerFixture
) -> None:
    writing, go_on = threading.Event(), threading.Event()

    def slow(_: pygame.Surface) -> bytes:
        writing.set()
        assert go_on.wait(5)
        return b"png"

    mocker.patch.object(display_recorder, "png", slow)
    picture = pygame.Surface((1, 1), 0, 32)
    with closing(Recorder(tmp_path)) as recorder:
        recorder.take("first", picture, NOON)
        assert writing.wait(5)
        for number in range(WAITING + 3):
            recorder.take(f"view{number}", picture, NOON)
        go_on.set()
        newest = recorder.newest(5)
    assert newest is not None
    assert newest.name.endswith(f"-view{WAITING + 2}.png")
    kept = sorted(path.name.rsplit("-", 1)[1] for path in tmp_path.iterdir())
    assert kept == sorted(["first.png", *(f"view{number}.png" for number in range(3, WAITING + 3))])


def test_half_a_picture_is_none_and_asking_for_it_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole_bytes = Path.write_bytes
    names: list[str] = []

    def half(path: Path, data: bytes) -> int:
        names.append(path.name)
        whole_bytes(path, data[:20])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with closing(Recorder(tmp_path)) as recorder:
        recorder.take("view", pygame.Surface((1, 1), 0, 32), NOON)
        with pytest.raises(OSError, match="No space left on device"):
            recorder.newest(5)
    assert names == [".120000-007-0001-view.png"]  # nobody who lists pictures saw it grow
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_missing_part(tmp_path: Path, said: list[HardwareEvent]) -> None:
    (tmp_path / "screens").write_text("a file stands where the folder should be")
    with pytest.raises(PartMissing, match="cannot record in"):
        SimulatedDisplay(said.append, Place("kiosk-1", "screen", None, tmp_path), width_mm=3, height_mm=2)


@pytest.mark.parametrize("size", [(1, 1), (7, 60), (61, 121)])
def test_a_png_holds_exactly_the_pixels_of_the_picture(tmp_path: Path, size: tuple[int, int]) -> None:
    picture = pygame.Surface(size, 0, 32)
    for x in range(size[0]):
        for y in range(size[1]):
            picture.set_at((x, y), (x * 3 % 256, y * 2 % 256, (x * y) % 256))
    (tmp_path / "a.png").write_bytes(png(picture))
    read = pygame.image.load(tmp_path / "a.png")
    assert pygame.image.tobytes(read, "RGB") == pygame.image.tobytes(picture, "RGB")
