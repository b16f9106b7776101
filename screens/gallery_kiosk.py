"""Sample data of the kiosk's pages: each in both languages, the fullest once more in all modes at the same time; one of
each kind in the scripts that join, stack or run down.
"""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from screens.gallery_words import CLOCK, EAST, HALL, MEDICAL, SOCIAL, UNSURE, WEST
from screens.views import (
    Bilingual,
    ClassKey,
    HelpReason,
    KioskBooked,
    KioskBusy,
    KioskClasses,
    KioskClosing,
    KioskElsewhere,
    KioskHelp,
    KioskHome,
    KioskKeypad,
    KioskLookup,
    KioskNoPaper,
    KioskPage,
    KioskPlace,
    KioskRegistered,
    KioskRequest,
    KioskSorry,
    KioskStill,
    KioskTake,
    KioskTimes,
    Modes,
    OtherPlace,
    PlaceWhat,
    ServiceKey,
)

PEOPLE = Bilingual("民生服务区", "People and Family", "خەلق تۇرمۇشى", "མི་སེར་འཚོ་བ།", "ᠠᠷᠠᠳ\u202fᠤᠨ ᠠᠮᠢᠳᠤᠷᠠᠯ")
FIRMS = Bilingual("企业服务区", "Business", "كارخانىلار", "ཁེ་ལས།", "ᠠᠵᠤ ᠠᠬᠤᠢᠯᠠᠯ")
HOMES = Bilingual("住房与土地", "Housing and Land", "ئۆي ۋە يەر", "ཁང་པ་དང་ས་ཞིང་།", "ᠣᠷᠣᠨ ᠰᠠᠭᠤᠴᠠ")
SERVICES = (
    ServiceKey("social", SOCIAL, EAST, 5, 40, group=PEOPLE),
    ServiceKey("medical", MEDICAL, EAST, 0, 0, group=PEOPLE),
    ServiceKey(
        "residence",
        Bilingual("户籍与身份证", "Residence and ID Cards", "نوپۇس ۋە كىملىك", "ཐེམ་ཐོ་དང་ལག་ཁྱེར།", "ᠡᠷᠦᠬᠡ ᠦᠨᠡᠮᠯᠡᠯ"),
        WEST,
        12,
        55,
        group=PEOPLE,
    ),
    ServiceKey(
        "estate",
        Bilingual("不动产登记", "Real Estate Registration", "ئۆي-مۈلۈك تىزىملاش", "ཁང་ས་ཐོ་འགོད།", "ᠦᠯᠦ ᠬᠥᠳᠡᠯᠬᠦ ᠬᠥᠷᠥᠩᠭᠡ"),
        WEST,
        None,
        None,
        group=HOMES,
    ),
    ServiceKey(
        "company",
        Bilingual(
            "企业开办与注销",
            "Opening or Closing a Business",
            "شىركەت ئېچىش ۋە تاقاش",
            "ཁེ་ལས་སྒོ་འབྱེད།",
            "ᠠᠵᠤ ᠠᠬᠤᠢᠯᠠᠯ ᠨᠡᠭᠡᠭᠡᠬᠦ",
        ),
        WEST,
        2,
        10,
        open=False,
        group=FIRMS,
    ),
    ServiceKey(
        "other",
        Bilingual("综合咨询", "General Enquiries", "مەسلىھەت سوراش", "བློ་འདྲི།", "ᠯᠠᠪᠯᠠᠬᠤ"),
        EAST,
        1,
        3,
        group=PEOPLE,
    ),
)
UNSOLVED = ServiceKey(
    "unsolved",
    Bilingual(
        "办不成事反映窗口", "Problems Not Solved", "ھەل بولمىغان ئىشلار", "མ་གྲུབ་པའི་ལས་དོན།", "ᠪᠦᠲᠦᠭᠡᠭᠡ ᠦᠭᠡᠢ ᠬᠡᠷᠡᠭ"
    ),
    EAST,
    0,
    0,
)
MORE = (
    ("marriage", "婚姻登记", "Marriage Registration", PEOPLE), ("school", "入学服务", "School Enrolment", PEOPLE),
    ("housing", "公积金", "Housing Fund", HOMES), ("rent", "公租房申请", "Public Rental Housing", HOMES),
    ("planning", "建设工程规划", "Building Permits", HOMES), ("tax", "税务综合", "Taxes", FIRMS),
    ("food", "食品经营许可", "Food Business Permits", FIRMS), ("road", "道路运输许可", "Road Transport", FIRMS),
    ("job", "就业登记", "Employment", PEOPLE), ("trade", "进出口备案", "Import and Export", FIRMS),
    ("seal", "印章备案", "Company Seals", FIRMS), ("invoice", "发票申领", "Invoices", FIRMS),
    ("land", "土地登记", "Land Registration", HOMES), ("water", "水电气报装", "Water, Power, Gas", HOMES),
    ("birth", "出生登记", "Birth Registration", PEOPLE), ("pension", "养老认证", "Pension Checks", PEOPLE),
    ("fire", "消防备案", "Fire Safety", FIRMS), ("bid", "公共资源交易", "Public Tenders", FIRMS),
    ("pet", "犬只登记", "Dog Registration", PEOPLE), ("park", "停车许可", "Parking Permits", PEOPLE),
)  # fmt: skip
MANY = SERVICES + tuple(ServiceKey(i, Bilingual(zh, en), WEST, 3, 20, group=group) for i, zh, en, group in MORE)
CLASSES = (
    ClassKey("emergency", Bilingual("急危重", "Emergency", "جىددىي ئەھۋال", "ཛ་དྲག", "ᠶᠠᠭᠠᠷᠠᠯᠲᠠᠢ")),
    ClassKey(
        "soldier",
        Bilingual("军人", "Soldier", "ھەربىي", "དམག་མི།", "ᠴᠡᠷᠢᠭ"),
        Bilingual("军人证件", "military pass", "ھەربىي كىنىشكا", "དམག་མིའི་ལག་ཁྱེར།", "ᠴᠡᠷᠢᠭ\u202fᠦᠨ ᠦᠨᠡᠮᠯᠡᠯ"),
    ),
    ClassKey(
        "disabled",
        Bilingual("残疾人", "Disabled", "مېيىپ", "དབང་པོ་སྐྱོན་ཅན།", "ᠲᠡᠭᠦᠯᠳᠡᠷ ᠪᠤᠰᠤ"),
        Bilingual("残疾人证", "disability card", "مېيىپلىق كىنىشكىسى", "དབང་སྐྱོན་ལག་ཁྱེར།", "ᠲᠡᠭᠦᠯᠳᠡᠷ ᠪᠤᠰᠤ ᠦᠨᠡᠮᠯᠡᠯ"),
    ),
    ClassKey(
        "elderly",
        Bilingual("老年人", "Elderly", "ياشانغانلار", "རྒན་རབས།", "ᠠᠬᠮᠠᠳ"),
        Bilingual(
            "身份证（满65周岁）",
            "ID card (65 or older)",
            "كىملىك (65 ياشتىن يۇقىرى)",
            "ལག་ཁྱེར། (ལོ་ 65 ཡན།)",
            "ᠦᠨᠡᠮᠯᠡᠯ (65 ᠨᠠᠰᠤ)",
        ),
    ),
    ClassKey("pregnant", Bilingual("孕妇", "Pregnant", "ھامىلدار", "སྦྲུམ་མ།", "ᠵᠢᠷᠡᠮᠰᠡᠨ")),
    ClassKey("infant", Bilingual("携婴幼儿者", "With an infant", "بالىلىقلار", "བྱིས་པ་འཁྱེར་མཁན།", "ᠨᠢᠯᠬᠠ ᠬᠡᠦᠬᠡᠳᠲᠡᠢ")),
    ClassKey("sick", Bilingual("病弱者", "Sick or frail", "كېسەلچانلار", "ནད་པ།", "ᠡᠪᠡᠳᠴᠢᠲᠡᠢ")),
)
OTHERS = (
    OtherPlace(Bilingual("出入境证件", "Passports"), Bilingual("公安局出入境大厅", "Exit-Entry Hall"), "0452-5550110"),
    OtherPlace(Bilingual("车驾管", "Vehicles"), Bilingual("城北车管所", "Vehicle Office, north"), "0452-5550122"),
    OtherPlace(Bilingual("法律援助", "Legal Aid"), Bilingual("司法局一楼", "Justice Bureau, floor 1"), "12348"),
    OtherPlace(Bilingual("结婚体检", "Health Check"), Bilingual("县妇幼保健院", "County Clinic")),
)
SLOTS = (
    ("a", "2026-11-23 08:30"), ("b", "2026-11-23 10:00"), ("c", "2026-11-23 13:30"),
    ("d", "2026-11-24 08:30"), ("e", "2026-11-24 10:00"), ("f", "2026-11-24 13:30"),
)  # fmt: skip
LANGS = ("zh", "en", "ug", "bo", "mn")
FURTHER = (  # one page of each kind of layout in the further scripts
    "kiosk-home", "kiosk-lookup-digits", "kiosk-take", "kiosk-no-paper", "kiosk-sorry-closed", "kiosk-classes-chosen",
    "kiosk-closing",
)  # fmt: skip
FURTHER_HARDEST = ("kiosk-home",)
UPRIGHT = tuple(
    f"{name}-{lang}" for name in ("kiosk-home", "kiosk-take", "kiosk-no-paper") for lang in LANGS[2:]
)  # also so
EVERY = Modes(large=True, contrast=True, low=True)
HARDEST = (  # pages with the most on them: once more in every mode
    "kiosk-home", "kiosk-home-groups", "kiosk-lookup-digits", "kiosk-take", "kiosk-no-paper", "kiosk-place-waiting",
    "kiosk-sorry-paper", "kiosk-sorry-closed", "kiosk-classes-chosen", "kiosk-elsewhere", "kiosk-help", "kiosk-closing",
    "kiosk-times", "kiosk-booked",
)  # fmt: skip


