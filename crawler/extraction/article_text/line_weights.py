"""The weights by which `likely_text` knows a sentence of the text: for each sign, one for each bin of its values."""

from __future__ import annotations

# Fitted by `tests/benchmarks/fit_labels.py --write` (logistic regression), which also tells what the same fit does on
# sites that it was not given.
BIAS = 0.91
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
    "size": (-0.12, -0.66, 0.79, 0.45, -0.46),
    "links": (0.70, -0.36, -0.27, -0.08),
    "ends": (-0.22, 0.22),
    "listed": (-0.71, 0.71),
    "between": (-1.48, 1.48),
    "distance": (-0.04, -0.26, 0.18, -0.34, 0.26, 0.48, -0.07, 0.83, -1.03),
    "beside": (-0.23, 0.19, -0.86, 1.83, 0.32, -1.45, 0.21),
    "same home": (-0.54, -0.76, -0.30, 1.01, 0.19, 0.22, 0.18),
    "same kind": (-0.56, -1.49, 2.50, -1.85, 0.20, 0.16, 1.04),
    "same box": (-2.24, -0.15, -2.97, 1.26, 2.63, 0.00, 1.48),
    "same part": (0.78, -0.78, -1.06, 0.98, -0.10, 0.08, 0.11),
    "links at home": (0.16, 0.38, 0.47, 0.09, -0.60, -0.49),
    "home": (-0.81, 0.01, -0.52, 0.03, 0.46, 0.38, 0.46),
    "steps": (-0.19, 0.72, -0.28, 1.03, 0.39, -1.42, -0.26),
    "found": (0.50, 3.11, -0.11, -2.38, -0.84, -0.16, -0.13),
}
