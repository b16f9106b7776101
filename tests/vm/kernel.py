"""What the virtual machine boots: Debian's own kernel and modules, gpio-sim built from Debian's own source, an initrd.

Nothing is installed that this machine itself would boot. What was fetched is kept in out/vm, so a second run needs no
network; a newer kernel comes after removing that folder.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
OUT: Final = ROOT / "out/vm"
TREE: Final = OUT / "tree"  # the packages, unpacked
MADE: Final = TREE / "made"  # says that all of it is there
BUSYBOX: Final = Path("/bin/busybox")
EARLY: Final = ("virtio_pci", "9p", "9pnet_virtio", "overlay")  # modules needed before the root is there
Tell = Callable[[str], None]


class NoKernel(Exception):
    """It could not be made; says which command failed, and how."""


@dataclass(frozen=True)
class Kernel:
    """version: what `uname -r` will say. image, initrd: for QEMU. modules: the folder that holds lib/modules."""

    version: str
    image: Path
    initrd: Path
    modules: Path


def kernel(tell: Tell) -> Kernel:
    """Fetched and built the first time (224 MB), found there later; the initrd is made anew."""
    if not MADE.exists():
        shutil.rmtree(TREE, ignore_errors=True)
        version = _newest()
        tell(f"fetching Debian's kernel {version} and its source (about 220 MB, once)")
        _unpack(version)
        tell("building gpio-sim")
        _gpio_sim(version)
        MADE.write_text(version)
    version = MADE.read_text()
    return Kernel(version, TREE / f"boot/vmlinuz-{version}", _initrd(version), TREE)


def _newest() -> str:
    """The kernel that Debian's own package of no version depends on."""
    said = _run("apt-cache", "depends", "linux-image-amd64")
    found = re.search(r"Depends: linux-image-(\d\S*)", said)
    if found is None:
        raise NoKernel("apt knows no linux-image-amd64: sudo apt-get update")
    return found.group(1)


def _unpack(version: str) -> None:
    abi = version.removesuffix("-amd64")
    series = ".".join(version.split(".")[:2])
    debs = OUT / "debs"
    debs.mkdir(parents=True, exist_ok=True)
    names = [f"linux-image-{version}", f"linux-headers-{version}", f"linux-headers-{abi}-common"]
    names += [f"linux-kbuild-{kbuild}" for kbuild in (abi, series) if _known(f"linux-kbuild-{kbuild}")][:1]
    _run("apt-get", "download", "-q", *names, f"linux-source-{series}", folder=debs)
    for deb in debs.glob("*.deb"):
        _run("dpkg-deb", "-x", str(deb), str(TREE))
    shutil.rmtree(debs)
    if not (TREE / "lib").exists():  # since Debian 13 all is below /usr
        (TREE / "lib").symlink_to("usr/lib")


def _known(package: str) -> bool:
    return subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode == 0


def _gpio_sim(version: str) -> None:
    """gpio-sim and the irq_sim below it, which Debian leaves out, as modules beside Debian's own."""
    src = TREE / "usr/src"
    (archive,) = src.glob("linux-source-*.tar.xz")
    source = src / archive.name.removesuffix(".tar.xz")
    wanted = ["drivers/gpio/gpio-sim.c", "drivers/gpio/gpiolib.h", "kernel/irq/irq_sim.c"]
    _run("tar", "-xf", archive.name, *(f"{source.name}/{file}" for file in wanted), folder=src)
    build = OUT / "gpio-sim"
    shutil.rmtree(build, ignore_errors=True)
    build.mkdir()
    for file in wanted:
        shutil.copy(source / file, build)
    irq_sim = (build / "irq_sim.c").read_text()
    # The one line that does not work in a module: irq_to_desc is not exported, generic_handle_irq does the same.
    irq_sim = irq_sim.replace("handle_simple_irq(irq_to_desc(irqnum))", "generic_handle_irq(irqnum)")
    (build / "irq_sim.c").write_text(irq_sim + '\n#include <linux/module.h>\nMODULE_LICENSE("GPL");\n')
    (build / "Kbuild").write_text("obj-m := irq_sim.o gpio-sim.o\n")
    headers = src / f"linux-headers-{version}"
    makefile = headers / "Makefile"  # names where it would be installed
    makefile.write_text(makefile.read_text().replace(" /usr/src/", f" {src}/"))
    _run("make", "-C", str(headers), f"M={build}", "modules")
    updates = TREE / "lib/modules" / version / "updates"
    updates.mkdir()
    for module in build.glob("*.ko"):
        shutil.copy(module, updates)
    _run("depmod", "-b", str(TREE), version)
    shutil.rmtree(src)


def _initrd(version: str) -> Path:
    """Busybox, the modules up to the 9p root, and `init`."""
    folder = OUT / "initrd"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "bin").mkdir(parents=True)
    shutil.copy(BUSYBOX, folder / "bin")
    shutil.copy(ROOT / "tests/vm/init", folder / "init")
    (folder / "init").chmod(0o755)
    said = "".join(_run("modprobe", "-d", str(TREE), "-S", version, "--show-depends", name) for name in EARLY)
    modules = dict.fromkeys(Path(line.split()[1]) for line in said.splitlines() if line.startswith("insmod"))
    for module in modules:
        shutil.copy(module, folder)
    (folder / "modules").write_text("".join(f"{module.name}\n" for module in modules))
    names = "\n".join(str(file.relative_to(folder)) for file in sorted(folder.rglob("*")))
    packed = subprocess.run(
        ["cpio", "-o", "-H", "newc", "-R", "0:0", "--quiet"],
        input=names.encode(),
        cwd=folder,
        capture_output=True,
        check=True,
    )
    initrd = OUT / "initrd.gz"
    initrd.write_bytes(gzip.compress(packed.stdout, 1))
    return initrd


def _run(*command: str, folder: Path | None = None) -> str:
    """What it printed. NoKernel if it failed."""
    # sbin is not on everybody's path, and that is where depmod and modprobe are.
    environment = os.environ | {"LC_ALL": "C", "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoKernel(f"{' '.join(command)}: {done.stderr.strip()[-2000:] or done.stdout.strip()[-2000:]}")
    return done.stdout
