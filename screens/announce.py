"""What the voice says, as phrases ready to be spoken: digits one by one, number and window only (R026, R083).

Pure: which clip or synthesizer speaks them is the speaker's business.
"""

from __future__ import annotations

from collections.abc import Iterable

from screens.phrases import SOURCE, languages, word

Phrases = tuple[tuple[str, str], ...]  # (language, text) in the order of speaking

_ZH = "零一二三四五六七八九"
_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
       "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spelled(number: str, lang: str) -> str:
    """A ticket's number, sign by sign: `A012` is `A 零 一 二`, and `A, zero one two` in English."""
    if lang == "en":
        letters = "".join(c for c in number if not c.isdigit())
        digits = " ".join(_EN[int(c)] for c in number if c.isdigit())
        return f"{letters}, {digits}" if letters and digits else letters + digits
    return " ".join(_ZH[int(c)] if c.isdigit() else c for c in number)


def counted(n: int, lang: str) -> str:
    """A window's number as one says it, 1 to 999: `12` is 十二, and `twelve` in English. ValueError beyond."""
    if not 1 <= n <= 999:
        raise ValueError(f"windows are numbered 1 to 999, not {n}")
    return _counted_en(n) if lang == "en" else _counted_zh(n)


def _counted_zh(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_ZH[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{_ZH[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (_ZH[ones] if ones else "")


def _counted_en(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    said = [f"{_EN[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        said.append(_TENS[rest // 10] + (f" {_EN[rest % 10]}" if rest % 10 else ""))
    elif rest:
        said.append(_EN[rest])
    return " and ".join(said)


def call_phrases(number: str, window: int, langs: Iterable[str], *, waited: bool = False) -> Phrases:
    """The call of a ticket to a window. waited: too long, so an apology comes first (R128).

    A language without words is passed over; Chinese is always spoken, first if no other was asked for (R026).
    """
    return tuple(
        (lang, (word(lang, "say.waited") + _stop(lang) if waited else "") + _call(number, window, lang))
        for lang in _spoken(langs)
    )


def _call(number: str, window: int, lang: str) -> str:
    return word(lang, "say.call", number=spelled(number, lang), window=counted(window, lang))


def _stop(lang: str) -> str:
    return ". " if lang == "en" else "。"


def rate_phrases(langs: Iterable[str]) -> Phrases:
    """The invitation to rate (R270)."""
    return tuple((lang, word(lang, "say.rate")) for lang in _spoken(langs))


def thanks_phrases(langs: Iterable[str]) -> Phrases:
    """The thanks for a rating, the same for every level (R271)."""
    return tuple((lang, word(lang, "say.thanks")) for lang in _spoken(langs))


def sorry_phrases(langs: Iterable[str]) -> Phrases:
    """The apology when equipment has failed (R037)."""
    return tuple((lang, word(lang, "say.sorry")) for lang in _spoken(langs))


def _spoken(langs: Iterable[str]) -> tuple[str, ...]:
    known = [lang for lang in dict.fromkeys(langs) if lang in languages()]
    return tuple(known if SOURCE in known else [*known, SOURCE])
