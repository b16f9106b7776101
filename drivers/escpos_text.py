"""Text for a printer with a Chinese character ROM: which characters it has.

A Chinese ESC/POS printer in Kanji mode (FS &) draws one byte 12 dots and two bytes 24 dots wide, so the number of
bytes is the number of columns. It has no four-byte characters: their bytes would print as digits and marks.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from drivers.printer_profiles import Charset

GETA = "〓"  # stands for a character the printer does not have: seen at once, never a blank or garbage
_INSTEAD = {"¥": "￥", "•": "·", "−": "-", "⁄": "/"}  # the same sign under the code that the ROM has


@lru_cache(maxsize=1024)  # and mostly the same lines
def legible(text: str, charset: Charset = "gb18030") -> str:
    """The same text in characters the printer has: one or two bytes each, no control characters."""
    return "".join(_legible(char, charset) for char in text)


def lacks(text: str, charset: Charset = "gb18030") -> str:
    """The characters of `text` for which the printer has neither the sign itself nor another that reads the same."""
    return "".join(dict.fromkeys(char for char in text if char != GETA and GETA in _legible(char, charset)))


def encode(text: str, charset: Charset = "gb18030") -> bytes:
    """Bytes of the legible text; their number is the number of columns it takes."""
    return legible(text, charset).encode("gb18030")


@lru_cache(maxsize=4096)  # a kiosk prints the same few hundred characters all day
def _legible(char: str, charset: Charset) -> str:
    if " " <= char <= "~":
        return char
    char = _INSTEAD.get(char, char)
    if _has(char, charset):
        return char
    if char.isspace() or unicodedata.category(char) == "Cc":
        return " "
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):  # joiners, variation selectors, loose accents
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return plain if plain and all(_has(c, charset) for c in plain) else GETA


def _has(char: str, charset: Charset) -> bool:
    """GB18030 here means its one- and two-byte characters, without its zones for private use."""
    if unicodedata.category(char) in ("Cc", "Co", "Cs"):
        return False
    code = char.encode("gb18030")
    if len(code) != 2 or charset == "none":
        return len(code) == 1
    return charset == "gb18030" or (code[0] <= 0xF7 and min(code) >= 0xA1)  # GB 2312: rows 1 to 87
