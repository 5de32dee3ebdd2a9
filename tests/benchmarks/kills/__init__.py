"""Kills, full disks and clocks that jump, over the whole main job: what the harnesses in the folder above share."""
