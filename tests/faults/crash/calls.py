"""What a process asked of its disk, as Debian's strace saw it: typed, in order, with the bytes."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TRACED: Final = (
    "openat,write,pwrite64,fsync,fdatasync,syncfs,ftruncate,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,"
    "symlink,symlinkat,close"
)
# Bytes that would go past us. They are traced only to be refused: no state could be rebuilt without them.
UNKNOWN: Final = frozenset({"writev", "pwritev", "pwritev2", "sendfile", "copy_file_range", "link", "linkat"})
AT: Final = frozenset({"openat", "renameat", "renameat2", "unlinkat", "mkdirat", "symlinkat"})


@dataclass(frozen=True, slots=True)
class Write:
    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """fsync or fdatasync of a file or of a folder returned without an error."""

    path: str


@dataclass(frozen=True, slots=True)
class SyncFailed:
    """It returned with an error. Linux takes what could not be written for written from then on (fsync(2), EIO)."""

    path: str


@dataclass(frozen=True, slots=True)
class Open:
    """A file was opened for writing, and made if it was not there."""

    path: str


@dataclass(frozen=True, slots=True)
class Rename:
    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Unlink:
    path: str


@dataclass(frozen=True, slots=True)
class Mkdir:
    path: str


@dataclass(frozen=True, slots=True)
class Symlink:
    path: str
    target: str


@dataclass(frozen=True, slots=True)
class SyncAll:
    """syncfs: everything on the file system of this path."""

    path: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something the writer said to the outside world; not on any disk that may lose it."""

    text: str


Call = Write | Truncate | Sync | SyncFailed | Open | Rename | Unlink | Mkdir | Symlink | SyncAll | Mark

_LINE = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FROM = re.compile(r'(?:(?:AT_FDCWD|\d+)(?:<(?P<folder>(?:\\x[0-9a-f]{2})*)>)?, )?"(?P<name>(?:\\x[0-9a-f]{2})*)"')
_FD = re.compile(r"^(?P<fd>\d+)<(?P<path>(?:\\x[0-9a-f]{2})*)>")


def strace(command: Sequence[str], log: Path, *, inject: str = "", environ: Mapping[str, str] | None = None) -> int:
    """Run a command under strace to its end; its exit status (-9: killed). inject: as of strace's `-e inject=`."""
    watched = ",".join([TRACED, *sorted(UNKNOWN)])
    words = [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        "1000000",
        "-e",
        f"trace={watched}",
        "-e",
        "signal=none",
        "-o",
        str(log),
    ]
    # With the filter in the kernel a trace costs a third, but a signal injected at a call is not delivered.
    words += ["-e", f"inject={inject}"] if inject else ["--seccomp-bpf"]
    env = None if environ is None else {**os.environ, **environ}
    done = subprocess.run([*words, *command], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode > 0 and not inject:
        raise RuntimeError(f"{command}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.returncode


def calls(log: Path, folder: Path, marks: Path) -> Iterator[Call]:
    """The calls that concern files in `folder`, and what was written to `marks`. ValueError for one it cannot follow.

    The writer must be one thread: calls of two that overlap have no order.
    """
    offsets: dict[tuple[str, str], int] = {}
    inside, said = f"{folder}/", str(marks)
    with log.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = _LINE.match(line)
            if found is None:
                if "unfinished ..." in line and any(name in line for name in ("write", "sync", "rename")):
                    raise ValueError(f"two calls overlap: {line[:80]}")
                continue
            name, arguments = found["name"], found["arguments"]
            paths = _paths(name, arguments)
            if int(found["result"]) < 0:
                if name in ("fsync", "fdatasync") and paths[0].startswith(inside):
                    yield SyncFailed(paths[0])
                continue
            if said in paths and name == "write":
                yield Mark(_text(arguments).decode())
            elif any(path == str(folder) or path.startswith(inside) for path in paths):
                yield from _call(found["pid"], name, arguments, paths, int(found["result"]), offsets)


def _paths(name: str, arguments: str) -> tuple[str, ...]:
    used = _FD.match(arguments)
    if name in AT:
        named = ((found["folder"] or "", found["name"]) for found in _FROM.finditer(arguments))
        return tuple(os.path.join(_plain(folder).decode(), _plain(text).decode()) for folder, text in named)[:2]  # noqa: PTH118
    if used:
        return (_plain(used["path"]).decode(),)
    return tuple(_plain(text).decode() for text in _TEXT.findall(arguments)[:2])


def _call(
    pid: str, name: str, arguments: str, paths: tuple[str, ...], result: int, offsets: dict[tuple[str, str], int]
) -> Iterator[Call]:
    path = paths[0]
    used = _FD.match(arguments)
    at = (pid, used["fd"] if used else "")
    match name:
        case "openat":
            if "O_WRONLY" in arguments or "O_RDWR" in arguments:
                offsets[pid, str(result)] = -1 if "O_APPEND" in arguments else 0
                yield Open(path)
                if "O_TRUNC" in arguments:
                    yield Truncate(path, 0)
        case "pwrite64":
            yield Write(path, int(arguments.rpartition(", ")[2]), _text(arguments)[:result])
        case "write":
            offset = offsets.get(at, 0)
            if offset < 0:
                raise ValueError(f"{path} was opened to append: where its bytes go is not in the trace")
            yield Write(path, offset, _text(arguments)[:result])
            offsets[at] = offset + result
        case "ftruncate":
            yield Truncate(path, int(arguments.rpartition(", ")[2]))
        case "fsync" | "fdatasync":
            yield Sync(path)
        case "rename" | "renameat" | "renameat2":
            yield Rename(path, paths[1])
        case "unlink" | "unlinkat" | "rmdir":
            yield Unlink(path)
        case "mkdir" | "mkdirat":
            yield Mkdir(path)
        case "symlink" | "symlinkat":
            yield Symlink(paths[1], path)
        case "syncfs":
            yield SyncAll(path)
        case "close":
            return
        case _:
            raise ValueError(f"{name} of {path} cannot be followed")


def _text(arguments: str) -> bytes:
    found = _TEXT.search(arguments)
    return _plain(found[1]) if found else b""


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
