"""`release`: a version that is frozen, cited and deposited."""
