"""Writes what `hallside provision broker` would make for the example hall: `python -m provisioning.examples`.

Certificates are not part of it: a hall makes its own.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from config.load import load_hall
from provisioning.broker import acl, mosquitto_conf

FOLDER: Final = Path(str(files("config"))) / "examples"


def texts() -> dict[str, str]:
    """File name -> what it must hold."""
    hall = load_hall(FOLDER / "hall.toml")
    return {"acl": acl(hall.hall.id), "mosquitto.conf": mosquitto_conf(hall.hall.id, hall.broker.port)}


if __name__ == "__main__":
    for name, text in texts().items():
        (FOLDER / name).write_text(text, "utf-8")
