"""Numbers as they are said: a ticket's sign by sign, a window's as one counts, a time of day by the clock. Pure.

What is Uyghur here is to be checked by a native speaker, as screens/locale/ug.toml is.
"""

from __future__ import annotations

from typing import Final

_ZH: Final = "零一二三四五六七八九"
_EN: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UG: Final = ("نۆل", "بىر", "ئىككى", "ئۈچ", "تۆت", "بەش", "ئالتە", "يەتتە", "سەككىز", "توققۇز")
_UG_TENS: Final = ("", "ئون", "يىگىرمە", "ئوتتۇز", "قىرىق", "ئەللىك", "ئاتمىش", "يەتمىش", "سەكسەن", "توقسان")
# The names of the letters A to Z: a synthesizer of Uyghur says a Latin letter as a sound that nobody tells from others.
_UG_LETTERS: Final = (
    "ئا", "بې", "سې", "دې", "ئې", "ئەف", "گې", "ھا", "ئى", "جې", "كا", "ئەل", "ئەم", "ئەن", "ئو", "پې", "چۇ", "ئەر",
    "ئەس", "تې", "ئۇ", "ۋې", "دۇبلۋې", "شى", "ياي", "زې",
)  # fmt: skip


def signs(number: str, lang: str, *, yao: bool = False) -> tuple[str, ...]:
    """A ticket's number, each sign as it is said: `A012` is A, 零, 一, 二. yao: 1 is 幺, unlike 七."""
    if lang == "ug":
        return tuple(_sign_ug(sign) for sign in number)
    digits = _EN if lang == "en" else _ZH.replace("一", "幺") if yao else _ZH
    return tuple(digits[int(sign)] if sign.isdigit() else sign for sign in number)


def spelled(number: str, lang: str, *, yao: bool = False) -> str:
    """The same as text: `A 零 一 二`, and `A, zero one two` in English."""
    said = signs(number, lang, yao=yao)
    if lang != "en":
        return " ".join(said)
    letters = "".join(sign for sign in number if not sign.isdigit())
    digits = " ".join(word for word, sign in zip(said, number, strict=True) if sign.isdigit())
    return f"{letters}, {digits}" if letters and digits else letters + digits


def counted(n: int, lang: str) -> str:
    """A window's number as one says it, 1 to 999: `12` is 十二, and `twelve` in English. ValueError beyond."""
    if not 1 <= n <= 999:
        raise ValueError(f"windows are numbered 1 to 999, not {n}")
    return {"en": _counted_en, "ug": _counted_ug}.get(lang, _counted_zh)(n)


def time_of_day(minute: int, lang: str) -> str:
    """A minute of the day: 1050 is 十七点三十分, and `five thirty p m` in English. ValueError beyond 1440."""
    if not 0 <= minute <= 1440:
        raise ValueError(f"a day has 1440 minutes, not {minute}")
    hour, rest = divmod(minute, 60)
    if lang == "en":
        small = f" oh {_EN[rest]}" if 0 < rest < 10 else f" {_counted_en(rest)}" if rest else ""
        return f"{_EN[hour % 12 or 12]}{small} {'a m' if hour % 24 < 12 else 'p m'}"
    if lang == "ug":
        return f"سائەت {_counted_ug(hour) or _UG[0]}" + (f" {_counted_ug(rest)} مىنۇت" if rest else "")
    small = f"零{_ZH[rest]}分" if 0 < rest < 10 else f"{_counted_zh(rest)}分" if rest else ""
    return f"{_counted_zh(hour) or '零'}点{small}"


def _sign_ug(sign: str) -> str:
    if sign.isdigit():
        return _UG[int(sign)]
    return _UG_LETTERS[ord(sign) - ord("A")] if "A" <= sign <= "Z" else sign


def _counted_ug(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    said = [_UG[hundreds]] if hundreds > 1 else []
    said += ["يۈز"] if hundreds else []
    said += [_UG_TENS[tens]] if tens else []
    return " ".join([*said, _UG[ones]] if ones else said)


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
