"""What is checked inside the virtual machine; collected nowhere else."""
