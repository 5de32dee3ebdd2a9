"""The weights by which `likely_text` knows a sentence of the text: for each sign, one for each bin of its values."""

from __future__ import annotations

# Fitted by `tests/benchmarks/fit_labels.py --write` (logistic regression), which also tells what the same fit does on
# sites that it was not given.
BIAS = 0.49
CERTAIN = 0.8  # of the sum: a foreign line in a text costs more than a lost one
EDGES: dict[str, tuple[float, ...]] = {
    "size": (60, 120, 250, 500),
    "links": (0.001, 0.1, 0.3),
    "ends": (0.5,),
    "listed": (0.5,),
    "between": (0.5,),
    "distance": (1, 2, 3, 5, 8, 15, 30, 100),
    "beside": (0.01, 0.1, 0.25, 0.5, 0.75, 0.9),
    "same home": (-0.5, 0.01, 0.25, 0.5, 0.75, 0.95),
    "same kind": (-0.5, 0.01, 0.25, 0.5, 0.75, 0.95),
    "same box": (-0.5, 0.01, 0.25, 0.5, 0.75, 0.95),
    "same part": (-0.5, 0.01, 0.25, 0.5, 0.75, 0.95),
    "links at home": (0.01, 0.05, 0.1, 0.2, 0.4),
    "home": (0.02, 0.05, 0.15, 0.3, 0.6, 0.9),
    "steps": (0, 1, 2, 3, 4, 6),
    "found": (0.2, 0.35, 0.5, 0.65, 0.8, 0.95),
}
WEIGHTS: dict[str, tuple[float, ...]] = {
    "size": (-0.24, -0.83, 0.32, 0.34, 0.41),
    "links": (0.63, -0.02, -0.21, -0.41),
    "ends": (-0.34, 0.34),
    "listed": (-0.54, 0.54),
    "between": (-1.06, 1.06),
    "distance": (0.29, -0.03, 0.13, 0.17, -0.10, 0.50, -0.08, 0.87, -1.76),
    "beside": (-0.20, 0.10, 0.19, 1.16, -0.59, -1.23, 0.57),
    "same home": (-0.42, -0.62, -0.17, 0.80, 0.06, 0.49, -0.13),
    "same kind": (-0.30, -0.49, 3.23, -2.56, -0.34, 0.53, -0.07),
    "same box": (-1.95, -0.23, -3.10, 0.39, 3.47, 0.40, 1.02),
    "same part": (0.39, -0.34, -0.78, 0.66, -0.31, -0.05, 0.43),
    "links at home": (0.09, 0.01, 0.45, 0.36, -0.41, -0.50),
    "home": (-0.27, -0.25, -0.45, -0.07, -0.16, 0.20, 1.00),
    "steps": (1.34, 0.80, -0.93, 0.18, -0.08, -1.00, -0.32),
    "found": (-0.35, 1.50, -0.39, -0.04, 0.30, -0.71, -0.31),
}
