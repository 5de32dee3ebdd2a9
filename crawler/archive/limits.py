"""How much anything in an archive may unfold to, stated in advance: absolute, and as a ratio of its packed size."""

from __future__ import annotations

import re
import zlib

from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from crawler.errors import ArchiveError

MAX_HEAD = 1 << 20  # bytes of the head of a record, and of a message: real ones are a thousandth of it
_AHEAD = 1 << 13  # of a head that is looked at as a whole
MAX_FIELDS = 1 << 20  # bytes of a block of `application/warc-fields` that are read, and of a seed
MAX_REPORT = 8 << 20  # bytes of a run's own report
MAX_BLOCK = 1 << 30  # bytes of one record that are ever held in memory
MAX_FREE = 64 << 20  # bytes that anything may unfold to, however small it is packed
MAX_RATIO = 50  # bytes for one packed byte beyond that: pages reach 20, long tables 40, a bomb 1000
MAX_UNPACKED = 1 << 38  # bytes of one file that was packed whole


def most(packed: int, *, absolute: int = MAX_BLOCK) -> int:
    """The bytes that so many packed ones may unfold to."""
    return min(absolute, max(MAX_FREE, packed * MAX_RATIO))


def too_much(limit: int) -> str:
    """What is said where a limit is reached."""
    return f"unfolds to more than {limit:,} bytes ({MAX_FREE >> 20} MiB, or {MAX_RATIO} times what it takes packed)"


def unfolded(member: bytes, name: str) -> bytes:
    """The content of the gzip member that `member` begins with. Raises ArchiveError, naming the limit, or for what is
    no whole member."""
    limit = most(len(member))
    engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = engine.decompress(member, limit + 1)
    except zlib.error as error:
        raise ArchiveError(f"{name}: no whole gzip member: {error}") from error
    if len(plain) > limit:
        raise ArchiveError(f"{name}: {too_much(limit)}")
    if not engine.eof:
        raise ArchiveError(f"{name}: no whole gzip member: it is cut")
    return plain


class BoundedReader(DecompressingBufferedReader):  # type: ignore[misc] # warcio has no types
    """warcio's reader of members, with a limit on the head of a record and on what a member unfolds to.

    Raises ArchiveLoadFailed. Lines without a length are asked for by warcio's readers of heads alone."""

    _head = 0
    _blank = 0
    _packed = 0

    def regular_head(self, form: re.Pattern[bytes]) -> bytes | None:
        """The rest of the head of a record, where all of it is unfolded already and has this form; else None, and
        nothing is taken."""
        if self.empty():
            return None
        begin = self.buff.tell()
        match = form.match(self.buff.read(_AHEAD))
        if match is None or self._head + match.end() > MAX_HEAD:
            self.buff.seek(begin)
            return None
        self.buff.seek(begin + match.end())
        self._head, self._blank = 0, 2
        return match.group()

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(length or MAX_HEAD + 1)
        is_blank = not line.strip()
        self._head = 0 if is_blank else self._head + len(line)
        self._blank = self._blank + len(line) if is_blank else 0
        if self._head + self._blank > MAX_HEAD:
            raise ArchiveLoadFailed(
                f"the head of a record, or what stands before it, is longer than {MAX_HEAD:,} bytes"
            )
        return line

    def _unpacked(self, data: bytes) -> bytes:
        """As the library's own, which prints what is wrong in the middle of a member and takes it for the end."""
        if self.num_block_read == 0:
            return bytes(super()._decompress(data))
        try:
            return bytes(self.decompressor.decompress(data))
        except zlib.error as error:
            raise ArchiveLoadFailed(str(error)) from error

    def _init_decomp(self, decomp_type: str | None) -> None:
        self._packed = 0
        super()._init_decomp(decomp_type)

    def _decompress(self, data: bytes) -> bytes:
        if not self.decompressor or not data:
            return data
        self._packed += len(data)
        plain = self._unpacked(data)
        if self.num_block_read + len(plain) > (limit := most(self._packed, absolute=MAX_BLOCK + MAX_HEAD)):
            raise ArchiveLoadFailed(too_much(limit))
        return plain