def kiosk_views() -> dict[str, KioskPage]:
    """Name -> page."""
    views: dict[str, KioskPage] = {}
    for lang in ("zh", "en"):
        plain = _pages(lang) | _beside(lang) | _choices(lang)
        home = plain["kiosk-home"]
        views |= {f"{name}-{lang}": view for name, view in plain.items()}
        views |= {
            f"kiosk-home-{name}-{lang}": replace(home, modes=modes)
            for name, modes in (("large", Modes(large=True)), ("low", Modes(low=True)), ("high", Modes(contrast=True)))
        }
        views |= {f"{name}-every-{lang}": replace(plain[name], modes=EVERY) for name in HARDEST}
    for lang in ("ug", "bo", "mn"):
        plain = _pages(lang) | _beside(lang) | _choices(lang)
        views |= {f"{name}-{lang}": _of_five(plain[name]) for name in FURTHER}
        views |= {f"{name}-every-{lang}": _of_five(replace(plain[name], modes=EVERY)) for name in FURTHER_HARDEST}
    return views


def _of_five(view: KioskPage) -> KioskPage:
    """The hall offers five languages."""
    return replace(view, langs=LANGS) if isinstance(view, KioskHome) else view


def _pages(lang: str) -> dict[str, KioskPage]:
    """From the first page to the ticket."""
    home = KioskHome(
        HALL, SERVICES, lang, ("zh", "en"), CLOCK, lookup=True, can=("large", "contrast", "low"), priority=True,
        elsewhere=True,
    )  # fmt: skip
    called = replace(home, services=SERVICES[:4], clock=UNSURE, notice="kiosk.help_called")
    return {
        "kiosk-home": home,
        "kiosk-home-called": called,
        "kiosk-home-class": replace(home, klass=CLASSES[3].name),
        "kiosk-home-groups": replace(home, services=MANY),
        "kiosk-home-group": replace(home, services=MANY, group=PEOPLE.zh),
        "kiosk-home-pages": replace(home, services=tuple(replace(s, group=None) for s in MANY), page=1),
        "kiosk-getting": KioskBusy(lang, SOCIAL),
        "kiosk-printing": KioskBusy(lang, SOCIAL, "A012"),
        "kiosk-take": KioskTake(lang, "A012", SOCIAL, EAST, 5, 40, most=55),
        "kiosk-take-first": KioskTake(lang, "A012", SOCIAL, EAST, 0, 0),
        "kiosk-take-offline": KioskTake(lang, "A612", SOCIAL, EAST, None, None),
        "kiosk-no-paper": KioskNoPaper(lang, "A012", SOCIAL, EAST, sure=True),
        "kiosk-no-paper-unsure": KioskNoPaper(lang, "A012", SOCIAL, EAST, sure=False, again=True),
    }


