"""A real kernel without a Pi: the unmodified drivers in a small virtual machine. `make vm`."""
