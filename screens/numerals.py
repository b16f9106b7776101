"""Numbers as they are said: a ticket's sign by sign, a window's as one counts, a time of day by the clock. Pure.

What is Uyghur, Tibetan or Mongolian here is to be checked by a native speaker, as its screens/locale/*.toml is.
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

_BO: Final = ("ཀླད་ཀོར", "གཅིག", "གཉིས", "གསུམ", "བཞི", "ལྔ", "དྲུག", "བདུན", "བརྒྱད", "དགུ")
_BO_TEENS: Final = (
    "བཅུ", "བཅུ་གཅིག", "བཅུ་གཉིས", "བཅུ་གསུམ", "བཅུ་བཞི", "བཅོ་ལྔ", "བཅུ་དྲུག", "བཅུ་བདུན", "བཅོ་བརྒྱད", "བཅུ་དགུ",
)  # fmt: skip
_BO_TENS: Final = ("", "", "ཉི་ཤུ", "སུམ་ཅུ", "བཞི་བཅུ", "ལྔ་བཅུ", "དྲུག་ཅུ", "བདུན་ཅུ", "བརྒྱད་ཅུ", "དགུ་བཅུ")
_BO_LINKS: Final = ("", "", "རྩ", "སོ", "ཞེ", "ང", "རེ", "དོན", "གྱ", "གོ")  # each ten has its own, before its ones
_BO_HUNDREDS: Final = ("", "བརྒྱ", "ཉིས་བརྒྱ", "སུམ་བརྒྱ", *(f"{digit}་བརྒྱ" for digit in _BO[4:]))
# Mongolian numerals end otherwise before what they count, also before the next numeral.
_MN: Final = (
    "ᠲᠡᠭ", "ᠨᠢᠭᠡ", "ᠬᠣᠶᠠᠷ", "ᠭᠤᠷᠪᠠ", "ᠳᠥᠷᠪᠡ", "ᠲᠠᠪᠤ", "ᠵᠢᠷᠭᠤᠭ\u180eᠠ", "ᠳᠣᠯᠣᠭ\u180eᠠ", "ᠨᠠᠢᠮᠠ", "ᠶᠢᠰᠦ",
)  # fmt: skip
_MN_BEFORE: Final = (
    "ᠲᠡᠭ", "ᠨᠢᠭᠡ", "ᠬᠣᠶᠠᠷ", "ᠭᠤᠷᠪᠠᠨ", "ᠳᠥᠷᠪᠡᠨ", "ᠲᠠᠪᠤᠨ", "ᠵᠢᠷᠭᠤᠭᠠᠨ", "ᠳᠣᠯᠣᠭᠠᠨ", "ᠨᠠᠢᠮᠠᠨ", "ᠶᠢᠰᠦᠨ",
)  # fmt: skip
_MN_TENS: Final = ("", "ᠠᠷᠪᠠ", "ᠬᠣᠷᠢ", "ᠭᠤᠴᠢ", "ᠳᠥᠴᠢ", "ᠲᠠᠪᠢ", "ᠵᠢᠷᠠ", "ᠳᠠᠯᠠ", "ᠨᠠᠶᠠ", "ᠶᠡᠷᠡ")


def signs(number: str, lang: str, *, yao: bool = False) -> tuple[str, ...]:
    """A ticket's number, each sign as it is said: `A012` is A, 零, 一, 二. yao: 1 is 幺, unlike 七."""
    if lang == "ug":
        return tuple(_sign_ug(sign) for sign in number)
    digits = {"en": _EN, "bo": _BO, "mn": _MN}.get(lang) or (_ZH.replace("一", "幺") if yao else _ZH)
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
    return {"en": _counted_en, "ug": _counted_ug, "bo": _counted_bo, "mn": _counted_mn}.get(lang, _counted_zh)(n)


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
    if lang == "bo":
        return f"ཆུ་ཚོད་{_counted_bo(hour)}" + (f"་དང་སྐར་མ་{_counted_bo(rest)}" if rest else "")
    if lang == "mn":
        return f"{_before_mn(hour)} ᠴᠠᠭ" + (f" {_before_mn(rest)} ᠮᠢᠨᠦ\u180bᠲ" if rest else "")
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


def _counted_bo(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    below = _BO_TEENS[ones] if tens == 1 else _BO_TENS[tens] or _BO[ones]
    if tens > 1 and ones:
        below += f"་{_BO_LINKS[tens]}་{_BO[ones]}"
    if not hundreds:
        return below
    return f"{_BO_HUNDREDS[hundreds]}་དང་{below}" if rest else _BO_HUNDREDS[hundreds]


def _counted_mn(n: int) -> str:
    tens, ones = divmod(n % 100, 10)
    if ones:
        return " ".join([*_before_parts_mn(n - ones), _MN[ones]])
    if tens:
        return " ".join([*_before_parts_mn(n - 10 * tens), _MN_TENS[tens]])
    return " ".join([*_before_parts_mn(n)[:-1], "ᠵᠠᠭᠤ"])


def _before_mn(n: int) -> str:
    """As it is before what it counts; also 0."""
    return " ".join(_before_parts_mn(n)) or _MN[0]


def _before_parts_mn(n: int) -> list[str]:
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    said = [_MN_BEFORE[hundreds]] if hundreds > 1 else []
    said += ["ᠵᠠᠭᠤᠨ"] if hundreds else []
    said += [f"{_MN_TENS[tens]}ᠨ"] if tens else []
    return [*said, _MN_BEFORE[ones]] if ones else said


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
