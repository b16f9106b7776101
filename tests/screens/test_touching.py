"""What can be touched on a page: keys that a finger hits, the ones the view promises, and nothing else."""

from __future__ import annotations

import pytest

from screens.layout import hit
from screens.views import DIMENSIONS
from tests.screens.pictures import by_name, drawn, picture


def test_every_key_is_at_least_20_mm_and_no_two_overlap() -> None:
    for sample, screen, page in drawn():
        areas = list(page.targets.items())
        for i, (key, (x, y, w, h)) in enumerate(areas):
            assert min(screen.mm(w, h)) >= 20, (sample.name, screen, key)
            for other, (ox, oy, ow, oh) in areas[i + 1 :]:
                assert x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y, (sample.name, screen, key, other)


def test_a_touch_on_a_key_is_that_key_and_a_touch_beside_it_is_none() -> None:
    page = picture("kiosk-home-zh")
    for key, (x, y, w, h) in page.targets.items():
        assert {hit(page, x, y), hit(page, x + w - 1, y + h - 1), hit(page, x + w // 2, y + h // 2)} == {key}
    x, y, w, h = page.targets["service:social"]
    assert hit(page, x - 1, y) is None
    assert hit(page, x + w, y + h) is None


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("kiosk-home-zh", {"service:social", "service:company", "lang:zh", "lang:en", "help", "lookup", "mode:large"}),
        ("kiosk-home-en", {"mode:contrast", "mode:low", "priority", "elsewhere"}),
        ("kiosk-classes-zh", {"class:elderly", "class:soldier", "need:sign", "need:en", "done", "help"}),
        ("kiosk-elsewhere-more-en", {"more", "done", "help"}),
        ("kiosk-help-zh", {"reason:medical", "reason:disability", "done"}),
        ("kiosk-still-en", {"stay", "done"}),
        ("kiosk-closing-zh", {"choose:wait", "choose:appointment", "choose:leave", "help"}),
        ("kiosk-times-en", {"slot:a", "slot:f", "done", "help"}),
        ("kiosk-booked-zh", {"done"}),
        ("kiosk-sorry-closed-zh", {"help", "service:unsolved"}),
        ("kiosk-getting-zh", set()),
        ("kiosk-printing-en", set()),
        ("kiosk-take-en", {"done"}),
        ("kiosk-no-paper-zh", {"done"}),
        ("kiosk-sorry-paper-zh", {"help"}),
        ("kiosk-sorry-full-en", {"help", "done"}),
        ("board", set()),
        ("sign-calling", set()),
        ("evaluator-open", {"complain"}),
        ("evaluator-plain-open", set()),
        ("evaluator-ask", {"level:5", "level:4", "level:3", "level:2", "level:1"}),
        ("evaluator-thanks", {f"tag:{name}" for name in DIMENSIONS}),
        ("evaluator-plain-thanks", set()),
        ("evaluator-complaint-ask", {"complain:yes", "complain:no"}),
        ("evaluator-complaint-noted", set()),
        ("console-calling", {"start", "recall", "missed"}),
        ("console-pin", {"type:0", "type:9", "enter", "back", "cancel"}),
        ("out-of-order", set()),
    ],
)
def test_what_can_be_touched_is_what_the_view_promises(name: str, keys: set[str]) -> None:
    for screen in by_name()[name].screens:
        targets = picture(name, screen).targets.keys()
        assert keys <= targets
        assert keys or not targets


def test_a_key_that_is_not_enabled_cannot_be_touched() -> None:
    assert "finish" not in picture("console-calling").targets
