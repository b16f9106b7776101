"""Which faults the real drivers of a part can tell, read from their source; see test_fault_names."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from types import ModuleType

from drivers import debounce, scanner_ear
from drivers.escpos_status import decode_port_status, decode_status
from drivers.registry import DRIVERS

# Who tells a fault, and which of the arguments is its code.
TELLERS = {"PartFailed": 1, "CardFault": 0, "NoVoice": 0, "report": 0, "_fault": 0, "_lost": 0, "_tell_all": 0}
# Mistakes of ours, a folder for recordings, our own closing: no hand at the hardware can make them.
OURS = {"driver-fault", "speaker-failed", "recording", "closed"}
ELSE = ("simulated", "machine", "protocols", "registry")  # twins, and what no driver is made of


def told(part: str) -> set[str]:
    """The codes of one part; `stuck`, `short` and `loose` without the levels that follow."""
    codes = {code for module in _real(part) for code in _codes(module)} - OURS - {""}
    match part:
        case "buttons":
            return codes | set(debounce._SAYS)
        case "scanner":
            return codes | set(scanner_ear.WHY)
        case "printer":
            return codes | _printed()
    return codes


def _printed() -> set[str]:
    """Whatever a printer's answers can mean."""
    bits = [1 << n for n in range(8)]
    whole = product((0, *bits), repeat=4)
    reports = [decode_status(*answer) for answer in whole] + [decode_port_status(byte) for byte in range(256)]
    return {code for report in reports if report for code in report.conditions}


def _real(part: str) -> Iterator[ModuleType]:
    """The modules of its real drivers, and those of ours that these are made of."""
    rows = (row for (kind, name), row in DRIVERS.items() if kind == part and name != "simulated")
    seen: set[str] = set()
    todo = [row.partition(":")[0] for row in rows]
    while todo:
        name = todo.pop()
        if name in seen or any(other in name for other in ELSE):
            continue
        seen.add(name)
        module = import_module(name)
        yield module
        todo += [
            node.module
            for node in ast.walk(_tree(module))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("drivers.") and node.module
        ]


def _codes(module: ModuleType) -> Iterator[str]:
    for node in ast.walk(_tree(module)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if (
                name in TELLERS and len(args) > TELLERS[name]
            ):
                yield from _texts(args[TELLERS[name]], module)
            case ast.Assign(targets=[ast.Name(id="code")], value=value):
                yield from _texts(value, module)
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id="code"), *_])], value=ast.IfExp(body=yes, orelse=no)):
                for side in (yes, no):
                    if isinstance(side, ast.Tuple):
                        yield from _texts(side.elts[0], module)


def _texts(node: ast.expr, module: ModuleType) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=yes, orelse=no):
            yield from _texts(yes, module)
            yield from _texts(no, module)
        case ast.Name(id=name) if isinstance(value := getattr(module, name, None), str):
            yield value


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))
