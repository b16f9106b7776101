"""The frames of call pads, evaluators and strip signs that are known, one row each.

All of them are **from public code, not tried on hardware**: facts read in programmes that speak to such devices, said
anew here. A device that speaks another way is a template in its config (`frame = "custom"`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from drivers.frame_template import BadTemplate, Template

SOURCE: Final = "from public code, not tried on hardware"
How = Literal["plain", "spaced"]  # characters one after another, or each followed by a zero


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of frame. first: what a sign is told before each text. text: how characters become the payload."""

    device: str
    template: str
    first: str = ""
    text: How = "plain"
    source: str = SOURCE


FRAMES: Final[dict[str, Row]] = {
    "desk-pad": Row(
        "call pads and evaluators of one desk on one line",
        "FF 68 len(addr..data) len(addr..data) 68 addr func data sum8(addr..data) 16",
    ),
    "lihe": Row("strip sign Ping'an Lihe (IMM9002)", "AA addr BB 51 54 sum8(6..end) 01 00 99 00 63 data FF"),
    "lihe-main": Row("its main board (IMM90022)", "AA addr BB 51 54 sum8(6..end) 08 02 99 00 63 data FF"),
    "imm9012": Row("strip sign IMM9012", "A0 90 addr A5 len2(data..data) data xor8(addr..data)", text="spaced"),
    "imm9013": Row("strip sign IMM9013", "addr FE len(0..end) seq 86 3C 00 05 00 data 00 ccitt16(0..here)"),
    "imm9013-main": Row("its main board", "addr FE len(0..end) seq 8C 00 data 00 ccitt16(0..here)"),
    # Its programme says the text's length first, in a frame that it fills with zeros to 29 bytes; so do we.
    "imm90061": Row(
        "strip sign IMM90061",
        "AA 55 len(addr..end) addr F8 21 00 data 00",
        first="AA 55 04 addr F8 51 data:1" + " 00" * 22,
    ),
}

# --- what desk pads say: FUNC and the last byte of DATA ------------------------------------------------------

PRESS: Final = 0x11  # the evaluator's: DATA is the key
TAKEN: Final = 0x01  # said back to it; with BEGIN, the evaluator is to ask
BEGIN: Final = 0x0B
DIGITS: Final = 0x02  # three of how many wait and three of the ticket, or one for the stars
BLANK: Final = 0x0A
CALL, RECALL, EVALUATE, CANCEL, CONFIRM, PAUSE, TRANSFER = 0x0C, 0x0D, 0x0B, 0x0E, 0x0F, 0x12, 0x13


def template_of(frame: str, custom: str) -> Template:
    """The named frame's, or the config's own. BadTemplate with the sentence for who wrote it."""
    if frame == "custom":
        return Template.parse(custom)
    if custom:
        raise BadTemplate('`template` belongs to frame = "custom" alone')
    return Template.parse(FRAMES[frame].template)


def gb2312(text: str, columns: int, how: How = "plain") -> bytes:
    """As strip signs want it: at most so many columns, a Chinese character takes two; what GB 2312 lacks is `?`.

    No byte of it is 00 or FF, which end some frames.
    """
    out, used = b"", 0
    for character in text:
        said = character.encode("gb2312", errors="replace")
        if said < b" ":
            continue
        if used + len(said) > columns:
            break
        used += len(said)
        out += said + (b"\0" if how == "spaced" else b"")
    return out


def pad_digits(text: str) -> bytes:
    """DATA of DIGITS: no count of who waits, and the last three digits in the text, blank where there are fewer."""
    digits = [int(character) for character in text if character in "0123456789"][-3:]
    return bytes([BLANK] * (6 - len(digits)) + digits)
