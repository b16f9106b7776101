"""The theme as data: complete, hashed, refused when it is wrong."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest

from screens.layout import Figure, Panel, Text
from screens.theme import Theme, ThemeFault, load_theme, pairs, theme_hash
from tests.screens.pictures import drawn

OWN = files("screens").joinpath("theme.toml").read_text("utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "theme.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.req("R191")
def test_the_hash_is_that_of_the_file_and_changes_with_it(tmp_path: Path) -> None:
    assert theme_hash() == hashlib.sha256(OWN.encode()).hexdigest()
    assert theme_hash(written(tmp_path, OWN)) == theme_hash()
    assert theme_hash(written(tmp_path, OWN + "\n")) != theme_hash()


def test_every_colour_a_picture_names_is_in_the_theme(theme: Theme) -> None:
    named = {"on-level"}
    for _, _, page in drawn():
        for box in page.boxes:
            named.add(box.colour)
            if isinstance(box, Panel):
                named |= {box.edge} - {""}
            elif isinstance(box, Text | Figure):
                named.add(box.on)
    assert named <= theme.colours.keys()


def test_no_colour_of_the_theme_is_left_over(theme: Theme) -> None:
    used = {"on-level"}
    for _, _, page in drawn():
        used |= {box.colour for box in page.boxes}
        used |= {box.edge for box in page.boxes if isinstance(box, Panel)}
    assert theme.colours.keys() - used == set()


def test_contrast_is_reckoned_as_wcag_does(tmp_path: Path) -> None:
    two = OWN.replace("[colours]", '[colours]\nblack = "#000000"\nwhite = "#FFFFFF"\ngrey = "#767676"')
    theme = load_theme(written(tmp_path, two))
    assert theme.contrast("black", "white") == pytest.approx(21)
    assert theme.contrast("white", "grey") == pytest.approx(4.54, abs=0.01)
    assert theme.contrast("grey", "grey") == 1


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("#EEF2F8", "EEF2F8", "not a colour"),
        ("#EEF2F8", "#EEF2FG", "invalid literal"),
        ("NotoSansSC-Regular.otf", "Nowhere.otf", "first font"),
        ("[colours]", "[colors]", "colours"),
        ("[fonts]", "[fonts", "TOMLDecodeError"),
    ],
)
def test_a_theme_that_cannot_be_used_is_refused_by_name_and_reason(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    path = written(tmp_path, OWN.replace(old, new, 1))
    with pytest.raises(ThemeFault, match=what) as refused:
        load_theme(path)
    assert str(path) in str(refused.value)


def test_fonts_that_may_be_missing_are_passed_over(tmp_path: Path) -> None:
    theme = load_theme(written(tmp_path, OWN.replace("further = [", 'further = [\n  "package:no_such_package/x.otf",')))
    assert [path.name for path in theme.fonts][:2] == ["NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('ink = "#0F1E3D"', 'ink = "#6F7E9D"', r"ink #6F7E9D on page #EEF2F8 has 3\.\d, and 7 is the least"),
        ('quiet = "#3B4861"', 'quiet = "#8B98B1"', r"quiet #8B98B1 on card #FFFFFF has 2\.\d, and 4\.5 is the least"),
        ('on-brand = "#FFE600"', 'on-brand = "#333333"', r"high-on-brand #333333 on high-brand #000000"),
    ],
)
def test_a_theme_nobody_could_read_is_refused_with_the_colours_and_the_contrast(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in OWN
    with pytest.raises(ThemeFault, match=told):
        load_theme(written(tmp_path, OWN.replace(old, new)))


def test_every_text_of_every_page_stands_on_a_pair_of_colours_that_is_judged_at_loading() -> None:
    judged = {(ink, ground): least for ink, ground, least in pairs()}
    for sample, _, page in drawn():
        for text in (box for box in page.boxes if isinstance(box, Text)):
            least = judged.get((text.colour, text.on), 0)
            assert least >= (7 if text.main else 4.5), (sample.name, text)
