"""A small kiosk: on a 10.1" glass, either way round, nothing is cut or too small to read or touch, in any language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from screens.gallery import KIOSK
from screens.gallery_kiosk import HARDEST, LANGS, MANY, kiosk_views
from screens.layout import Picture, Screen, layout
from screens.layout.modes import low_height
from screens.layout.parts import Type
from screens.layout.sheet import RIGHT_TO_LEFT_MARK
from screens.phrases import tree
from screens.views import KioskHome, KioskPage, Modes
from tests.screens.pictures import ruler, texts

LYING = KIOSK[1]
UPRIGHT = replace(
    LYING, width_px=LYING.height_px, height_px=LYING.width_px, width_mm=LYING.height_mm, height_mm=LYING.width_mm
)
PLAIN = {name: view for name, view in kiosk_views().items() if name.endswith("-zh") and view.modes == Modes()}
FULLEST = tuple(f"{name}-zh" for name in HARDEST)
EVERY = Modes(large=True, contrast=True, low=True)


def columns(view: KioskPage, langs: tuple[str, ...] = LANGS) -> KioskPage:
    """The page in Mongolian."""
    view = replace(view, lang="mn")
    return replace(view, langs=langs, can=(*view.can, "voice")) if isinstance(view, KioskHome) else view


@pytest.mark.parametrize(("screen", "names"), [(LYING, PLAIN), (UPRIGHT, FULLEST)], ids=["lying", "upright"])
def test_in_columns_every_page_is_whole_and_its_type_can_be_read(screen: Screen, names: Iterable[str]) -> None:
    least = Type.of(screen).least
    for name in names:
        page = layout(columns(PLAIN[name]), screen, ruler())
        assert page.flaws == (), name
        assert [text for text in texts(page) if text.size < least] == [], name


@pytest.mark.parametrize("modes", [Modes(), Modes(low=True)], ids=["usual", "low"])
@pytest.mark.parametrize("lang", ["zh", "ug"])
def test_upright_no_word_is_cut_and_no_key_is_small_within_reach_or_not(lang: str, modes: Modes) -> None:
    for name in (*FULLEST, "kiosk-lookup-zh", "kiosk-keypad-identity-zh", "kiosk-request-consent-zh"):
        assert layout(replace(PLAIN[name], lang=lang, modes=modes), UPRIGHT, ruler()).flaws == (), name


@pytest.mark.parametrize("screen", [KIOSK[0], LYING, UPRIGHT], ids=["15.6 inches", "lying", "upright"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_hall_of_five_languages_and_every_mode_has_its_first_page_whole(lang: str, screen: Screen) -> None:
    for name in ("kiosk-home-group-zh", "kiosk-home-pages-zh"):
        home = PLAIN[name]
        assert isinstance(home, KioskHome)
        assert layout(replace(home, lang=lang, langs=LANGS, can=(*home.can, "voice")), screen, ruler()).flaws == ()


@pytest.mark.parametrize("lang", LANGS)
def test_that_somebody_comes_to_help_is_told_on_the_smallest_glass_too(lang: str) -> None:
    home = PLAIN["kiosk-home-called-zh"]
    assert isinstance(home, KioskHome)
    for langs in (("zh", "en"), LANGS):
        page = layout(replace(home, lang=lang, langs=langs), UPRIGHT, ruler())
        found = "".join("".join(text.text.removeprefix(RIGHT_TO_LEFT_MARK) for text in texts(page)).split())
        assert "".join(tree(lang)["kiosk.help_called"].split()) in found


@pytest.mark.parametrize("screen", [LYING, UPRIGHT], ids=["lying", "upright"])
@pytest.mark.parametrize("name", ["kiosk-home", "kiosk-home-called", "kiosk-home-group", "kiosk-home-pages"])
def test_a_hall_of_two_languages_has_its_first_page_whole_too(name: str, screen: Screen) -> None:
    page = layout(columns(PLAIN[f"{name}-zh"], ("zh", "mn")), screen, ruler())
    assert page.flaws == ()
    assert {text.text for text in texts(page)} & {"09:30", tree("mn")["clock.unknown"]}


@pytest.mark.parametrize("screen", [LYING, UPRIGHT], ids=["lying", "upright"])
def test_every_service_comes_in_turn_however_few_keys_a_page_has(screen: Screen) -> None:
    home = PLAIN["kiosk-home-zh"]
    assert isinstance(home, KioskHome)
    some = tuple(replace(service, group=None) for service in MANY[:7])
    found: list[str] = []
    for page in range(len(some)):
        turned = layout(columns(replace(home, services=some, page=page)), screen, ruler())
        assert turned.flaws == ()
        assert "more" in turned.targets
        found += [key for key in turned.targets if key.startswith("service:") and key not in found]
        if len(found) == len(some):
            break
    assert found == [f"service:{service.id}" for service in some]


@pytest.mark.parametrize("screen", [LYING, UPRIGHT], ids=["lying", "upright"])
@pytest.mark.parametrize(
    "name",
    ["kiosk-take", "kiosk-closing", "kiosk-sorry-closed", "kiosk-lookup", "kiosk-home-group", "kiosk-no-paper"],
)
def test_where_every_mode_at_once_has_no_room_type_and_then_reach_give_way(name: str, screen: Screen) -> None:
    assert layout(replace(columns(PLAIN[f"{name}-zh"]), modes=EVERY), screen, ruler()).flaws == ()


def test_reach_gives_way_only_where_it_must() -> None:
    top = UPRIGHT.height_px - low_height(UPRIGHT)

    def highest(page: Picture) -> int:
        return min(y for _, y, _, _ in page.targets.values())

    low, closed = Modes(low=True), PLAIN["kiosk-sorry-closed-zh"]
    assert highest(layout(replace(columns(closed), modes=low), UPRIGHT, ruler())) < top
    assert highest(layout(replace(closed, modes=low), UPRIGHT, ruler())) >= top


def test_large_print_gives_way_before_reach() -> None:
    view = columns(PLAIN["kiosk-no-paper-zh"])
    low, both = (layout(replace(view, modes=Modes(large=large, low=True)), UPRIGHT, ruler()) for large in (False, True))
    assert low.flaws == ()
    assert replace(both, boxes=()) == replace(low, boxes=())  # where the keys are; the title above may be larger
    assert min(y for _, y, _, _ in both.targets.values()) >= UPRIGHT.height_px - low_height(UPRIGHT)
