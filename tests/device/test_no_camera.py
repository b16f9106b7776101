"""The devices of a hall see and hear nobody: nothing can open a camera or a microphone (R003, R114)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("device", "drivers", "screens", "config", "provisioning")
EYES_AND_EARS = re.compile(
    r"cv2|picamera|pygame\.camera|/dev/video|v4l2|libcamera|pyaudio|sounddevice|arecord|parecord|SDL_OpenAudioDevice"
    r"|iscapture\s*=\s*(True|1)|face_recognition",
)


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from (ROOT / room).rglob("*.py")


@pytest.mark.req("R003", "R114")
def test_no_part_of_the_programme_can_open_a_camera_or_a_microphone() -> None:
    hits = {path.relative_to(ROOT): EYES_AND_EARS.search(path.read_text("utf-8")) for path in sources()}
    found = {path: hit.group() for path, hit in hits.items() if hit}
    assert len(hits) > 200
    assert found == {}
    for eye in ("import cv2", "pygame.camera.init()", 'open("/dev/video0")'):
        assert EYES_AND_EARS.search(eye), "or the look above would find nothing"


@pytest.mark.req("R003")
def test_no_dependency_brings_a_camera_and_no_unit_lets_one_be_opened() -> None:
    wanted = (ROOT / "pyproject.toml").read_text("utf-8")
    assert not re.search(r"opencv|picamera|sounddevice|pyaudio", wanted, re.IGNORECASE)
    templates = "".join(path.read_text("utf-8") for path in (ROOT / "provisioning" / "templates").iterdir())
    assert "video4linux" not in templates
    assert "/dev/video" not in templates
