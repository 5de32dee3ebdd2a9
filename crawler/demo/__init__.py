"""A small made-up ministry, served on loopback in the shape of the real portal: what the main job runs on by default."""
