"""How a document becomes the bytes of one model of printer: what it lacks is drawn, the rest it is told to print."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from config.parts import Paper as AnyPaper
from config.parts import Part
from device.roll import Roll
from drivers.escpos_bytes import EscposPen
from drivers.escpos_length import paper_mm
from drivers.escpos_text import lacks, legible
from drivers.printer_profiles import Profile, check_model
from screens.document import Document, write
from screens.raster import Press, for_printer

log = logging.getLogger(__name__)


def press_of(profile: Profile) -> Press:
    """What this model prints by itself, as screens.raster asks it."""
    return Press(
        paper_mm=profile.paper_mm,
        dots=profile.dots,
        dots_per_mm=profile.dots_per_mm,
        columns=profile.columns,
        spell=partial(legible, charset=profile.charset),
        lacks=partial(lacks, charset=profile.charset),
        rom=profile.charset != "none",
        native_qr=profile.native_qr,
    )


def paper_for(printer: Part) -> Callable[[Document], bytes]:
    """The same for the printer of a config's section."""
    options = printer.options()
    return paper_of(options["model"], options.get("profiles"))


def roll_for(printer: AnyPaper) -> Roll:
    """The roll in the printer of a config's section, counted from nothing."""
    options = printer.options()
    profile = check_model(options["model"], options.get("profiles"))
    return Roll(printer.roll_metres or profile.roll_metres, partial(paper_mm, dots_per_mm=profile.dots_per_mm))


def paper_of(model: str, profiles: Path | None = None) -> Callable[[Document], bytes]:
    """Document -> one job for this model. PartMissing for a model nobody knows. profiles: a hall's own models."""
    profile = check_model(model, profiles)
    press, told = press_of(profile), set[str]()

    def paper(document: Document) -> bytes:
        drawn = for_printer(document, press)
        for flaw in set(drawn.flaws) - told:  # once each: the next ticket has the same
            told.add(flaw)
            log.warning("paper did not come out as meant: %s", flaw)
        pen = EscposPen(profile)
        write(drawn.document.blocks, pen)
        return pen.bytes()

    return paper
