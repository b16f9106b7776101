"""Power cut anywhere: the states in which disks may come back, rebuilt from a trace of the real writer, judged."""
