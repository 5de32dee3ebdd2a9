"""The cookies of one chain of redirects: some sites show a page only to who brings back what the redirect to it set.

No other chain has them and no run keeps them: what a run is shown must not follow from what it asked for before."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

KEY = "chain_cookies"  # under which they stand in a request's meta
_LONGEST = 8 << 10  # bytes of a Cookie field; servers refuse longer ones


class ChainCookies:
    """What the answers of one chain have set. Which of it goes to which address is settled by http.cookiejar."""

    def __init__(self) -> None:
        self._jar = CookieJar()

    def take(self, response: Response, request: Request) -> bool:
        """Takes what an answer sets; whether that is anything new."""
        before = self._held()
        self._jar.extract_cookies(response, request)
        return not self._held() <= before

    def give(self, request: Request) -> None:
        """Puts into a request what belongs to its address; a field that is too long is left out."""
        if not self._held():
            return
        self._jar.add_cookie_header(request)
        if len(request.headers.get("Cookie") or b"") > _LONGEST:
            del request.headers["Cookie"]

    def _held(self) -> set[tuple[str, str, str, str | None]]:
        return {(cookie.domain, cookie.path, cookie.name, cookie.value) for cookie in self._jar}


def cookies_after(response: Response, request: Request) -> tuple[ChainCookies, bool]:
    """(the cookies of the chain that a redirect goes on with, whether it set new ones)."""
    cookies = request.meta.get(KEY) or ChainCookies()
    return cookies, cookies.take(response, request)
