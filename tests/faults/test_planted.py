"""The planted defects: all still apply, a few are really caught; `python -m tests.faults planted` tries all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.report import ROOT
from tests.faults.planted import DeadPlant, caught, copy_of_the_tree, planted_text, try_plants
from tests.faults.plants import PLANTS

QUICK = ("open-over-the-next-citizen", "utc-day")


def test_every_planted_defect_still_applies_and_is_python() -> None:
    for plant in PLANTS:
        compile(planted_text(plant), plant.file, "exec")
        assert plant.tests
        assert plant.why


def test_there_are_enough_of_them_and_each_has_its_name() -> None:
    assert len({plant.name for plant in PLANTS}) == len(PLANTS) >= 15


def test_the_tests_that_are_to_catch_them_exist() -> None:
    for test in {test for plant in PLANTS for test in plant.tests}:
        file, _, name = test.partition("::")
        assert (ROOT / file).exists(), test
        assert f"def {name}(" in (ROOT / file).read_text("utf-8") if name else True, test


@pytest.mark.timeout(120)
def test_a_few_of_them_are_caught() -> None:
    assert try_plants([plant for plant in PLANTS if plant.name in QUICK]) == []


@pytest.mark.timeout(60)
def test_a_defect_that_no_test_looks_at_is_missed_and_leaves_the_tree_sound() -> None:
    plant = replace(next(plant for plant in PLANTS if plant.name == "utc-day"), tests=("tests/hall/test_numbers.py",))
    with copy_of_the_tree() as root:
        before = (root / plant.file).read_text("utf-8")
        assert not caught(plant, root)
        assert (root / plant.file).read_text("utf-8") == before


def test_a_plant_whose_text_is_gone_fails_loudly(tmp_path: Path) -> None:
    plant = replace(PLANTS[0], sound="nothing like it stands here")
    with pytest.raises(DeadPlant, match="stands 0 times"):
        planted_text(plant)
    with pytest.raises(DeadPlant, match="there is no"):
        planted_text(plant, tmp_path)
    with pytest.raises(DeadPlant):
        try_plants([plant])
