"""Every word hallside says, from locale/<lang>.toml: one tree of keys, Chinese the source language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from screens.shaping import script_of
from screens.views import Bilingual

SOURCE = "zh"
COMPLETE = (SOURCE, "en")  # languages that have every phrase; the others have those that citizens read
Way = Literal["ltr", "rtl", "down"]  # as screens.layout.picture
LEFT_TO_RIGHT: Final = "\u200e"  # the mark, of no width
RIGHT_TO_LEFT: Final = "\u200f"  # its counterpart
# Numbers with marks between them, and such numbers side by side: a range, a telephone number, a day and its time.
_NUMBERS: Final = re.compile(
    r"{0}?({1}(?: {1})*)[{0}{2}]?".format(LEFT_TO_RIGHT, r"\d+(?:[-–—~～/:.,]\d+)+", RIGHT_TO_LEFT)
)
_WAYS: Final[Mapping[str, Way]] = {"ug": "rtl", "mn": "down"}


class UnknownWord(KeyError):
    """No language has this key."""


@cache
def languages() -> tuple[str, ...]:
    """The languages there are words for; the source language first."""
    found = sorted(
        f.name.removesuffix(".toml") for f in files("screens").joinpath("locale").iterdir() if f.name.endswith(".toml")
    )
    return (SOURCE, *(lang for lang in found if lang != SOURCE))


@cache
def tree(lang: str) -> Mapping[str, str]:
    """All phrases of a language, dotted key -> text with {placeholders}."""
    text = files("screens").joinpath("locale", f"{lang}.toml").read_text("utf-8")
    flat: dict[str, str] = {}
    _flatten("", tomllib.loads(text), flat)
    return flat


def _flatten(above: str, branch: Mapping[str, object], flat: dict[str, str]) -> None:
    for key, value in branch.items():
        if isinstance(value, Mapping):
            _flatten(f"{above}{key}.", value, flat)
        elif isinstance(value, str):
            flat[above + key] = value
        else:
            raise ValueError(f"locale: {above}{key} is not a text")


def word(lang: str, key: str, **blanks: object) -> str:
    """The phrase, its blanks filled. A language or a phrase without words speaks the source language (R026).

    Raises UnknownWord for a key that is not in the tree, KeyError for a blank that was not given.
    """
    phrases = tree(lang if lang in languages() else SOURCE)
    if key not in phrases:
        phrases = tree(SOURCE)
    if key not in phrases:
        raise UnknownWord(key)
    return phrases[key].format(**blanks)


@cache
def letters(lang: str) -> str:
    """Every character of a language's phrases, each once: what its font must have."""
    return "".join(sorted(set("".join(tree(lang if lang in languages() else SOURCE).values()))))


def direction(lang: str) -> Way:
    """How a page in this language reads: from the left, from the right, or in columns that run down."""
    return _WAYS.get(lang, "ltr")


def speaks(lang: str) -> bool:
    """Whether the voice has words in this language."""
    return lang in languages() and "say.call" in tree(lang)


class Words:
    """The phrases of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in languages() else SOURCE

    def __call__(self, key: str, **blanks: object) -> str:
        if direction(self.lang) == "rtl" and self.has(key):
            blanks = {name: _as_it_is(str(value)) for name, value in blanks.items()}
        return word(self.lang, key, **blanks)

    def has(self, key: str) -> bool:
        """Whether this language has the phrase itself."""
        return key in tree(self.lang)

    def own(self, name: Bilingual) -> str:
        """A hall's own word in this language; the Chinese one where there is no other."""
        return self._ordered(getattr(name, self.lang, "")) or name.zh

    def _ordered(self, own: str) -> str:
        """Its numbers from the left, also where the sentence is read from the right (UAX 9, 2.6).

        The second mark ends it, so that of two ranges the first stays the first. Already marked: the same again.
        """
        return _NUMBERS.sub(rf"{LEFT_TO_RIGHT}\1{RIGHT_TO_LEFT}", own) if direction(self.lang) == "rtl" else own


class Second(Words):
    """The second language of pages that have two: what it has no words for is said in English, not in Chinese again."""

    def __call__(self, key: str, **blanks: object) -> str:
        return super().__call__(key, **blanks) if self.has(key) else word("en", key, **blanks)

    def own(self, name: Bilingual) -> str:
        """A hall's own word in this language, else in English, else ""."""
        return self._ordered(getattr(name, self.lang, "")) or name.en


class Nothing(Words):
    """The words of a page that is in Chinese alone, because its second language cannot be drawn: none."""

    def __init__(self) -> None:
        super().__init__(SOURCE)

    def __call__(self, key: str, **blanks: object) -> str:  # noqa: ARG002  as Words
        return ""

    def own(self, name: Bilingual) -> str:  # noqa: ARG002  as Words
        return ""


@cache
def beside(lang: str) -> Words:
    """The words that stand beside Chinese; lang: Chinese itself for none."""
    return Nothing() if lang == SOURCE else Second(lang)


def _as_it_is(blank: str) -> str:
    """Days, times and telephone numbers keep their order in a sentence that is read from the right (UAX 9, 2.6)."""
    own = blank.isdigit() or any(script_of(char) == "Arab" for char in blank) or not any(map(str.isdigit, blank))
    return blank if own else f"{LEFT_TO_RIGHT}{blank}{LEFT_TO_RIGHT}"
