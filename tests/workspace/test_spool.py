"""Values in order, in memory and behind what fits there."""

from __future__ import annotations

import random

import pytest

from crawler.workspace.spool import Spool


def made(most: int) -> Spool[str]:
    return Spool(str.encode, bytes.decode, most=most)


@pytest.mark.parametrize("most", [1, 7, 1000])
@pytest.mark.parametrize("seed", range(3))
def test_what_was_put_comes_back_in_order_whatever_fits_in_memory(most: int, seed: int) -> None:
    dice, known = random.Random(seed), {}  # noqa: S311
    spool = made(most)
    for n in range(60):
        part, key = dice.choice("abc"), f"key {dice.randrange(30)}"
        rank, file = f"{dice.randrange(5)}", dice.choice(["x", "y"])
        value = f"{n} ñ " + "long " * dice.choice([0, 400])
        spool.put(part, rank, key, value, file=file)
        known[part, key] = (rank, file, value)
        assert spool.get(key) in {v for (_, k), (_, _, v) in known.items() if k == key}
    ordered = sorted((rank, key, part, file, value) for (part, key), (rank, file, value) in known.items())
    assert len(spool) == len(known)
    assert list(spool) == [its[4] for its in ordered]
    for part in "abc":
        assert list(spool.of(part)) == [its[4] for its in ordered if its[2] == part]
    for file in "xy":
        assert sorted(spool.of_file(file)) == sorted(its[4] for its in ordered if its[3] == file)
    assert [(part, its) for part, its in spool.grouped()] == [(p, list(spool.of(p))) for p in spool.parts()]
    assert spool.count_parts() == len(spool.parts()) == 3
    assert list(spool.keys()) == sorted({key for _, key in known})
    assert all(spool.has(key, part) for part, key in known)
    assert not spool.has("key 99", "a")
    assert ("key 99" in spool, spool.get("key 99")) == (False, None)
    spool.close()


def test_what_is_large_does_not_wait_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.workspace.spool.LARGEST", 10)
    spool = made(1000)
    spool.put("", "", "1", "a text", size=6)
    assert spool._database is None
    spool.put("", "", "2", "another", size=7)
    assert spool._database is not None
    assert list(spool) == ["a text", "another"]
    spool.close()
