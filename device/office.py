"""The coordinator's office: where the supervisor's commands come in, on the coordinator's own machine.

A socket in its data folder that only its user may open; nothing of it is on the wire. One order is one JSON line, one
answer another (the bench's own manners, drivers.bench). Bounds are looked at here, the right to order in the role.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final
from uuid import uuid4

from device.contract.channels import COORDINATOR
from device.contract.codec import Malformed, shaped
from device.effects import Ordered
from device.hall.orders import ORDERS
from drivers.bench import SocketBench, ask_bench

SOCKET: Final = "office.sock"
PART: Final = "office"
ANSWER_SECONDS: Final = 5.0
LONGEST: Final = 64  # characters of a number or a PIN


class Office:
    """Made by the coordinator's process. post: hands an order to its role; PartMissing if the socket cannot be made."""

    def __init__(self, folder: Path, post: Callable[[Ordered], None]) -> None:
        self._post = post
        self._waiting: dict[str, SimpleQueue[Mapping[str, object]]] = {}
        self._folder = os.open(folder, os.O_PATH | os.O_DIRECTORY)
        try:
            self._bench = SocketBench(_short(self._folder))
        except BaseException:
            os.close(self._folder)
            raise
        self._bench.offer(COORDINATOR, PART, self._order)

    def reply(self, to: str, said: Mapping[str, object]) -> None:
        """The role's answer to an order; of one nobody waits for any more, nothing."""
        if waiting := self._waiting.get(to):
            waiting.put(said)

    def close(self) -> None:
        """Hang up. May be called twice."""
        if self._folder >= 0:
            self._bench.close()
            os.close(self._folder)
            self._folder = -1

    def _order(self, request: Mapping[str, object]) -> Mapping[str, object]:
        order = understood(request)
        answer = self._waiting[order.id] = SimpleQueue()
        try:
            self._post(order)
            return answer.get(timeout=ANSWER_SECONDS)
        except Empty:
            raise ValueError("the coordinator did not answer in time; look at the list before you try again") from None
        finally:
            del self._waiting[order.id]


def understood(request: Mapping[str, object]) -> Ordered:
    """The order in a request. ValueError with a sentence."""
    word = str(request["do"])
    said = request.get("order", {})
    if word not in ORDERS or not isinstance(said, dict):
        raise ValueError(f"there is no order {word!r}; there is {', '.join(ORDERS)}")
    who = [request.get(name, "") for name in ("staff", "pin", "session")]
    if not all(isinstance(word, str) and len(word) <= LONGEST for word in who):
        raise ValueError(f"staff, pin and session are texts of at most {LONGEST} characters")
    staff, pin, session = map(str, who)
    try:
        return Ordered(str(uuid4()), shaped(ORDERS[word], said), staff, pin, session)
    except Malformed as malformed:
        raise ValueError(f"{word}: {malformed.why}") from None


def ask_office(folder: Path, word: str, order: Mapping[str, object], who: Mapping[str, str]) -> dict[str, Any]:
    """Order something of the coordinator whose data is in this folder. BenchSilent if nobody answers, OSError.

    who: `staff`, `pin`, and `session` for several orders with one PIN.
    """
    with _opened(folder) as descriptor:
        request = {"device": COORDINATOR, "part": PART, "do": word, "order": order, **who}
        return ask_bench(_short(descriptor), request, ANSWER_SECONDS * 2)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _short(folder: int) -> Path:
    """A socket's address has 107 bytes at most (unix(7)), a path may be longer: reached through the open folder."""
    return Path(f"/proc/self/fd/{folder}/{SOCKET}")
