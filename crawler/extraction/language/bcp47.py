"""Language tags (RFC 5646) compared: whether a text can be in the language that somebody claims."""

from __future__ import annotations

# One code for codes that mean one language, are its old names, or are told apart by no n-grams: Norwegian by its two
# written forms, what grew out of Serbo-Croatian, Malay and Indonesian, the kinds of Chinese and Persian.
_SAME = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "cmn": "zh", "yue": "zh", "prs": "fa",
    "hr": "sr", "bs": "sr", "sh": "sr", "cnr": "sr", "ms": "id", "zsm": "id", "azj": "az", "uzn": "uz", "khk": "mn",
    "ekk": "et", "lvs": "lv", "pes": "fa", "arb": "ar", "swh": "sw", "fil": "tl",
}  # fmt: skip

_UNTOLD = {"zh": "hans"}  # the script of a text whose tag has none, where another script is as usual


def may_be(claimed: str, language: str) -> bool:
    """Whether a text in `language` can be what the tag `claimed` says: the same language, and no other script."""
    stated, own = (tag.lower().replace("_", "-").split("-") for tag in (claimed, language))
    scripts = {_script(stated), _script(own) or _UNTOLD.get(own[0])} - {None}
    return _SAME.get(stated[0], stated[0]) == _SAME.get(own[0], own[0]) and len(scripts) < 2


def _script(tag: list[str]) -> str | None:
    return next((part for part in tag[1:] if len(part) == 4 and part.isalpha()), None)
