"""What must hold of every state in which the disks come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.faults.crash.model import BookModel, JournalModel, Model
from tests.faults.crash.recovery import BookView, JournalView, Refused, View


class Wrong(NamedTuple):
    """kind: `lost`, `doubled` or `failed`."""

    kind: str
    unit: str
    what: str


def alone(model: Model, name: str, view: View) -> Iterator[Wrong]:
    """What is wrong with this disk whatever the others are like."""
    unit = model.units.get(name)
    if isinstance(view, Refused):
        yield Wrong("failed", name, f"it does not open: {view.why}")
    elif isinstance(view, BookView):
        yield from _book(name, unit if isinstance(unit, BookModel) else BookModel(), view)
    else:
        yield from _journal(name, unit if isinstance(unit, JournalModel) else JournalModel(), view)


def together(model: Model, views: Mapping[str, View]) -> Iterator[Wrong]:
    """What is wrong with all of them, seen together."""
    for tag in model.orphans:
        yield Wrong("lost", "", f"somebody saw {tag!r}, and it was not yet asked of any disk")
    yield from _between(views)


def _journal(name: str, model: JournalModel, view: JournalView) -> Iterator[Wrong]:
    if model.id and view.id != model.id:
        yield Wrong("lost", name, "another journal: the id with which records were made is gone")
        return
    may = range(model.asked, -1, -1)
    found = next((n for n in may if model.states[n] == (view.heads, view.kept)), None)
    if found is None:
        yield Wrong("failed", name, "half a commit: this is no state that it was ever in")
        return
    if found < model.need:
        yield Wrong("lost", name, f"it stands at commit {found}, and {model.need} was acknowledged")
    for device in model.devices:
        seqs = [fact[1] for fact in view.facts if fact[0] == device]
        head = view.heads.get(device, (0, ""))[0]
        if len(set(seqs)) != len(seqs):
            yield Wrong("doubled", name, f"records of {device} twice: {seqs}")
        elif seqs != list(range(head - len(seqs) + 1, head + 1)):
            yield Wrong("lost", name, f"gaps in the records of {device}: {seqs}, head {head}")
        elif head - len(seqs) > model.receipted.get(device, 0):
            yield Wrong("lost", name, f"{device}: up to {head - len(seqs)} is gone without a receipt")
    for device, seq, identity, sha in view.facts:
        if model.facts.get((device, seq)) != (identity, sha):
            yield Wrong("failed", name, f"{device} {seq} is not what was written")


def _book(name: str, model: BookModel, view: BookView) -> Iterator[Wrong]:
    size = len(view.rows)
    if size not in model.sizes:
        yield Wrong("failed", name, f"half an entry: {size} rows")
    elif size < model.sizes[model.need]:
        yield Wrong("lost", name, f"{size} rows, and {model.sizes[model.need]} were acknowledged")
    if view.rows != model.rows[:size]:
        twice = size - len({row[:3] for row in view.rows})
        yield Wrong("doubled" if twice else "failed", name, "its rows are not what was entered")


def _between(views: Mapping[str, View]) -> Iterator[Wrong]:
    """No record may be gone from the journal that made it and not be in the book."""
    book = next((view for view in views.values() if isinstance(view, BookView)), None)
    for name, view in views.items():
        if not isinstance(view, JournalView) or book is None:
            continue
        for device, (head, _) in view.heads.items():
            here = sum(1 for fact in view.facts if fact[0] == device)
            if head - here > book.upto.get((device, view.id), 0):
                yield Wrong("lost", name, f"{device}: {head - here} is neither here nor in the book")
