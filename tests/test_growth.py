"""Twice the input costs about twice the time, for every public reader and every shape of hostile input."""

from __future__ import annotations

import time

import pytest

from tests.growth import TABLE, TEXTS, VALUES, Read, Shape

SMALLEST = {"extract": 5_000, "language": 5_000}  # bytes; of the others:
USUAL = 20_000
UNSEEN_S = 0.3  # of processor time: less tells nothing of how it grows
FACTOR = 3.2  # from 2n to 4n: 2 where cost is linear, 4 where it is quadratic

CASES = [(name, read, shapes) for readers, shapes in TABLE for name, read in readers.items()]


def cost_s(read: Read, shape: Shape, size: int) -> float:
    data = shape(size)
    begun = time.process_time()
    read(data)
    return time.process_time() - begun


def grows_badly(read: Read, shape: Shape, size: int) -> tuple[float, ...] | None:
    """The costs at n, 2n and 4n where they grow faster than they may; a second look at them has seen the same."""
    for _ in range(2):
        costs = tuple(cost_s(read, shape, n) for n in (size, 2 * size, 4 * size))
        if costs[2] <= UNSEEN_S or costs[2] <= FACTOR * costs[1]:
            return None
    return costs


@pytest.mark.parametrize(("name", "read", "shapes"), CASES, ids=[f"{n}-{name}" for n, (name, _, _) in enumerate(CASES)])
def test_cost_grows_with_the_input(name: str, read: Read, shapes: dict[str, Shape]) -> None:
    size = SMALLEST.get(name, USUAL)
    bad = {shape: costs for shape, make in shapes.items() if (costs := grows_badly(read, make, size))}
    assert bad == {}


def test_what_grows_with_the_square_is_seen() -> None:
    def squares(data: bytes) -> int:
        return sum(1 for n in range(len(data)) for _ in range(0, len(data), 8) if n)

    assert grows_badly(squares, lambda n: b"x" * n, 4_000) is not None
    assert grows_badly(lambda data: sum(1 for _ in range(len(data) * 50)), lambda n: b"x" * n, 40_000) is None


def test_a_run_of_one_sign_has_no_language_and_costs_nothing() -> None:
    """Of a text only the beginning is read for its language, so that what is cubic shows in short ones only."""
    read = VALUES["language"]
    assert {shape for shape, make in TEXTS.items() if grows_badly(read, make, 500)} == set()
