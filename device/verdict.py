"""What was found out about one part, and how it is told: OK, SOON or NOW, with a code, a mend and who mends it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from drivers.events import Mender
from drivers.protocols import PartMissing

Word = Literal["OK", "SOON", "NOW"]  # fine; mend it soon, work goes on; mend it now, the device cannot do its work
_RANK: Final = {"OK": 0, "SOON": 1, "NOW": 2}

# code -> who mends it, and how. What drivers and the self test can say; a code not here goes to the technician.
MENDS: Final[dict[str, tuple[Mender, str]]] = {
    "paper-out": ("staff", "Put a new roll of paper in."),
    "paper-low": ("staff", "Keep a new roll of paper at hand."),
    "cover-open": ("staff", "Close the printer's cover."),
    "overheated": ("staff", "Let the printer cool for some minutes."),
    "offline": ("staff", "Press the printer's own key until it says it is ready."),
    "broken": ("technician", "Switch the printer off and on; if it says the same again, exchange it."),
    "cutter": ("technician", "Free the knife from paper."),
    "silent": ("technician", "It never answers: check its cable and its power, and a printer's baud rate."),
    "unplugged": ("technician", "Plug it in again."),
    "busy": ("technician", "End the other program that has the line, or correct `lines`."),
    "unreadable": ("technician", "The chip does not tell its lines' state: check the chip and its wiring."),
    "display-lost": ("technician", "Check the screen's cable and power."),
    "not-pressed": ("technician", "Nobody pressed, or the contact is broken: press once more, then check its wire."),
    "another": ("technician", "Another one answered than was asked for: check the order of `lines`."),
    "refuses": ("technician", "It answers, but does not do what it is told: check `show` and its manual."),
    "stuck-": ("technician", "Free the button, then check its wire against ground; until then it rates nothing."),
    "short-": ("technician", "Part the two wires; until then neither button rates."),
    "loose-": ("technician", "Fasten the button's wire."),
    "not-touched": ("technician", "Nobody touched, or the glass is dead: touch once more, then check its cable."),
    "beside": ("technician", "The touch came beside where the finger was: check `rotation` and the calibration."),
    "not-seen": ("technician", "What the part should have done was not seen or heard: check its cable and power."),
    "refused": ("technician", "Nobody listens there: start the broker, or correct [broker]."),
    "deaf": ("technician", "The broker takes what is said and hands nothing back: check its access list."),
    "unreachable": ("technician", "No way there: check the network cable and [broker]."),
    "name-unknown": ("technician", "The broker's name is not known: check [broker] and the hall's name server."),
    "tls": ("technician", "The broker speaks no TLS 1.3 with us: check [broker.tls] and the broker's listener."),
    "tls-certificate": ("technician", "The broker's certificate is not of this hall: check `ca` and `host`."),
    "session-taken-over": ("technician", "Another device bears this name: give each its own bundle."),
    "no-voice": ("technician", "Choose a voice that has this language, or record it: `hallside voice build --list`."),
    "language-silent": (
        "technician",
        "Record what `hallside voice build --list` names, or choose a voice that has it; Chinese is said meanwhile.",
    ),
    "voice-missing": ("technician", "Install espeak-ng, or correct `voice`."),
    "disk-full": ("technician", "Make room on the disk."),
    "damaged": ("technician", "Keep the file aside for rescue; without it a new, empty one is begun."),
    "card-lost": ("technician", "Plug the sound card in again."),
    "card-missing": ("technician", "Plug the sound card in, or correct `device`: `cat /proc/asound/cards` lists them."),
    "card-busy": ("technician", "End the other program that holds the sound card, often a sound server."),
    "clip-damaged": ("technician", "Take the recording away, or put a sound one there; the voice speaks meanwhile."),
    "voice-failed": ("technician", "Say a phrase with the voice's command by hand, and see what it answers."),
    "not-scanned": ("technician", "Nobody held a code there, or it reads none: try once more, then check its cable."),
    "garbled": ("technician", "Set the scanner's speed, or its keyboard to US, with the codes of its manual."),
    "font-missing": ("technician", "Install the script's font (Debian: fonts-ukij-uyghur, fonts-noto-core)."),
    "glyph-missing": ("technician", "Install a font that has it (Debian: fonts-babelstone-han), or write another."),
    "photo-missing": ("technician", "Put the picture, PNG or JPEG, into the folder the theme names."),
    "logo-missing": ("technician", "Put the emblem, a square PNG, where the theme says."),
    "text-cut": ("technician", "Shorten the hall's own words on the page the log names, or use a larger screen."),
    "keys-small": (
        "technician",
        "The screen is too small for so many keys: fewer services or groups, or a larger one.",
    ),
    "phrase-missing": ("technician", "A phrase is not in this release: tell whoever maintains it."),
    "undervoltage": ("technician", "Its 5 V are too low: use its own supply and a short cable, and one socket each."),
    "babbling": ("technician", "Set the scanner to read at its trigger; look whether the trigger is stuck."),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One part of one device. what: the fact, with paths tried; code, mend and mender are empty when it is OK."""

    device: str
    part: str
    word: Word
    what: str
    code: str = ""
    mend: str = ""
    mender: Mender | Literal[""] = ""

    def __str__(self) -> str:
        """`buttons SOON silent`, as the record `selftest.done` carries it."""
        return " ".join(filter(None, (self.part, self.word, self.code)))


def fine(device: str, part: str, what: str) -> Verdict:
    """Nothing to mend."""
    return Verdict(device, part, "OK", what)


def fault(device: str, part: str, code: str, what: str, word: Word = "NOW") -> Verdict:
    """Something with this code is wrong; who mends it, and how, stands in the table."""
    many = code.rstrip("-12345") + "-"  # a fault of buttons names them: stuck-5-1
    mender, mend = MENDS.get(code) or MENDS.get(many, ("technician", f"See the part's own manual: {code}."))
    return Verdict(device, part, word, what, code, mend, mender)


def missing(device: str, part: str, error: PartMissing) -> Verdict:
    """A part that is not there, in its driver's own words."""
    return Verdict(device, part, "NOW", error.tried, "missing", error.mend, error.mender)


def worst(verdicts: Iterable[Verdict]) -> Word:
    """The word for the whole."""
    return max((verdict.word for verdict in verdicts), key=_RANK.__getitem__, default="OK")


def told(verdicts: Sequence[Verdict]) -> str:
    """A line each, in columns; below what is not OK, who mends it and how."""
    wide = [max(map(_width, column), default=0) for column in zip(*((v.device, v.part) for v in verdicts), strict=True)]
    lines: list[str] = []
    for verdict in verdicts:
        names = (_fill(text, width) for text, width in zip((verdict.device, verdict.part), wide, strict=True))
        lines.append(f"{'  '.join(names)}  {verdict.word:<4}  {verdict.what}")
        if verdict.word != "OK":
            lines.append(f"{' ' * (sum(wide) + 10)}{verdict.code}: {verdict.mend} ({verdict.mender})")
    return "\n".join(lines)


def as_json(verdicts: Sequence[Verdict], **more: Any) -> str:
    """One object: `verdict` for the whole, `parts` with a row each, and what else is said."""
    rows = [asdict(verdict) for verdict in verdicts]
    return json.dumps({"verdict": worst(verdicts), "parts": rows, **more}, ensure_ascii=False, indent=1)


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _fill(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
