"""Small real files: pictures and documents, computed from a name, always the same bytes for it."""

from __future__ import annotations

import hashlib
import math
import struct
import uuid
import zlib
from functools import lru_cache

WIDTH, HEIGHT = 240, 135
_SPACE = uuid.UUID("6f1b1d8e-5a53-4a6e-9a40-0d5d7c1f2b11")


def guid(name: str) -> str:
    """A UUID that stands for `name` (RFC 9562, version 5)."""
    return str(uuid.uuid5(_SPACE, name))


@lru_cache(maxsize=256)
def png(name: str) -> bytes:
    """A picture of hills, a river and trees, drawn from the hash of `name` (PNG, 8-bit palette)."""
    dice = hashlib.sha256(name.encode()).digest()
    palette = _palette(dice[0])
    rows = b"".join(b"\0" + bytes(_pixel(2 * x, 2 * y, dice) for x in range(WIDTH)) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _palette(tone: int) -> bytes:
    sky = [(150 + tone // 8 + i, 190 + i // 2, 215 + i // 4) for i in range(0, 64, 8)]
    land = [(120, 140, 110), (85, 120, 80), (60 + tone // 6, 130, 60), (70, 130, 180), (40, 85, 45), (200, 90, 60)]
    return bytes(min(value, 255) for colour in [*sky, *land] for value in colour)


def _pixel(x: int, y: int, dice: bytes) -> int:
    far = 110 + 22 * math.sin(x / (40 + dice[1] / 8) + dice[2])
    near = 160 + 14 * math.sin(x / (60 + dice[3] / 6) + dice[4])
    river = 215 + 18 * math.sin(x / (70 + dice[5] / 5) + dice[6])
    step = 60 + dice[7] % 30
    tree_x, tree_y = (x + dice[8]) % step - step // 2, y - near - 8
    if tree_x * tree_x + tree_y * tree_y < 90:
        return 13 if (x * 7 + y * 13 + dice[9]) % 29 == 0 else 12
    if abs(y - river) < 10 + x / 60:
        return 11
    if y > near:
        return 10
    if y > far:
        return 9 if y > (far + near) / 2 else 8
    return min(7, int(y / 20))


@lru_cache(maxsize=64)
def pdf(title: str, lines: tuple[str, ...]) -> bytes:
    """A document of one page (PDF 1.4, Helvetica). Only ASCII is shown; other letters become question marks."""
    shown = [f"({_pdf_text(line)}) Tj T*" for line in lines]
    stream = "\n".join(["BT /F1 16 Tf 60 770 Td 22 TL", f"({_pdf_text(title)}) Tj T*", "/F1 11 Tf", *shown, "ET"])
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Font << /F1 5 0 R >> >>",
    ]
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{out.index('xref')}\n%%EOF\n"
    return out.encode("ascii")


def _pdf_text(text: str) -> str:
    plain = text.encode("ascii", "replace").decode()
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
