"""The address of a picture as it was put on the site, behind what shows it smaller. Pure."""

from __future__ import annotations

import re
from base64 import b64decode
from itertools import islice
from urllib.parse import SplitResult, parse_qs, parse_qsl, unquote, urlencode, urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.subresources.srcset import candidates

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
# imgproxy: /SIGNATURE/OPTIONS.../plain/ADDRESS@EXTENSION, or the address in base64url, cut by slashes.
_IMGPROXY = re.compile(
    r"^/(?:[\w-]{20,}|insecure|unsafe|_)/(?:[a-z_]+:[^/]*/)++(?:plain/(.+?)(?:@\w+)?|([\w/-]+=*)(?:\.\w+)?)$"
)
# Thumbor: /unsafe or a signature, then what it does, then the address.
_THUMBOR = re.compile(
    r"^/(?:unsafe|[\w-]{27}=)/(?:trim/|meta/|(?:adaptive-|full-)?fit-in/|\d+x\d+:\d+x\d+/|-?\d*x-?\d*/|left/|right/|"
    r"center/|top/|middle/|bottom/|smart/|filters:[^/]*/)++(.+)$"
)
# Cloudinary: /CLOUD/image/upload/w_400,c_fill/v1/NAME is made from /CLOUD/image/upload/v1/NAME; "fetch" names another.
_CLOUDINARY = re.compile(
    r"^(.*/image/(upload|fetch|private|authenticated)/)((?:[a-z]{1,3}_[^,/]+(?:,[a-z]{1,3}_[^,/]+)*/)++)(.+)$"
)
_WSRV = frozenset(("wsrv.nl", "images.weserv.nl"))  # ?url=HOST/PATH
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-original-src")
_MOST = 4  # resizers behind each other


def original(url: str) -> str:
    """The address behind resizers, or `url` itself: those of Next.js, Nuxt, Cloudflare, WordPress, Drupal, Bitrix,
    Cloudinary, imgproxy, Thumbor and wsrv.
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
    if inner := _inside(parts):
        return absolute(url, inner if "://" in inner else f"https://{inner}") or url
    if (match := _CLOUDINARY.match(parts.path)) and match[2] != "fetch":
        return parts._replace(path=match[1] + match[4]).geturl()
    if _PHOTON.match(parts.hostname or "") and "." in parts.path.partition("/")[2].partition("/")[0]:
        return absolute(url, f"https:/{parts.path}") or url
    if match := _DRUPAL.match(parts.path):
        return parts._replace(path=match[1] + _CONVERTED.sub("", match[2]), query="").geturl()
    if match := _BITRIX.match(parts.path):
        return parts._replace(path=match[1] + match[2] + "/" + match[3]).geturl()
    if "/uploads/" in parts.path and "wp-content" in parts.path:
        kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in _SIZES]
        return parts._replace(path=_WORDPRESS.sub(r"\1\2", parts.path), query=urlencode(kept)).geturl()
    return url


def _inside(parts: SplitResult) -> str:
    """The whole address that the address of a resizer holds, "" where it holds none."""
    if parts.hostname in _WSRV:
        return parse_qs(parts.query).get("url", [""])[0]
    if match := _IMGPROXY.match(parts.path):
        found = unquote(match[1]) if match[1] else _decoded(match[2].replace("/", ""))
        return found if found.startswith(("http://", "https://")) else ""
    if (match := _CLOUDINARY.match(parts.path)) and match[2] == "fetch":
        return unquote(match[4]) if match[4].startswith("http") else ""
    match = _THUMBOR.match(parts.path)
    found = re.sub(r"^(https?):/+", r"\1://", unquote(match[1])) if match else ""
    return found if "." in found.partition("://")[2].partition("/")[0] or "." in found.partition("/")[0] else ""


def _decoded(text: str) -> str:
    try:
        return b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
    except ValueError:
        return ""


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
    """The address of a srcset with the largest width or density, "" of an empty one."""
    found = [one for one in candidates(srcset) if not one.url.startswith("data:")]
    return max(found, key=lambda one: one.size).url if found else ""
