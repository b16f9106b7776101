"""What the kiosk says to whoever cannot see it: each page's prompt, and the name of the key that was touched.

The words are the pages' own (locale/*.toml), in the page's language; digits one by one. Each text brings the same in
Chinese, for a voice that has not all of it: espeak-ng has no Tibetan and no Mongolian, and what nobody recorded of them
is read in Chinese. Every text is one clip, a number one for each sign: a recording replaces it, and those without
blanks can be made before (`fixed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from string import ascii_uppercase
from typing import Final, NamedTuple

from screens import views
from screens.layout.kiosk_desk import KINDS, LEADS
from screens.layout.kiosk_home import lead_text
from screens.layout.kiosk_place import lookup_lead, place_lines
from screens.numerals import signs
from screens.phrases import LEFT_TO_RIGHT, RIGHT_TO_LEFT, SOURCE, Words, languages, speaks
from screens.shaping import script_of
from screens.views import Bilingual, KioskPage

# Keys whose name is a phrase, the same on every page.
NAMED: Final = {
    "help": "kiosk.help", "lookup": "place.lookup", "priority": "kiosk.priority", "elsewhere": "kiosk.elsewhere",
    "more": "kiosk.more", "all": "kiosk.all", "checkin": "place.checkin", "voucher": "place.voucher",
    "identity": "place.identity", "back": "place.undo", "enter": "desk.enter", "stay": "still.stay",
    "again": "kiosk.again", "request": "desk.request", "assist": "desk.assist",
}  # fmt: skip
HANZI: Final = "\u2e80"  # the first of the Chinese blocks
CHOICES: Final = {
    "mode": "mode",
    "need": "need",
    "reason": "help",
    "choose": "closing",
}  # key before the colon -> where the rest is a phrase

# What pages say that is the same in every hall, beside the names of keys: prompts, and what becomes of a number.
PROMPTS: Final = (
    "guide.how", "kiosk.lead", "kiosk.getting", "kiosk.printing", "kiosk.your_number", "kiosk.take", "kiosk.taken",
    "kiosk.not_printed", "kiosk.maybe_not_printed", "kiosk.first", "kiosk.ahead_one", "kiosk.help_called", "kiosk.done",
    "kiosk.back", "help.lead", "class.lead", "elsewhere.lead", "still.ask", "still.done", "closing.choose",
    "times.lead", "times.taken", "times.none", "booked.title", "booked.remember",
    "place.lead", "place.lead_code", "place.lead_voucher", "place.asking", "place.served", "place.unknown",
    "place.lost", "place.otherhall", "place.otherday", "place.appointment", "place.city", "place.unreadable",
    "place.voucheroffline", "place.voucherused", "place.voucherexpired", "place.voucherunknown",
    "desk.kind_lead", "desk.service_lead", "desk.consent_lead", "desk.consent_yes", "desk.consent_no", "desk.asking",
    "desk.registered", "desk.remember",
    "sorry.paper", "sorry.printer", "sorry.full", "sorry.closed", "sorry.lost", "sorry.starting", "sorry.full_do",
    "sorry.closed_do", "sorry.help_do", "sorry.starting_do",
)  # fmt: skip
CHOSEN: Final = {
    "mode": ("large", "contrast", "low", "voice"),
    "need": ("sign", "en"),
    "help": ("number", "disability", "medical", "language", "ticket", "lost"),
    "closing": ("wait", "appointment", "leave"),
}  # what CHOICES can be followed by
_VOICES: Final = {"Arab": "ug", "Tibt": "bo", "Mong": "mn"}  # whose letters these are


class Aloud(NamedTuple):
    """One text as it is read. parts: its clips; chinese: the same in Chinese, None if it is."""

    lang: str
    text: str
    parts: tuple[str, ...]
    chinese: Aloud | None = None


def spoken_lang(lang: str) -> str:
    """The language in which a page of this language is read aloud."""
    return lang if speaks(lang) else SOURCE


def voice_of(text: str, lang: str) -> str:
    """Whose voice reads this text of a page in this language: a hall's own words may stand there in another script."""
    script = next(filter(None, map(script_of, text)), "")
    if script:
        return _VOICES[script]
    return SOURCE if any(char >= HANZI for char in text) else spoken_lang(lang)


def page_aloud(view: KioskPage) -> tuple[Aloud, ...]:
    """As `page_said`, as it is given to the voice."""
    both = zip(_page(view, Words(spoken_lang(view.lang))), _page(view, Words(SOURCE)), strict=True)
    return tuple(_aloud(view.lang, text, chinese) for text, chinese in both if text)


def key_aloud(view: KioskPage, key: str) -> Aloud | None:
    """As `key_said`, as it is given to the voice; None for a key this page has not."""
    text = key_said(view, key)
    name, _, value = key.partition(":")
    if name == "lang" and value in languages():
        chinese = Words(value)("lang.chinese")
    else:
        chinese = key_said(replace(view, lang=SOURCE), key)
    return _aloud(view.lang, text, chinese) if text else None


def _aloud(page: str, text: str, chinese: str) -> Aloud:
    text = unmarked(text)
    lang = voice_of(text, page)
    said = tuple(text.split(" "))
    parts = said if _signs(lang).issuperset(said) else (text,)
    return Aloud(lang, text, parts, _aloud(SOURCE, chinese, chinese) if lang != SOURCE and chinese else None)


@cache
def _signs(lang: str) -> frozenset[str]:
    """All that a ticket's number is read as."""
    return frozenset(signs(ascii_uppercase + "0123456789", lang))