def _beside(lang: str) -> dict[str, KioskPage]:
    """Where a number stands, and no ticket here now."""
    views: dict[str, KioskPage] = {
        "kiosk-lookup": KioskLookup(lang, ("A", "B", "C", "D", "E"), identity=True),
        "kiosk-lookup-many": KioskLookup(lang, tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        "kiosk-lookup-code": KioskLookup(lang, (), "4829", code=True),
        "kiosk-lookup-voucher": KioskLookup(lang, (), "48021593", code=True, digits=12),
        "kiosk-lookup-digits": KioskLookup(lang, ("A", "B", "C"), "A01"),
    }
    places: tuple[PlaceWhat, ...] = get_args(PlaceWhat)
    for what in places:
        mine = what in ("waiting", "called", "serving", "missed")
        window = 3 if what in ("called", "serving", "missed") else 0
        number = "A012" if mine or what in ("asking", "served", "unknown", "lost", "otherday") else ""
        service, place = (SOCIAL, EAST) if mine else (None, None)
        views[f"kiosk-place-{what}"] = KioskPlace(lang, what, number, service, place, 5, 40, window, most=55)
    others = (Bilingual("二楼大厅", "First floor hall"), Bilingual("一楼西门", "West entrance"))
    for why in ("paper", "printer", "full", "closed", "lost", "starting"):
        opens, still = ("2026-11-23 08:30", (UNSOLVED,)) if why == "closed" else ("", ())
        sorry = KioskSorry(
            lang, why, others, "08:30-12:00 13:30-17:30", CLOCK, why in ("full", "lost"), opens, still
        )  # fmt: skip
        views[f"kiosk-sorry-{why}"] = sorry
    views["kiosk-sorry-rest"] = KioskSorry(lang, "closed", others, "", CLOCK, opens="2026-11-23 08:30")
    return views


def _choices(lang: str) -> dict[str, KioskPage]:
    """What a citizen may choose beside the service."""
    reasons: tuple[HelpReason, ...] = get_args(HelpReason)
    return {
        "kiosk-classes": KioskClasses(lang, CLASSES, ("sign", "en")),
        "kiosk-classes-chosen": KioskClasses(lang, CLASSES, ("sign", "en"), klass="elderly"),
        "kiosk-elsewhere": KioskElsewhere(lang, OTHERS),
        "kiosk-elsewhere-more": KioskElsewhere(lang, OTHERS * 4, page=1),
        "kiosk-help": KioskHelp(lang, reasons, offers=("request", "assist")),
        "kiosk-help-told": KioskHelp(lang, reasons, "medical"),
        "kiosk-still": KioskStill(lang, 20),
        "kiosk-keypad-identity": KioskKeypad(lang, "identity", "•••••••••••••3", letters="X"),
        "kiosk-keypad-pin": KioskKeypad(lang, "pin", "••••", wrong=True),
        "kiosk-keypad-phone": KioskKeypad(lang, "phone", "•••••••4567", days=30),
        "kiosk-request-kind": KioskRequest(lang, "kind", kinds=("home-visit", "unserved")),
        "kiosk-request-service": KioskRequest(lang, "service", services=MANY, page=1),
        "kiosk-request-consent": KioskRequest(lang, "consent", days=30),
        "kiosk-request-asking": KioskRequest(lang, "asking"),
        "kiosk-registered": KioskRegistered(lang, "731905", "home-visit", SOCIAL, "12345", until="2026-12-21"),
        "kiosk-registered-lost": KioskRegistered(lang, "731905", "unserved", SOCIAL, "12345", lost=True),
        "kiosk-closing": KioskClosing(lang, SOCIAL, 5, 40, "17:30", appointment=True, most=55),
        "kiosk-closing-first": KioskClosing(lang, SOCIAL, 0, 0, "17:30", appointment=False),
        "kiosk-times": KioskTimes(lang, SOCIAL, SLOTS),
        "kiosk-times-none": KioskTimes(lang, SOCIAL, ()),
        "kiosk-booked": KioskBooked(lang, SOCIAL, EAST, "482913", "2026-11-23 08:30", "2026-11-23 09:30"),
    }
