"""`hallside provision device`: one Pi's bundle, sound before it is written, never over somebody's work."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.load import load
from provisioning.broker import acl
from provisioning.ca import make_ca
from provisioning.device import Wish, next_steps, provision_device
from provisioning.examples import FOLDER
from provisioning.files import Refused

HALL = FOLDER / "hall.toml"
KIOSK = ("printer.driver=usblp", "printer.path=/dev/usb/lp0", "screen.driver=pygame", "screen.width_mm=344")
Provision = Callable[..., Path]


@pytest.fixture
def provision(tmp_path: Path) -> Provision:
    """Provision these devices; the bundle's folder."""

    def run(*names: str, **wishes: Any) -> Path:
        wish = Wish(names=names, **({"hall": HALL, "out": tmp_path / "out"} | wishes))
        provision_device(wish)
        return wish.folder

    return run


def bundle(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_kiosks_bundle_holds_config_unit_users_and_the_brokers_rules(provision: Provision) -> None:
    folder = provision("kiosk-2", sets=(*KIOSK, "screen.height_mm=194"))
    assert bundle(folder) == {
        "broker/acl",
        "etc/hallside/hall.toml",
        "etc/hallside/kiosk-2.toml",
        "etc/systemd/system/hallside-kiosk-2.service",
        "etc/sysusers.d/hallside-kiosk-2.conf",
        "etc/tmpfiles.d/hallside.conf",
    }
    station = load(folder / "etc/hallside/kiosk-2.toml", {})
    (kiosk,) = station.devices
    assert (kiosk.name, kiosk.role) == ("kiosk-2", "kiosk")
    assert kiosk.printer is not None
    assert kiosk.printer.driver == "usblp"
    assert kiosk.printer.options()["path"] == "/dev/usb/lp0"
    assert str(station.data) == "/var/lib/hallside/kiosk-2"
    assert (folder / "broker/acl").read_text() == acl("longjiang")


def test_a_desk_is_one_station_with_the_parts_of_the_desk_it_is_like(provision: Provision) -> None:
    folder = provision(
        "window-3", "evaluator-3", station="desk-3", like=FOLDER / "desk-1.toml", sets=("window-3.sign.width_mm=900",)
    )
    station = load(folder / "etc/hallside/desk-3.toml", {})
    like = load(FOLDER / "desk-1.toml", {})
    assert [device.name for device in station.devices] == ["window-3", "evaluator-3"]
    assert station.devices[1].parts() == like.devices[1].parts()
    assert station.devices[0].keypad == like.devices[0].keypad
    assert station.devices[0].sign is not None
    assert station.devices[0].sign.options()["width_mm"] == 900


def test_each_device_gets_an_identity_of_its_own_that_the_hall_believes(provision: Provision, tmp_path: Path) -> None:
    make_ca(tmp_path / "ca", "longjiang")
    wishes = {"station": "desk-3", "like": FOLDER / "desk-1.toml", "ca": tmp_path / "ca"}
    folder = provision("window-3", "evaluator-3", **wishes) / "etc/hallside/tls"
    for name in ("window-3", "evaluator-3"):
        assert (folder / f"{name}.key").stat().st_mode & 0o077 == 0
        said = openssl("verify", "-CAfile", tmp_path / "ca/ca.crt", "-purpose", "sslclient", folder / f"{name}.crt")
        assert said.endswith(": OK")
        subject = openssl("x509", "-in", folder / f"{name}.crt", "-noout", "-subject")
        assert subject.replace(" ", "") == f"subject=CN={name}"  # releases of openssl space it differently
    assert (folder / "window-3.key").read_text() != (folder / "evaluator-3.key").read_text()
    first = (folder / "window-3.key").read_text()
    provision("window-3", "evaluator-3", **wishes)
    assert (folder / "window-3.key").read_text() == first, "writing the config again must not change who a device is"
    assert not (folder / "ca.key").exists()


def openssl(*arguments: object) -> str:
    run = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_what_is_there_is_not_overwritten_unless_forced(provision: Provision) -> None:
    wishes = {"like": FOLDER / "kiosk-2.toml"}
    folder = provision("kiosk-2", **wishes)
    unit = folder / "etc/systemd/system/hallside-kiosk-2.service"
    written = unit.read_text()
    provision("kiosk-2", **wishes)  # the same again is no overwriting
    unit.write_text("# mine\n")
    with pytest.raises(Refused, match=r"not overwritten: .*hallside-kiosk-2.service\. Add --force"):
        provision("kiosk-2", **wishes, sets=("printer.path=/dev/usb/lp1",))
    assert unit.read_text() == "# mine\n"
    assert "lp0" in (folder / "etc/hallside/kiosk-2.toml").read_text(), "refused means: nothing was written"
    provision("kiosk-2", **wishes, force=True)
    assert unit.read_text() == written


@pytest.mark.parametrize(
    ("names", "wishes", "said"),
    [
        (("kiosk-3",), {}, r"knows no device 'kiosk-3'\. Did you mean 'kiosk-"),
        (("kiosk-2",), {}, r"(?s)nothing was written.*device\[0\]\.printer: is missing.*--like STATION\.toml"),
        (
            ("kiosk-2",),
            {"sets": ("printer.drivr=usblp",)},
            r"printer\.driver: is missing\. Did you mean 'driver' by 'drivr'\?",
        ),
        (("kiosk-2",), {"sets": ("printer=usblp",)}, "Write it as SECTION.KEY=VALUE"),
        (("window-3", "evaluator-3"), {"sets": ("sign.width_mm=9",)}, "Write it as DEVICE.SECTION.KEY=VALUE"),
        (("kiosk-2",), {"like": HALL}, r"--like .*hall\.toml: not a station's file"),
        (
            ("kiosk-2",),
            {"like": FOLDER / "kiosk-2.toml", "role": "board"},
            "is a kiosk in the hall's file, a board here",
        ),
        (("kiosk-2",), {"station": "../x"}, "--station '../x': small letters"),
        (("coordinator",), {}, r"Add --staff FILE"),
        (("kiosk-2",), {"like": FOLDER / "kiosk-2.toml", "ca": FOLDER}, "hallside provision ca --out"),
    ],
)
def test_a_wish_that_cannot_work_writes_nothing_and_says_the_mend(
    provision: Provision, tmp_path: Path, names: tuple[str, ...], wishes: dict[str, object], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        provision(*names, **wishes)
    assert not (tmp_path / "out").exists()


def test_the_coordinators_bundle_carries_the_staff_list_for_its_user_alone(provision: Provision) -> None:
    folder = provision("coordinator", staff=FOLDER / "staff.toml")
    assert (folder / "etc/hallside/staff.toml").stat().st_mode & 0o077 == 0
    assert len(load(folder / "etc/hallside/coordinator.toml", {}).staff) == 7
    assert "staff.toml 0640 root hallside" in (folder / "etc/tmpfiles.d/hallside.conf").read_text()


def test_it_says_what_to_do_next_in_order(tmp_path: Path) -> None:
    wish = Wish(names=("kiosk-2",), hall=HALL, out=tmp_path, like=FOLDER / "kiosk-2.toml")
    station, _ = provision_device(wish)
    steps = next_steps(station, wish)
    said = "\n".join(steps)
    words = [
        "provision install",
        "tls/kiosk-2.crt",
        "systemd-sysusers",
        "acl",
        " check ",
        " selftest ",
        "enable --now",
    ]
    assert [said.index(word) for word in words] == sorted(said.index(word) for word in words)
    assert not any("Bring the certificates" in step for step in next_steps(station, with_ca(wish)))


def with_ca(wish: Wish) -> Wish:
    return Wish(names=wish.names, hall=wish.hall, out=wish.out, like=wish.like, ca=wish.out)