def unmarked(text: str) -> str:
    """Without what only a screen needs."""
    return text.replace(LEFT_TO_RIGHT, "").replace(RIGHT_TO_LEFT, "")


def page_said(view: KioskPage) -> tuple[str, ...]:
    """What is said when the page comes up, sentence by sentence."""
    words = Words(spoken_lang(view.lang))
    return tuple(unmarked(text) for text in _page(view, words) if text)


def key_said(view: KioskPage, key: str) -> str:
    """The name of a key of this page; "" for one it has not."""
    words = Words(spoken_lang(view.lang))
    name, _, value = key.partition(":")
    if key == "done":
        return words(_done(view))
    if name in NAMED:
        return words(NAMED[name])
    if name in CHOICES:
        return words(f"{CHOICES[name]}.{value}")
    match name:
        case "lang":
            return _language(value) if value in languages() else ""
        case "type":
            return " ".join(signs(value, words.lang))
        case "consent":
            return words("desk.consent_yes" if value == "yes" else "desk.consent_no")
        case "kind" if value in KINDS:
            return words(KINDS[value][0])
        case _:
            return _own(view, name, value, words)


def fixed(lang: str) -> Iterator[str]:
    """Every text that is the same in every hall: what can be spoken beforehand."""
    words = Words(spoken_lang(lang))
    yield from map(words, NAMED.values())
    yield from map(words, PROMPTS)
    yield from (words(f"{group}.{name}") for group, names in CHOSEN.items() for name in names)
    yield from (words(phrase) for lead, _, wrong in LEADS.values() for phrase in (lead, wrong))
    yield from (words(name) for name, _, _ in KINDS.values())


def _language(lang: str) -> str:
    """A language's own name."""
    return Words(lang)("lang.name")


def _done(view: KioskPage) -> str:
    match view:
        case views.KioskTake():
            return "kiosk.taken"
        case views.KioskStill():
            return "still.done"
        case views.KioskNoPaper() | views.KioskBooked() | views.KioskRegistered():
            return "kiosk.done"
        case _:
            return "kiosk.back"


def _own(view: KioskPage, name: str, value: str, words: Words) -> str:
    """What the hall itself named: a service, a class, a group, a time."""
    known: dict[tuple[str, str], Bilingual] = {}
    match view:
        case views.KioskHome(services=services):
            known = {("service", s.id): s.name for s in services}
            known |= {("group", s.group.zh): s.group for s in services if s.group}
        case views.KioskSorry(still=services):
            known = {("service", s.id): s.name for s in services}
        case views.KioskRequest(services=services):
            known = {("item", s.id): s.name for s in services}
        case views.KioskClasses(classes=classes):
            known = {("class", c.id): c.name for c in classes}
        case views.KioskTimes(slots=slots):
            return next((at[5:] for slot, at in slots if slot == value), "")
        case _:
            pass
    own = known.get((name, value))
    return words.own(own) if own else ""


def _page(view: KioskPage, words: Words) -> Iterator[str]:
    match view:
        case views.KioskHome():
            yield lead_text(view, words)[0]
            yield words("guide.how")
        case views.KioskBusy():
            yield words("kiosk.printing" if view.number else "kiosk.getting")
        case views.KioskTake():
            yield from (words("kiosk.your_number"), _digits(view.number, words), words("kiosk.take"))
            yield words("kiosk.goto", place=words.own(view.place)) if words.own(view.place) else ""
        case views.KioskNoPaper():
            yield words("kiosk.not_printed" if view.sure else "kiosk.maybe_not_printed")
            yield _digits(view.number, words)
        case views.KioskSorry():
            yield words(f"sorry.{view.why}")
            yield words(f"sorry.{view.why}_do" if view.why in ("full", "closed", "starting") else "sorry.help_do")
        case views.KioskLookup():
            yield words(lookup_lead(view))
        case views.KioskPlace():
            yield from (_digits(view.number, words), *place_lines(view, words))
        case _:
            yield from _beside(view, words)


def _beside(view: KioskPage, words: Words) -> Iterator[str]:
    match view:
        case views.KioskClasses():
            yield words("class.lead")
        case views.KioskElsewhere(places=places):
            yield words("elsewhere.lead")
            yield from (words.own(told) for place in places for told in (place.name, place.place))
        case views.KioskHelp():
            yield from (words("kiosk.help_called"), words("help.lead"))
        case views.KioskStill():
            yield from (words("still.ask"), words("still.note", n=view.seconds))
        case views.KioskClosing():
            yield from (words("closing.ends", time=view.closes), words("closing.choose"))
        case views.KioskTimes():
            yield words("times.taken" if view.taken else "times.lead" if view.slots else "times.none")
        case views.KioskBooked():
            yield from (words("booked.title"), _digits(view.code, words), words("booked.remember"))
        case views.KioskKeypad():
            lead, _, wrong = LEADS[view.what]
            yield from (words(wrong) if view.wrong else "", words(lead))
        case views.KioskRequest(stage="kind"):
            yield words("desk.kind_lead")
        case views.KioskRequest(stage="service"):
            yield words("desk.service_lead")
        case views.KioskRequest(stage="consent"):
            yield from (words("desk.consent_lead"), words("desk.consent_note", n=view.days))
        case views.KioskRequest():
            yield words("desk.asking")
        case views.KioskRegistered():
            yield from (words("desk.registered"), _digits(view.code, words), words("desk.remember"))
        case _:
            pass


def _digits(number: str, words: Words) -> str:
    return " ".join(signs(number, words.lang)) if number else ""
