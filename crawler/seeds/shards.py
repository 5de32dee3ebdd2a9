"""Which sources are whose, where several machines share the work of a crawl."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.errors import UsageError
from crawler.model import Seed

_FORM = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")  # 3/16


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` of `count`, which begin with 1."""

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """The shard that "3/16" names. Raises UsageError for another form, and for one that there is not."""
        match = _FORM.fullmatch(text)
        if not match or not 1 <= int(match[1]) <= int(match[2]):
            raise UsageError(f"--shard {text}: is no part of a whole, as 3/16 is")
        return cls(int(match[1]), int(match[2]))

    def has(self, seed: Seed) -> bool:
        """Whether a source belongs to this shard: by the host of its homepage, so that no two machines ask one host."""
        return shard_of(urlsplit(seed.homepage).hostname or "", self.count) == self.number

    def of(self, seeds: Iterable[Seed]) -> list[Seed]:
        """Those of `seeds` that belong to it. Raises UsageError when none does."""
        every = list(seeds)
        if not (mine := [seed for seed in every if self.has(seed)]):
            raise UsageError(f"--shard {self.number}/{self.count}: none of {len(every)} sources belongs to it")
        return mine


def shard_of(host: str, count: int) -> int:
    """The number, 1 to `count`, of the shard of a host: the first 8 bytes of the SHA-256 of its name in lower case, a
    number in network order, modulo `count`, plus 1. It depends on nothing else, today and in ten years."""
    digest = hashlib.sha256(host.lower().encode()).digest()
    return int.from_bytes(digest[:8], "big") % count + 1
