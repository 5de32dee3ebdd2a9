"""Seeds: where they lie, and how their files are read."""

from __future__ import annotations

from crawler.seeds.catalogue import Catalogue, all_seeds, catalogue, find_seeds, load_seed, seed_id
from crawler.seeds.parse import parse_seed

__all__ = ["Catalogue", "all_seeds", "catalogue", "find_seeds", "load_seed", "parse_seed", "seed_id"]
