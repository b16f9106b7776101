#!/bin/sh
# The guest's first process in its real root: what an init does, then the checks, whose results go to ttyS1.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
cd "$HALLSIDE" || busybox poweroff -f
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /dev/shm /lib/modules
mount -t devpts pts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t tmpfs run /run
ln -sfn "$MODULES/lib/modules/$(uname -r)" "/lib/modules/$(uname -r)"
modprobe configfs
mount -t configfs config /sys/kernel/config
busybox ifconfig lo 127.0.0.1 up
echo "booted $(cut -d ' ' -f 1 /proc/uptime)" >/dev/ttyS1
/lib/systemd/systemd-udevd --daemon
# shellcheck disable=SC2046  # one file a word
"$PYTHON" -B -m pytest -q -p no:cacheprovider -p no:hypothesispytest -o timeout=120 $(echo "$CHECKS" | tr , ' ')
echo "exit $?" >/dev/ttyS1
busybox poweroff -f
