"""The archive in ReplayWeb.page, with the scripts of its pages, on an origin that has nothing else."""
