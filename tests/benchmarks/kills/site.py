"""A small site for runs that are killed, with pages of ordinary size and of over 100 KB."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

from crawler.demo import seed_texts, serve
from crawler.demo.content import Story, Text, portal
from crawler.demo.site import DemoServer

LARGE = 12_000  # words of noise: 120 KB in the page, about 75 KB in its record


def noisy(story: Story, words: int) -> Story:
    """The story whose English text has a long paragraph that gzip cannot shrink much: small records never tear."""
    dice = random.Random(story.number)  # noqa: S311 - reproducible
    noise = " ".join("".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(words))

    def longer(texts: dict[str, Text]) -> dict[str, Text]:
        return {c: Text(t.title, (*t.paragraphs, noise)) if c == "en" else t for c, t in texts.items()}

    edits = {age: longer(texts) for age, texts in story.edits.items()}
    return Story(
        story.number, story.published, story.category, longer(story.texts), story.born, edits, story.gone, slides=1
    )


class Requests(list[tuple[float, str, str, dict[str, str]]]):
    """The site's log of requests; calls `then` when the one with the number `at` has come in."""

    def __init__(self) -> None:
        super().__init__()
        self.at, self.then = 0, threading.Event().set
        self._lock = threading.Lock()

    def append(self, request: tuple[float, str, str, dict[str, str]]) -> None:
        with self._lock:
            super().append(request)
            call = self.then if len(self) == self.at else None
        if call:
            call()

    def watch(self, at: int, then: Callable[[], None]) -> None:
        """Forgets what was asked for; `then` is called at the request with this number, and before its answer."""
        with self._lock:
            self.clear()
            self.at, self.then = at, then

    def by_url(self) -> dict[str, int]:
        """How often each address was asked for."""
        counts: dict[str, int] = {}
        for _, method, path, headers in list(self):
            key = f"{method} {path} {headers.get('language', '')}"
            counts[key] = counts.get(key, 0) + 1
        return counts


class Site:
    """The site, its seed, and its log. With `ages` it has something new, changed and withdrawn at age 2."""

    def __init__(self, folder: Path, *, stories: int = 6, large: bool = True, delay_s: float = 0.004) -> None:
        self.delay_s = delay_s
        chosen = _chosen(stories)
        if large:
            chosen = [noisy(s, LARGE) if n % 3 == 0 else s for n, s in enumerate(chosen)]
        self.demo: DemoServer = serve(port=0, stories=chosen)
        self.demo._httpd.handle_error = lambda *_: None  # type: ignore[method-assign]  # who asked may be dead
        self.requests = Requests()
        self.demo.requests = self.requests
        text = seed_texts(self.demo.url)["demo.rivers"].replace("min_articles = 100", "min_articles = 1")
        self.seed = folder / "demo" / "rivers.toml"
        self.seed.parent.mkdir(parents=True, exist_ok=True)
        self.seed.write_text(text.replace("delay_s = 0.004", f"delay_s = {delay_s}"), "utf-8")

    @property
    def seeds(self) -> list[Path]:
        return [self.seed]

    @property
    def age(self) -> int:
        return self.demo.age

    @age.setter
    def age(self, age: int) -> None:
        self.demo.age = age

    def close(self) -> None:
        self.demo.close()


def _chosen(count: int) -> list[Story]:
    """Stories of the portal: one that is edited, one that goes and one that comes at age 2 among them."""
    every = portal()
    first = [s for s in every if 2 in s.edits][:1] + [s for s in every if 2 in s.gone][:1]
    first += [s for s in every if s.born == 2][:1]
    plain = [s for s in every if not s.edits and not s.gone and s.born == 1]
    return (first + plain)[:count]
