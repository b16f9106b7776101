"""What the voice says, as phrases ready to be spoken: digits one by one, number and window only (R026, R083).

Every phrase is also cut into pieces, so that a bank of some forty clips, made once or recorded, says everything a hall
can say (`bank`). Its text and its pieces are the same words: what is read as a caption is what is heard.

Pure: which clip or synthesizer speaks them is the speaker's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Final, NamedTuple

from screens.numerals import counted, signs, spelled, time_of_day
from screens.phrases import SOURCE, speaks, tree, word

MARKS: Final = " ，。；：、,.;:!?،؛؟།་᠂᠃᠄"


class Phrase(NamedTuple):
    """One language's. text: as a person reads it; parts: the same words, piece by piece."""

    lang: str
    text: str
    parts: tuple[str, ...]


Phrases = tuple[Phrase, ...]  # in the order of speaking


def call_phrases(
    number: str, window: int, langs: Iterable[str], *, waited: bool = False, again: bool = False, yao: bool = False
) -> Phrases:
    """The call of a ticket to a window. waited: too long, so an apology comes first (R128). again: a recall.

    yao: the digit 1 is 幺, as on the telephone. A language without words is passed over; Chinese is always spoken,
    first if no other was asked for (R026).
    """
    key = "say.recall" if again else "say.call"
    made = []
    for lang in _spoken(langs):
        blanks = {
            "number": (spelled(number, lang, yao=yao), signs(number, lang, yao=yao)),
            "window": (counted(window, lang), (counted(window, lang),)),
        }
        phrase = _filled(lang, key, blanks)
        if waited:
            sorry = word(lang, "say.waited")
            phrase = Phrase(lang, sorry + _stop(lang) + phrase.text, (sorry, *phrase.parts))
        made.append(phrase)
    return tuple(made)


def rate_phrases(langs: Iterable[str]) -> Phrases:
    """The invitation to rate (R270)."""
    return _plain("say.rate", langs)


def thanks_phrases(langs: Iterable[str]) -> Phrases:
    """The thanks for a rating, the same for every level (R271)."""
    return _plain("say.thanks", langs)


def sorry_phrases(langs: Iterable[str]) -> Phrases:
    """The apology when equipment has failed (R037)."""
    return _plain("say.sorry", langs)


def opening_phrases(langs: Iterable[str]) -> Phrases:
    """The welcome when the hall opens (R074)."""
    return _plain("say.opening", langs)


def closing_phrases(minute: int, langs: Iterable[str]) -> Phrases:
    """That the hall closes at this minute of the day, and that whoever holds a number is served (R029, R243)."""
    said = {lang: time_of_day(minute, lang) for lang in _spoken(langs)}
    return tuple(_filled(lang, "say.closing", {"time": (time, (time,))}) for lang, time in said.items())


def bank(
    series: Iterable[str], windows: Iterable[int], closings: Iterable[int], langs: Iterable[str], *, yao: bool = False
) -> tuple[tuple[str, str], ...]:
    """Every (language, piece) that a hall with these series, windows and closing minutes can say, each once."""
    asked = tuple(langs)
    numbers = ["0123456789", *series]
    phrases: list[Phrases] = [
        call_phrases(number, 1, asked, waited=again, again=again, yao=yao)
        for number in numbers
        for again in (False, True)
    ]
    phrases += [call_phrases("0", window, asked, yao=yao) for window in windows]
    phrases += [closing_phrases(minute, asked) for minute in closings]
    phrases += [say(asked) for say in (rate_phrases, thanks_phrases, sorry_phrases, opening_phrases)]
    pieces = ((phrase.lang, part) for said in phrases for phrase in said for part in phrase.parts)
    return tuple(dict.fromkeys(sorted(pieces, key=lambda piece: piece[0] != SOURCE)))


def _filled(lang: str, key: str, blanks: dict[str, tuple[str, tuple[str, ...]]]) -> Phrase:
    """The phrase with its blanks filled: as text, and as pieces."""
    text = word(lang, key, **{name: said for name, (said, _) in blanks.items()})
    return Phrase(lang, text, tuple(_pieces(tree(lang)[key], {name: parts for name, (_, parts) in blanks.items()})))


def _pieces(template: str, blanks: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for literal, name, _, _ in Formatter().parse(template):
        if literal.strip(MARKS):
            yield literal.strip(MARKS)
        if name:
            yield from blanks[name]


def _plain(key: str, langs: Iterable[str]) -> Phrases:
    said = {lang: word(lang, key) for lang in _spoken(langs)}
    return tuple(Phrase(lang, text, (text,)) for lang, text in said.items())


def _stop(lang: str) -> str:
    return {SOURCE: "。", "bo": " ", "mn": "᠃ "}.get(lang, ". ")  # a Tibetan phrase ends in its own mark


def _spoken(langs: Iterable[str]) -> tuple[str, ...]:
    known = [lang for lang in dict.fromkeys(langs) if speaks(lang)]
    return tuple(known if SOURCE in known else [*known, SOURCE])
