"""A bundle put on its machine: everything in force at once, and nothing that was there lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from config.errors import ConfigErrors
from config.load import load
from provisioning.ca import make_ca
from provisioning.device import Wish, provision_device
from provisioning.examples import FOLDER
from provisioning.files import Refused
from provisioning.install import install

CONFIG = "etc/hallside/kiosk-2.toml"
UNIT = "etc/systemd/system/hallside-kiosk-2.service"
KEY = "etc/hallside/tls/kiosk-2.key"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A kiosk's, with an identity."""
    make_ca(tmp_path / "ca", "longjiang")
    return made(tmp_path, ca=tmp_path / "ca")


def made(tmp_path: Path, *sets: str, ca: Path | None = None) -> Path:
    """The bundle below tmp_path/out, as `hallside provision device` writes it."""
    like, hall = FOLDER / "kiosk-2.toml", FOLDER / "hall.toml"
    wish = Wish(names=("kiosk-2",), hall=hall, out=tmp_path / "out", like=like, sets=sets, ca=ca, force=ca is None)
    provision_device(wish)
    return wish.folder


def test_a_bundle_is_in_force_under_the_names_that_the_machine_reads(bundle: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    slot, changed = install(bundle, root)
    assert changed
    assert load(root / CONFIG, {}).hash == load(bundle / CONFIG, {}).hash
    for path in (CONFIG, UNIT, KEY, "etc/sysusers.d/hallside-kiosk-2.conf", "etc/tmpfiles.d/hallside.conf"):
        assert (root / path).read_text() == (bundle / path).read_text()
        assert not (root / path).readlink().is_absolute(), "it also holds on a card that is looked at elsewhere"
    assert (root / KEY).stat().st_mode & 0o077 == 0
    assert not (root / "broker").exists(), "what is the broker's business stays in the bundle"
    assert install(bundle, root) == (slot, False)


def test_a_newer_bundle_takes_the_place_of_the_whole_older_one_and_going_back_brings_all_of_it_again(
    bundle: Path, tmp_path: Path
) -> None:
    root = tmp_path / "root"
    slot, _ = install(bundle, root)
    old = {path: (root / path).read_text() for path in (CONFIG, UNIT, KEY)}
    newer = made(tmp_path, "scanner.driver=serial", "scanner.port=/dev/ttyACM0")
    assert install(newer, root) == (slot, True)
    assert "ttyACM0" in (root / CONFIG).read_text()
    assert (root / UNIT).read_text() != old[UNIT]
    assert (root / KEY).read_text() == old[KEY]
    slot.back()
    assert {path: (root / path).read_text() for path in old} == old


def test_a_newer_bundle_without_the_keys_leaves_the_keys(bundle: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    install(bundle, root)
    key = (root / KEY).read_text()
    shutil.rmtree(bundle / "etc/hallside/tls")
    (bundle / UNIT).write_text("changed")
    install(bundle, root)
    assert (root / KEY).read_text() == key


def test_files_that_were_copied_there_by_hand_are_taken_over(bundle: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(bundle / "etc", root / "etc")
    install(made(tmp_path, "scanner.driver=serial", "scanner.port=/dev/ttyACM0"), root)
    assert (root / CONFIG).is_symlink()
    assert load(root / CONFIG, {}).devices[0].scanner


def test_two_stations_of_one_machine_keep_to_themselves(bundle: Path, tmp_path: Path) -> None:
    root, wish = (
        tmp_path / "root",
        Wish(("kiosk-1",), FOLDER / "hall.toml", tmp_path / "out", like=FOLDER / "kiosk-2.toml"),
    )
    provision_device(wish)
    install(bundle, root)
    install(wish.folder, root)
    for name in ("kiosk-1", "kiosk-2"):
        assert load(root / f"etc/hallside/{name}.toml", {}).devices[0].name == name


def test_what_is_not_sound_is_not_put_in_force(bundle: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    (bundle / CONFIG).write_text("hall = 7\n")
    with pytest.raises(ConfigErrors):
        install(bundle, root)
    (bundle / CONFIG).unlink()
    with pytest.raises(Refused, match="is no bundle of one station"):
        install(bundle, root)
    assert not root.exists()


def test_systemd_enables_a_unit_that_is_such_a_link(bundle: Path, tmp_path: Path) -> None:
    program = shutil.which("systemctl")
    if program is None:
        pytest.skip("systemctl is not on this machine")
    root = tmp_path / "root"
    install(bundle, root)
    subprocess.run([program, f"--root={root}", "enable", "hallside-kiosk-2"], check=True, capture_output=True)
    wanted = root / "etc/systemd/system/multi-user.target.wants/hallside-kiosk-2.service"
    assert wanted.is_symlink()
