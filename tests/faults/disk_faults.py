"""N7: every call a journal or a book makes of its disk fails once, in every way disks fail. Full: also random mixes.

Each try is a process of its own under strace: it must end at once with a word for the technician, or go on with all it
promised. Then the disk is mended, and the next life must find everything acknowledged, nothing twice, and go on.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from drivers.book_sqlite import SqliteBook
from drivers.durable import JournalFailed
from drivers.journal_sqlite import SqliteJournal
from tests.faults import small_disk
from tests.faults.crash.explore import MEMORY
from tests.faults.disk_writer import EXIT_DISK, fact, row
from tests.faults.kinds import Outcome, tell

SEED: Final = 7
MIXES: Final = 500  # full: so many lives, in each of which several calls fail
WAYS: Final = {
    "pwrite64": ("ENOSPC", "EIO", "EROFS"),
    "fdatasync": ("EIO", "ENOSPC"),
    "fsync": ("EIO",),
    "openat": ("EROFS", "EIO", "ENOSPC"),
    "ftruncate": ("EIO", "EROFS"),
    "unlink": ("EROFS", "EIO"),
    "pread64": ("EIO",),
}
WORDS: Final = frozenset({"full", "read-only", "broken", "damaged", "other"})
_SYNC_FAILED: Final = re.compile(r"(?:fsync|fdatasync)\(\d+<(?P<path>[^>]*)>\) += -1 .*INJECTED")


class Fault(NamedTuple):
    """A call's name, the so many-th of its kind on the files, and the error it gets."""

    call: str
    nth: int
    error: str

    def __str__(self) -> str:
        return f"{self.call}:error={self.error}:when={self.nth}"


@dataclass(frozen=True, slots=True)
class Try:
    """What came of it. promised: lines it said. late: whether it said one after a sync had failed."""

    status: int
    promised: tuple[str, ...]
    said: str
    late: bool


