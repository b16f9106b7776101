"""Models of printers in a hall's own TOML file: one table a model, the keys of drivers/printers.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError

from config.errors import Finding, did_you_mean, findings
from config.lines import Path as Keys
from config.parts import Strict
from config.raw import Raw

# What hallside knows by itself (drivers/printers.toml; a test holds the two together).
KNOWN: Final = (
    "generic-80", "generic-80-tear", "generic-58", "generic-58-tear", "generic-80-raster", "generic-58-raster",
    "epson-tm-t88",
)  # fmt: skip
NARROWEST: Final = 6  # dots a column; below that nothing can be read


class PrinterModel(Strict):
    """What one model can do."""

    paper_mm: Annotated[int, Field(ge=40, le=120)]
    dots: Annotated[int, Field(ge=192, le=1280)]
    columns: Annotated[int, Field(ge=16, le=106)]
    dpi: Annotated[int, Field(ge=100, le=600)] = 203
    charset: Literal["gb18030", "gb2312", "none"] = "gb18030"
    native_qr: bool = True
    cutter: bool = True
    knife_feed: Annotated[int, Field(ge=0, le=255)] = 0
    tear_lines: Annotated[int, Field(ge=0, le=20)] = 4
    fence: bool = True
    asb: bool = False
    clear: bool = True
    raster_bytes: Annotated[int, Field(ge=200, le=592)] = 512
    roll_metres: Annotated[float, Field(ge=1, le=1000)] = 80
    says: Annotated[str, Field(max_length=200)] = ""


def model_findings(raw: Mapping[str, object]) -> list[Finding]:
    """What is wrong in a file of models."""
    found: list[Finding] = []
    for name, said in raw.items():
        if not isinstance(said, dict):
            found.append(Finding((name,), "must be a table", f"Write [{name}] above its keys."))
            continue
        try:
            model = PrinterModel.model_validate(said)
        except ValidationError as error:
            wrong = findings(error, PrinterModel, said)
            found += [Finding((name, *each.path), each.what, each.mend) for each in wrong]
            continue
        if model.columns * NARROWEST > model.dots:
            what = f"{model.columns} columns do not fit on {model.dots} dots"
            found.append(Finding((name, "columns"), what, "A usual character is 12 dots wide."))
    return found


def model_named(at: Keys, printer: Raw, own: Mapping[str, object]) -> list[Finding]:
    """Whether the model this section names is one of the file's own, or one that hallside knows."""
    model = printer.get("model", KNOWN[0])
    known = {*KNOWN, *own}
    if not isinstance(model, str) or model in known:
        return []
    return [Finding((*at, "model"), f"no model of printer is called '{model}'", did_you_mean(model, known))]
