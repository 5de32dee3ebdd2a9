"""Numbers in Chinese figures, as days of East Asia have them."""

from __future__ import annotations

_HAN = {"〇": 0, "零": 0, "○": 0, **{digit: value for value, digit in enumerate("一二三四五六七八九", 1)}}


def han_number(figures: str) -> int:
    """The number of figures or Chinese numerals: 十八, 一百一十五, 二〇二六; 元 is the first year of an era."""
    if figures.isdecimal():
        return int(figures)
    if figures == "元":
        return 1
    if not any(sign in figures for sign in "十百"):
        return int("".join(str(_HAN[sign]) for sign in figures))
    total, digit = 0, 0
    for sign in figures:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _HAN[sign]
    return total + digit
