"""What the hall's Mosquitto needs: its config, the access list that the contract prescribes, its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from config.load import load_hall
from device.contract.channels import acl_lines
from provisioning.ca import issue
from provisioning.files import File, write, write_all
from provisioning.revoke import crl, revoke

FOLDER: Final = "etc/mosquitto/hallside"


def acl(hall: str) -> str:
    """Mosquitto's access list for this hall; new devices need no new line, their certificate's name is their place."""
    head = f"# Who may say and hear what in hall {hall}. Generated from the contract; %u is the certificate's name."
    return "\n".join([head, *acl_lines(hall), ""])


def mosquitto_conf(hall: str, port: int, folder: str = f"/{FOLDER}", state: str = "/var/lib/mosquitto") -> str:
    """The broker's whole config. folder: where certificates and access list lie; state: what outlives its process."""
    template = files("provisioning").joinpath("templates/mosquitto.conf").read_text("utf-8")
    return template.format(hall=hall, port=port, tls=f"{folder}/tls", acl=f"{folder}/acl", state=state)


def broker_files(hall_file: Path, ca: Path) -> dict[str, File]:
    """Everything for the broker's machine, by its path from the root; the certificate is new each time.

    Raises Refused (no authority there), ConfigErrors (the hall's file).
    """
    hall = load_hall(hall_file)
    broker = issue(ca, "broker", "serverAuth", hall.broker.host)
    return {
        "etc/mosquitto/mosquitto.conf": File(mosquitto_conf(hall.hall.id, hall.broker.port)),
        f"{FOLDER}/acl": File(acl(hall.hall.id)),
        f"{FOLDER}/tls/ca.crt": File((ca / "ca.crt").read_text()),
        f"{FOLDER}/tls/ca.crl": File(crl(ca)),
        f"{FOLDER}/tls/broker.crt": File(broker.cert),
        f"{FOLDER}/tls/broker.key": File(broker.key, secret=True),
    }


def provision_broker(hall_file: Path, ca: Path, out: Path, *, force: bool) -> list[Path]:
    """Write them below `out`; returns what changed."""
    return write_all(out, broker_files(hall_file, ca), force=force)


def revoke_devices(ca: Path, names: Sequence[str], out: Path) -> Path:
    """Believe these devices' certificates no more: the broker's new list, below `out`. Refused."""
    revoke(ca, names)
    path = out / FOLDER / "tls" / "ca.crl"
    write(path, File(crl(ca)))
    return path
