"""Pictures of what a screen showed, written as PNG beside the work, never in its way."""

from __future__ import annotations

import contextlib
import re
import struct
import threading
import zlib
from collections import deque
from datetime import datetime
from pathlib import Path
from typing import Final

from drivers.sdl import pygame

WAITING: Final = 8  # pictures; of a longer queue the oldest are given up, so that the newest is always there
CLOSE_SECONDS: Final = 5.0
STRIP: Final = 60  # rows a step


class Recorder:
    """Writes `<folder>/<HHMMSS-mmm>-<count>-<view>.png`; names sort by time and never collide.

    `take` copies the picture and returns. A picture appears under its name when it is whole.
    """

    def __init__(self, folder: Path, prefix: str = "") -> None:
        """prefix: stands before the view's name. OSError if the folder cannot be made."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._prefix = folder, prefix
        self._count = 0
        self._waiting: deque[tuple[int, Path, pygame.Surface]] = deque(maxlen=WAITING)
        self._done = 0  # the count of the last picture that was written, or could not be
        self._written: Path | None = None
        self._fault = ""
        self._ending = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._write, name=f"recorder {folder.name}", daemon=True)
        self._thread.start()

    def take(self, view: str, picture: pygame.Surface, at: datetime) -> None:
        """Have a copy of this picture written."""
        self._count += 1
        name = f"{at:%H%M%S}-{at.microsecond // 1000:03}-{self._count:04}-{self._prefix}{_plain(view)}.png"
        copy = picture.copy()
        with self._changed:
            self._waiting.append((self._count, self._folder / name, copy))
            self._changed.notify_all()

    def newest(self, timeout: float) -> Path | None:
        """The newest picture, once it is written. None: none was taken yet. OSError: it could not be written."""
        with self._changed:
            asked = self._count
            if not self._changed.wait_for(lambda: self._done >= asked, timeout):
                raise OSError(f"picture {asked} is not written after {timeout:g} s")
            if self._fault:
                raise OSError(self._fault)
            return self._written

    def close(self) -> None:
        """Write what is waiting, then end."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        self._thread.join(CLOSE_SECONDS)

    def _write(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ending)
                if not self._waiting:
                    return
                count, path, picture = self._waiting.popleft()
            fault = ""
            part = path.with_name(f".{path.name}")
            try:
                part.write_bytes(png(picture))
                part.replace(path)
            except OSError as error:  # a full disk loses pictures, not the screen; whoever asks for one hears of it
                fault = f"{path}: {error.strerror}"
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
            with self._changed:
                self._done, self._written, self._fault = count, path, fault
                self._changed.notify_all()


def png(picture: pygame.Surface) -> bytes:
    """The picture as PNG (RFC 2083): 8 bit RGB, not interlaced, rows unfiltered.

    pygame.image.save keeps the interpreter to itself all the while, 60 ms for 1920x1080; zlib lets go of it, and strip
    by strip nobody waits for more than a millisecond.
    """
    width, height = picture.get_size()
    squeeze = zlib.compressobj(level=1)
    body = []
    for top in range(0, height, STRIP):
        rows = min(STRIP, height - top)
        raw = pygame.image.tobytes(picture.subsurface((0, top, width, rows)), "RGB")
        pitch = width * 3
        body.append(squeeze.compress(b"".join(b"\0" + raw[row * pitch : (row + 1) * pitch] for row in range(rows))))
    body.append(squeeze.flush())
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", b"".join(body)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _plain(view: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.]+", "-", view).strip("-.") or "view"
