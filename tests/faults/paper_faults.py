"""N5: paper and record say the same. A fault at every byte of a ticket, and what came of it, told by the paper itself.

Tried on a printer that throws away what it holds when told to and one that cannot. The second prints the rest of a
ticket when its cover is closed, and nothing in the world prevents it: the marked reprint follows, that is all.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any, Final

from device.effects import Tapped
from device.press import paper_of
from drivers.escpos_machine import Machine
from drivers.events import Printed, PrintFailed
from drivers.printer_profiles import PROFILES
from screens.document import Document
from screens.slips.samples import papers
from tests.faults.kinds import Outcome, tell
from tests.faults.paper_tries import READY, Printing, Tally, Try, all_but_its_cut, on_paper
from tests.roles.stage import PLAN

FAULTS: Final = ("paper-out", "cover-open", "unplugged", "stuck", "silent")
SEED: Final = 5
PICTURE_BYTES, PICTURE_STEP = 5_000, 101  # a longer paper is mostly picture, one byte of it as good as another
# Without a knife paper comes in no pieces that could be told apart; their jobs differ in nothing but the cut.
CUTTING: Final = tuple(name for name, profile in PROFILES.items() if profile.cutter)
USUAL: Final = "generic-80"


def one(
    printing: Printing, write: Callable[[Document], bytes], fault: str, after: int, tally: Tally, **how: Any
) -> int:
    """One try. how: lang, ahead, second, power (whether it is cut before the mend). Returns the ticket's bytes."""
    power = how.pop("power", False)
    printing.clean()
    tried = Try(printing, write, **how)
    tried.ticket(fault, after)
    length = len(tried.first)
    if power:
        tried.power_cut()
    tried.mended()
    tried.stage.send(Tapped("done"))
    tried.ticket()
    tried.judge(f"{fault} at byte {after} of {length}, {how}", tally, all_but_cut=all_but_its_cut(tried.first, after))
    tally.tried += 1
    return length


def every_byte(
    forgets: Mapping[int, bool] | bool, write: Callable[[Document], bytes], tally: Tally, step: int = 1, **how: Any
) -> None:
    """All faults at each byte of one ticket (each `step`-th)."""
    printers = {
        kind: Printing(forgets=kind) for kind in ((True, False) if isinstance(forgets, Mapping) else (forgets,))
    }
    try:
        for number, fault in enumerate(FAULTS):
            after, length = 1, 1
            while after <= length:
                kind = forgets[(after + number) % 2] if isinstance(forgets, Mapping) else forgets
                length = one(printers[kind], write, fault, after, tally, **how)
                after += step
    except AssertionError as stuck:
        tally.failed.append(f"it does not go on: {stuck}")
    finally:
        for printing in printers.values():
            printing.close()


def slips(tally: Tally, model: str, dice: random.Random) -> None:
    """Every template as a bare job: what was said of it is true, and the paper after it is its own."""
    write = paper_of(model)
    following = b"\x1b@" + b"NEXT\n" * 3 + b"\x1dVB\x00"
    for name, document in papers().items():
        data = write(document)
        step = 1 if len(data) <= PICTURE_BYTES else PICTURE_STEP
        tell(f"N5: {name} on {model}, {len(data):,} bytes, each {step}.")
        printing = Printing(forgets=True)
        try:
            for after in range(1, _first_piece(data) + 1, step):
                fault = dice.choice(FAULTS)
                printing.clean()
                printing.fault(fault, after)
                outcome = printing.job(name, data)
                pieces, where = printing.pieces(), f"{fault} at byte {after} of {name} on {model}"
                if isinstance(outcome, Printed):
                    tally.failed.append(f"{where}: said to be printed")
                if isinstance(outcome, PrintFailed) and on_paper(data) in pieces and not all_but_its_cut(data, after):
                    tally.failed.append(f"{where}: said to have failed, and it lies there")
                printing.heard.events.clear()
                printing.mend()
                printing.heard.until(lambda event: event == READY)
                if not isinstance(printing.job("next", following), Printed):
                    tally.failed.append(f"{where}: nothing more is printed")
                elif printing.pieces()[-1] != on_paper(following):
                    tally.failed.append(f"{where}: it is on the paper after it")
                tally.tried += 1
        finally:
            printing.close()


def _first_piece(data: bytes) -> int:
    """Bytes up to the first cut: a paper in two copies is the same twice."""
    pieces: list[bytes] = []
    Machine(pieces.append).receive(data)
    return len(pieces[0])


def run(full: bool, seed: int | None) -> Outcome:
    """Quick: every byte of one ticket, the two kinds of printer by turns. Full: everything there is, on every model."""
    tally, chosen = Tally(), SEED if seed is None else seed
    if full:
        for how in _all(random.Random(chosen)):
            found = len(tally.lost) + len(tally.doubled) + len(tally.failed)
            tell(f"N5: {tally.tried:,} tried, {found} wrong; now {how}")
            model = how.pop("model")
            every_byte(how.pop("forgets"), lru_cache(paper_of(model)), tally, **how)
        for model in CUTTING:
            slips(tally, model, random.Random(chosen))
    else:
        every_byte({0: True, 1: False}, lru_cache(paper_of(USUAL)), tally)
    wrong = [*tally.lost, *tally.doubled, *tally.failed]
    why = (
        f"{tally.tried:,} tickets broken off by {', '.join(FAULTS)}. {tally.late} came out late, beside their marked "
        f"reprint, on printers that cannot forget; {tally.uncut} lacked nothing but the cut."
    )
    why += "".join(f" {line}." for line in wrong[:5])
    command = f"python -m tests.faults N5{' --full' if full else ''} --seed {chosen}"
    return Outcome(tally.tried, len(tally.lost), len(tally.doubled), len(tally.failed), chosen, command, why)


def _all(dice: random.Random) -> Iterator[dict[str, Any]]:
    """On the usual model everything with everything; on each of the others the usual ticket."""
    for model, forgets, lang, power in product(CUTTING, (True, False), PLAN.languages, (False, True)):
        if model == USUAL or (forgets and lang == PLAN.languages[0] and not power):
            second = (dice.choice(FAULTS), dice.randint(1, 300))
            yield {
                "model": model, "forgets": forgets, "lang": lang, "power": power, "second": second,
                "ahead": dice.choice((0, 4, 120)),
                "step": PICTURE_STEP if PROFILES[model].charset == "none" else 1,
            }  # fmt: skip
