"""The address of a picture as it was put on the site, behind what shows it smaller. Pure."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from lxml import html

from crawler.discovery.base import absolute

# Drupal: /files/styles/NAME/public/PATH?itok=... is made from /files/PATH; since 10.3 also as PATH.webp.
_DRUPAL = re.compile(r"^(.*/files/)styles/[^/]+/(?:public|private)/(.+)$")
_CONVERTED = re.compile(r"(?<=\.jpg|\.png|\.gif|jpeg)\.(?:webp|avif)$", re.IGNORECASE)
# 1C-Bitrix: /upload/resize_cache/FOLDER/WIDTH_HEIGHT_MODE.../NAME is made from /upload/FOLDER/NAME.
_BITRIX = re.compile(r"^(.*/upload/)resize_cache/(.+)/\d+_\d+_\d[^/]*/([^/]+)$")
# WordPress keeps the file that was put there beside NAME-300x200.jpg, and beside NAME-scaled.jpg of large ones.
_WORDPRESS = re.compile(
    r"^(.*/(?:wp-content/)?uploads/(?:.*/)?[^/]+?)-(?:\d{2,4}x\d{2,4}|scaled)(\.(?:jpe?g|png|gif|webp|avif))$", re.I
)
_PHOTON = re.compile(r"^i[0-3]\.wp\.com$")  # WordPress's own resizer: i0.wp.com/HOST/PATH
_SIZES = frozenset("w h width height resize fit crop quality strip ssl zoom".split())
# Nuxt's and Cloudflare's: /_ipx/w_300,f_webp/PATH and /cdn-cgi/image/width=300,fit=cover/PATH, or a whole address.
_IN_PATH = re.compile(r"^.*/(?:_ipx|cdn-cgi/image)/[^/]+/(.+)$")
_SCRIPT = re.compile(r"/(?:timthumb|thumb|phpthumb|resize|image)\.php$", re.I)  # ?src=PATH
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([^,]+))?\s*(?:,|$)")  # of srcset: address, 300w or 2x
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-original-src")
_MOST = 4  # resizers behind each other


def original(url: str) -> str:
    """The address behind resizers, or `url` itself: those of Next.js, Nuxt, Cloudflare, WordPress, Drupal and Bitrix.
    Only what their own rules say, since a guess would be an address that does not exist."""
    for _ in range(_MOST):
        behind = _behind(url)
        if behind == url:
            break
        url = behind
    return url


def _behind(url: str) -> str:
    parts = urlsplit(url)
    if parts.path.endswith("/_next/image"):
        return absolute(url, parse_qs(parts.query).get("url", [""])[0]) or url
    if _SCRIPT.search(parts.path) and (source := parse_qs(parts.query).get("src", [""])[0]):
        return absolute(url, source) or url
    if match := _IN_PATH.match(parts.path):
        inner = re.sub(r"^(https?):/+", r"\1://", match[1])  # servers join the slashes
        return absolute(url, inner if inner.startswith("http") else f"/{inner}") or url
    if _PHOTON.match(parts.hostname or "") and "." in parts.path.split("/")[1]:
        return absolute(url, f"https:/{parts.path}") or url
    if match := _DRUPAL.match(parts.path):
        return parts._replace(path=match[1] + _CONVERTED.sub("", match[2]), query="").geturl()
    if match := _BITRIX.match(parts.path):
        return parts._replace(path=match[1] + match[2] + "/" + match[3]).geturl()
    if "/uploads/" in parts.path and "wp-content" in parts.path:
        kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in _SIZES]
        return parts._replace(path=_WORDPRESS.sub(r"\1\2", parts.path), query=urlencode(kept)).geturl()
    return url


def image_source(img: html.HtmlElement) -> str:
    """The best address that an <img> names: the largest of its srcset, a lazy loader's, its src, or what the <picture>
    around it offers; "" when it has only a placeholder."""
    for name in ("srcset", "data-srcset", "data-lazy-srcset"):
        if best := _largest(img.get(name) or ""):
            return best
    for name in (*_LAZY, "src"):
        value = (img.get(name) or "").strip()
        if value and not value.startswith("data:"):
            return value
    # lxml takes each <source> for a box that holds what follows.
    picture = next((e for e in islice(img.iterancestors(), _MOST) if e.tag == "picture"), None)
    sources = picture.iter("source") if picture is not None else ()
    return next((best for s in sources if (best := _largest(s.get("srcset") or s.get("data-srcset") or ""))), "")


def _largest(srcset: str) -> str:
    """The address of a srcset with the largest width or density, "" of an empty one (HTML, 4.8.4.2.1)."""
    best, size = "", 0.0
    for match in _CANDIDATE.finditer(srcset):
        number = (match[2] or "1x").split()[0][:-1]
        value = float(number) if number.replace(".", "", 1).isdecimal() else 1.0
        if value > size and not match[1].startswith("data:"):
            best, size = match[1], value
    return best
