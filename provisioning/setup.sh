#!/bin/sh
# Prepare this machine for `make run` (venv) or `make test` (tests). Does nothing, quickly, when all is there.
# Everything is installed from requirements*.lock by exact version and hash; Debian packages only as root, otherwise
# the one command to run is said. Nothing outside .venv is touched except through apt.
set -eu
cd "$(dirname "$0")/.."
VENV=.venv

say() { printf 'hallside: %s\n' "$*" >&2; }

# need_debs PACKAGE...: install what is missing when root, else say the one command and stop.
need_debs() {
    missing=""
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        say "please run this once, then try again:  sudo apt-get install -y$missing"
        exit 1
    fi
    say "installing Debian packages:$missing"
    # shellcheck disable=SC2086  # a list of package names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null 2>&1 || {
        apt-get update -q >/dev/null
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null
    }
}

python_of_this_machine() {
    for python in python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    say "Python 3.11 or newer is needed:  sudo apt-get install -y python3"
    exit 1
}

# fill LOCK: the environment holds exactly what the lock file says, and hallside itself as it stands in this folder.
fill() {
    stamp="$VENV/.filled-$(sha256sum "$1" pyproject.toml | sha256sum | cut -c1-16)"
    [ ! -e "$stamp" ] || return 0
    if [ ! -x "$VENV/bin/python" ] || ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
        python=$(python_of_this_machine)
        "$python" -c 'import ensurepip, venv' 2>/dev/null || need_debs python3-venv
        say "making $VENV with $("$python" --version)"
        rm -rf "$VENV"
        "$python" -m venv "$VENV"
    fi
    say "installing from $1; the first time it is downloaded, afterwards it works offline ..."
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$1"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    # A hall is eight processes that start at once: let none of them compile what all of them need.
    "$VENV/bin/python" -m compileall -q device drivers screens config provisioning
    rm -f "$VENV"/.filled-*
    : >"$stamp"
}

case "${1:-}" in
venv)
    # An environment made for the tests holds everything that running needs.
    if ls "$VENV"/.filled-* >/dev/null 2>&1 && [ -e "$VENV/.for-tests" ]; then fill requirements-dev.lock; else fill requirements.lock; fi
    ;;
tests)
    # mosquitto: the broker of a real hall; strace: proves the journal's fsync; espeak-ng: the voice; zbar reads QR
    # codes, tesseract what boards and signs say; systemd-analyze scores the units; openssl makes and reads
    # certificates; libfaketime sets a process's clock; the fonts have Uyghur, Tibetan, Mongolian, rare hanzi, emoji.
    need_debs mosquitto strace espeak-ng zbar-tools tesseract-ocr tesseract-ocr-chi-sim systemd openssl libfaketime \
        fonts-ukij-uyghur fonts-noto-core fonts-babelstone-han fonts-symbola
    fill requirements-dev.lock
    : >"$VENV/.for-tests"
    "$VENV/bin/python" -m tests.tools.asyncapi.setup
    ;;
vm)
    # What `make vm` boots and builds with; the kernel itself is fetched and unpacked there, not installed. udev names
    # devices as on a Pi, alsa-utils records what was played, busybox and kmod start the machine.
    [ "$(uname -m)" = x86_64 ] || { say "make vm needs Debian on an amd64 machine"; exit 1; }
    need_debs qemu-system-x86 busybox-static kmod udev cpio gcc make xz-utils alsa-utils espeak-ng
    fill requirements-dev.lock
    : >"$VENV/.for-tests"
    ;;
*)
    say "use: sh provisioning/setup.sh venv | tests | vm"
    exit 2
    ;;
esac
