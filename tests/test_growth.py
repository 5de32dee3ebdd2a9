"""Twice the input costs about twice the time, for every public reader and every shape of hostile input."""

from __future__ import annotations

import time

import pytest

from tests.growth import TABLE, TEXTS, VALUES, Read, Shape

SMALLEST = {"extract": 5_000, "language": 5_000}  # bytes; of the others:
USUAL = 20_000
UNSEEN_S = 0.3  # of processor time: less tells nothing of how it grows
TIMES = 4  # the larger input, to the smaller
FACTOR = 8  # of their costs: 4 where cost is linear, 16 where it is quadratic; a slow moment makes neither of the other
LOOKS = 4  # the least of so many costs is the input's own

CASES = [(name, read, shapes) for readers, shapes in TABLE for name, read in readers.items()]


def cost_s(read: Read, data: bytes) -> float:
    begun = time.process_time()
    read(data)
    return time.process_time() - begun


def grows_badly(read: Read, shape: Shape, size: int) -> tuple[float, float] | None:
    """The costs at n and 4n, in CPU seconds, where each look says that they grow faster than they may; else None."""
    small, large = shape(size), shape(TIMES * size)
    costs = [cost_s(read, large)]
    if costs[0] <= UNSEEN_S:
        return None
    least = cost_s(read, small)
    for _ in range(LOOKS - 1):
        if min(costs) <= FACTOR * least:
            return None
        costs.append(cost_s(read, large))
        least = min(least, cost_s(read, small))
    return None if min(costs) <= FACTOR * least else (least, min(costs))


@pytest.mark.parametrize(("name", "read", "shapes"), CASES, ids=[f"{n}-{name}" for n, (name, _, _) in enumerate(CASES)])
def test_cost_grows_with_the_input(name: str, read: Read, shapes: dict[str, Shape]) -> None:
    size = SMALLEST.get(name, USUAL)
    bad = {shape: costs for shape, make in shapes.items() if (costs := grows_badly(read, make, size))}
    assert bad == {}


def test_what_grows_with_the_square_is_seen() -> None:
    def squares(data: bytes) -> int:
        return sum(1 for n in range(len(data)) for _ in range(0, len(data), 8) if n)

    assert grows_badly(squares, lambda n: b"x" * n, 2_000) is not None
    assert grows_badly(lambda data: sum(1 for _ in range(len(data) * 50)), lambda n: b"x" * n, 40_000) is None


def test_a_run_of_one_sign_has_no_language_and_costs_nothing() -> None:
    """Of a text only the beginning is read for its language, so that what is cubic shows in short ones only."""
    read = VALUES["language"]
    assert {shape for shape, make in TEXTS.items() if grows_badly(read, make, 500)} == set()
