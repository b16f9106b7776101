"""The gallery writes what it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pygame
import pytest

from screens import contact
from screens.gallery import main, samples
from screens.views import View


def test_a_named_sample_is_written_on_every_screen_it_is_made_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "out"), "sign-open"]) == 0
    sizes = {path.name: pygame.image.load(path).get_size() for path in (tmp_path / "out").iterdir()}
    assert sizes == {"sign-open-1280x400.png": (1280, 400), "sign-open-1920x1080.png": (1920, 1080)}
    assert capsys.readouterr().out.splitlines() == ["sign-open-1280x400.png", "sign-open-1920x1080.png"]


@pytest.mark.parametrize("arguments", [[], ["out", "no-such-sample"]])
def test_what_it_does_not_know_it_says_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "OUTDIR" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_ticket_is_a_picture_too_and_a_usual_screen_needs_no_size_in_its_name(tmp_path: Path) -> None:
    assert main([str(tmp_path), "--usual", "ticket-zh", "sign-open"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sign-open.png", "ticket-zh.png"]


def test_there_is_a_sample_of_every_view_and_no_two_have_one_name() -> None:
    assert {type(sample.view) for sample in samples()} == set(get_args(View))
    names = [sample.name for sample in samples()]
    assert len(set(names)) == len(names)


def test_a_contact_sheet_has_every_wanted_page_on_every_screen(tmp_path: Path) -> None:
    assert contact.main([str(tmp_path / "sheet.png"), "kiosk-still-zh"]) == 0
    made = pygame.image.load(tmp_path / "sheet.png")
    assert made.get_width() == 8 * (contact.WIDTH + contact.GAP) + contact.GAP
    pages = list(contact.languages())
    assert len(pages) == 5 * len(contact.LANGUAGE_PAGES)
    assert [getattr(view, "lang", "") for view, _ in pages[:: len(contact.LANGUAGE_PAGES)]] == [
        "zh",
        "en",
        "ug",
        "bo",
        "mn",
    ]