def lived(folder: Path, faults: Sequence[Fault] = (), log: Path | None = None) -> Try:
    """One life of tests.faults.disk_writer with these faults. Only calls on its own files count and fail."""
    log, said = log or folder.with_suffix(".trace"), folder.with_suffix(".said")
    paths = [
        folder,
        *(folder / f"{name}.db{tail}" for name in ("journal", "book") for tail in ("", "-wal", "-journal")),
    ]
    words = ["strace", "-f", "--seccomp-bpf", "-y", "-s", "0", "-o", str(log)]  # what is not watched is not slowed
    words += ["-e", f"trace={','.join(WAYS)},write"]
    words += [word for path in (*paths, said) for word in ("-P", str(path))]
    words += [word for fault in faults for word in ("-e", f"inject={fault}")]
    command = [*words, sys.executable, "-m", "tests.faults.disk_writer", str(folder)]
    with said.open("wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    return Try(done.returncode, tuple(said.read_text().splitlines()), done.stderr, late(_calls(log)))


def _calls(log: Path) -> list[str]:
    """strace's lines, each without the process's number."""
    return [line.partition(" ")[2].lstrip() for line in log.read_text(errors="replace").splitlines()]


def late(lines: Sequence[str]) -> bool:
    """Whether anything was acknowledged after a sync of a file had failed: what a later one says is worth nothing.

    A folder's sync that fails is SQLite's to pass over: journal_file syncs the folder itself.
    """
    failed = False
    for line in lines:
        found = _SYNC_FAILED.search(line)
        failed |= found is not None and Path(found["path"]).suffix != ""
        if failed and line.startswith("write(1<"):
            return True
    return False


def wrongs(folder: Path, tries: Sequence[Try]) -> list[tuple[str, str]]:
    """(kind, what) wrong after these lives, on the mended disk."""
    wrong = []
    promised = Counter(word for one in tries for word in one.promised)
    wrong += [("doubled", f"{word} was acknowledged twice") for word, n in promised.items() if n > 1]
    for one in tries:
        if one.status not in (0, EXIT_DISK):
            wrong.append(("failed", f"it ended with {one.status}: {one.said[-300:]}"))
        elif one.status and one.said.partition(":")[0] not in WORDS:
            wrong.append(("failed", f"it did not say what is the matter: {one.said[-300:]}"))
        if one.late:
            wrong.append(("failed", "it acknowledged something after a sync had failed"))
    heads = {kind: max((int(w[2:]) for w in promised if w[0] == kind), default=0) for kind in "jb"}
    try:
        wrong += _kept(folder, heads["j"], heads["b"])
    except JournalFailed as failed:
        wrong.append(("lost", f"mended, and it does not open: {failed}"))
    return wrong


def _kept(folder: Path, journal_head: int, book_head: int) -> list[tuple[str, str]]:
    wrong = []
    journal, book = SqliteJournal(folder / "journal.db"), SqliteBook(folder / "book.db")
    try:
        head = journal.head("kiosk-1")[0]
        facts = journal.unsent("kiosk-1", 10_000)
        rows = list(book.since(""))
        upto = book.upto().get(("kiosk-1", "j-1"), 0)
        if head < journal_head or upto < book_head:
            wrong.append(("lost", f"head {head} of {journal_head}, book {upto} of {book_head}"))
        if [f.seq for f in facts] not in (list(range(1, head + 1)), list(range(2, head + 1))):
            wrong.append(("lost", f"records {[f.seq for f in facts]}, head {head}"))
        if facts != [fact(f.seq) for f in facts] or rows != [row(n) for n in range(1, upto + 1)]:
            wrong.append(("failed", "something else is kept than was written"))
        journal.commit([fact(head + 1)], {})
        book.enter([row(upto + 1)])
    finally:
        journal.close()
        book.close()
    return wrong


def every_fault(folder: Path, *, full: bool) -> list[Fault]:
    """Each call of a first life: in each of its ways if full, else in one, in turn."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    log, found = folder.with_suffix(".trace"), []
    assert lived(folder, log=log).status == 0
    counts = Counter(line.partition("(")[0] for line in _calls(log))
    for call, ways in WAYS.items():
        for nth in range(1, counts[call] + 1):
            found += [Fault(call, nth, error) for error in (ways if full else [ways[nth % len(ways)]])]
    return found


def tried(folder: Path, faults: Sequence[Fault]) -> list[tuple[str, str]]:
    """One life with these faults, then a look at the mended disk and work on it; what is wrong."""
    folder.mkdir(parents=True)
    wrong = wrongs(folder, [lived(folder, faults)])
    shutil.rmtree(folder)
    return [(kind, f"{', '.join(map(str, faults))}: {what}") for kind, what in wrong]


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says."""
    seed = SEED if seed is None else seed
    dice = random.Random(seed)
    memory = MEMORY if MEMORY.is_dir() else None  # it is strace that fails here, not a disk
    with TemporaryDirectory(prefix="hallside-", dir=memory) as place, ThreadPoolExecutor(2) as pool:
        single = every_fault(Path(place) / "count", full=full)
        plans = [[fault] for fault in single]
        mixes = [dice.sample(single, dice.randint(2, 4)) for _ in range(MIXES if full else 0)]
        plans += [
            list({fault.call: fault for fault in mix}.values()) for mix in mixes
        ]  # one of each call: strace's law
        tell(f"  {len(single)} calls x errors, {len(mixes)} mixes")
        found: list[tuple[str, str]] = []
        for n, wrong in enumerate(pool.map(lambda k: tried(Path(place) / str(k), plans[k]), range(len(plans)))):
            found += wrong
            if n % 100 == 99:
                tell(f"  {n + 1} of {len(plans)}, {len(found)} wrong")
    real = full and small_disk.possible()
    if real:
        found += small_disk.tried()
    kinds = Counter(kind for kind, _ in found)
    calls = len({fault[:2] for fault in single})
    why = (
        f"Each of the {calls} calls that a journal and a book make of their disk, {len(single)} errors"
        f"{f', {len(mixes)} random mixes' if mixes else ''}; then the disk is mended and worked on."
        + (" A real kiosk on a disk that was full, then read-only, said so and came back by itself." if real else "")
        + (f" First: {found[0][1]}." if found else "")
    )
    command = f"python -m tests.faults N7{' --full' if full else ''} --seed {seed}"
    return Outcome(len(plans) + 2 * real, kinds["lost"], kinds["doubled"], kinds["failed"], seed, command, why)
