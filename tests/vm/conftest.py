"""The checks in `guest` are collected in the virtual machine alone: everywhere else there is nothing to check."""

from __future__ import annotations

from tests.vm.guest.where import IN_GUEST

collect_ignore = [] if IN_GUEST else ["guest"]
