"""A seed for a site that nobody has described yet: looked at politely, tried on three articles, and written."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.app.new_seed.facts import Facts, Home, default_id, home_of, zone_of
from crawler.app.new_seed.look import Looker, Page, private_host
from crawler.app.new_seed.places import Place, places_of
from crawler.app.new_seed.write import Draft, seed_text
from crawler.crawl.run import run_crawls
from crawler.errors import EnvironmentFault, MinistryNewsError, NotFound, UsageError
from crawler.package.build.build import build
from crawler.package.exports import query
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

Entries = Sequence[Mapping[str, Any]]
_TRIALS = 4  # places that are tried
_ARTICLES = 3  # that a trial asks for


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial of an entry gave."""

    articles: tuple[str, ...]  # a line about each
    missing: tuple[str, ...]  # what none of them had
    languages: tuple[str, ...] = ()
    dated: int = 0  # how many of the articles have a day

    @property
    def works(self) -> bool:
        return bool(self.articles)

    @property
    def is_sure(self) -> bool:
        """Whether these are news, and not a list of services that were taken for articles: most have a day."""
        return self.dated > len(self.articles) / 2 and self.dated > 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """A seed that was written from what a site shows."""

    seed_id: str
    toml: str
    works: bool  # False: no place gave an article that could be read
    missing: tuple[str, ...]  # what a person should add


def new_seed(url: str, seed_id: str | None, *, tell: Callable[[str], None], delay_s: float = 1.0) -> Proposal:
    """The seed for the site at `url`. `tell` hears what is seen, line by line. At most forty pages are looked at, and
    three articles of each place that is tried, `delay_s` apart.

    Raises UsageError for an address that is none, NotFound when the home page cannot be had.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url}: not an address such as https://ministry.example/")
    its = seed_id or default_id(url)
    with tempfile.TemporaryDirectory(prefix="ministry-news-seed-") as scratch:
        looker = Looker(url, Path(scratch), delay_s)
        forms = [url, f"{url.rstrip('/')}/news/news", urljoin(url, "/")]  # some have no page at their own address
        home = next((pages[form] for form in forms if form in (pages := looker.pages([form]))), None)
        seen = looker.read(Home, home, lambda: home_of(home, looker.robots)) if home else None
        if home is None or seen is None:
            told = "; ".join(looker.problems) or "it did not answer with a page"
            raise NotFound(f"{url}: cannot be looked at: {told}")
        return _Proposer(url, its, seen.facts, looker, tell).propose(home, seen.portal)


def file_for(url: str, seed_id: str | None, output: Path | None, folders: Sequence[Path]) -> Path:
    """The file of a new seed: `output`, or <country>/<slug>.toml in the first of `folders`, or in seeds/ of the working
    folder. Raises UsageError for an id that cannot be one, and for a file that exists: nothing is overwritten."""
    its = seed_id or default_id(url)
    country, dot, slug = its.partition(".")
    if not dot or not re.fullmatch(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+", its):
        raise UsageError(f"--id: {its!r} is no id such as xx.rivers")
    target = output or (folders[0] if folders else Path("seeds")) / country / f"{slug}.toml"
    if target.exists():
        raise UsageError(f"{target}: exists; remove it, or name another with --output")
    return target


def write_seed(target: Path, proposal: Proposal) -> None:
    """Writes the file, and the folders on the way. Raises EnvironmentFault."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(proposal.toml, "utf-8")
    except OSError as error:
        raise EnvironmentFault(f"{target}: {error.strerror}") from error


class _Proposer:
    def __init__(self, url: str, seed_id: str, facts: Facts, looker: Looker, tell: Callable[[str], None]) -> None:
        self.url, self.seed_id, self.facts, self.looker, self.tell = url, seed_id, facts, looker, tell
        self.zone = zone_of(url, seed_id.split(".", maxsplit=1)[0])
        self.private = private_host(url)

    def propose(self, home: Page, portal: Mapping[str, str]) -> Proposal:
        self._tell_facts(portal)
        if portal:
            languages = {"oz": "uz-Latn", "uz": "uz-Cyrl", "ru": "ru", "en": "en"}
            self.facts = replace(self.facts, platform="govuz", languages=languages)
            self.zone = self.zone or "Asia/Tashkent"
            tried = self._try("the portal's API", (), portal, 1)
            return self._written((), portal, tried)
        places = places_of(self.looker, home, self.facts)
        for place in places:
            self.tell(f"seen       {place.words}: {place.shown} articles on it")
        for problem in dict.fromkeys(self.looker.problems):
            self.tell(f"not had    {problem}")
        best: tuple[Place, Trial] | None = None
        for number, place in enumerate(places[:_TRIALS], 1):
            tried = self._try(place.words, place.entries, {}, number)
            if tried.works and (best is None or tried.dated > best[1].dated):
                best = place, tried
            if tried.is_sure:
                break
        if best:
            return self._written(best[0].entries, {}, best[1])
        return self._given_up(places)

    def _tell_facts(self, portal: Mapping[str, str]) -> None:
        self.tell(f"title      {self.facts.title}")
        self.tell(f"platform   {'govuz' if portal else self.facts.platform}")
        self.tell(
            f"languages  {', '.join(self.facts.languages)}" + ("" if self.facts.language else " (none is stated)")
        )
        self.tell(f"time zone  {self.zone or 'not known'}")

    def _text(self, entries: Entries, options: Mapping[str, str], crawl: Mapping[str, float]) -> str:
        draft = Draft(self.url, self.seed_id, self.facts, self.zone, entries, options, self.private, crawl)
        return seed_text(draft)

    def _try(self, words: str, entries: Entries, options: Mapping[str, str], number: int) -> Trial:
        """Three articles of a place, crawled and read as any crawl would."""
        text = self._text(entries, options, {"delay_s": self.looker.delay_s})
        try:
            seed = parse_seed(text, seed_id=self.seed_id, path="seeds new")
            workspace = Workspace(self.looker.folder / f"trial-{number}")
            reports = run_crawls([seed], workspace, limit=_ARTICLES)
            build(workspace, seeds={seed.id: seed}, workers=1)
            rows = list(query.rows(workspace, "articles"))
        except MinistryNewsError as error:
            self.tell(f"tried      {words}: {error}")
            return Trial((), ())
        faults = [f"{fault.url}: {fault.reason}: {fault.detail}" for report in reports for fault in report.faults]
        lines = [f"{row['published_date'] or 'no date':<10}  {row['language']}  {row['title']}" for row in rows]
        self.tell(f"tried      {words}: {len(rows)} articles could be read" + (f"; {faults[0]}" if faults else ""))
        for line in lines:
            self.tell(f"           {line}")
        missing = [name for name in ("published_date",) if rows and not any(row[name] for row in rows)]
        dated = sum(bool(row["published_date"]) for row in rows)
        return Trial(tuple(lines), tuple(missing), tuple(dict.fromkeys(row["language"] for row in rows)), dated)

    def _written(self, entries: Entries, options: Mapping[str, str], tried: Trial) -> Proposal:
        known = {tag.split("-")[0] for tag in self.facts.languages.values()}
        more = {tag: tag for tag in tried.languages if tag and tag != "und" and tag.split("-")[0] not in known}
        self.facts = replace(self.facts, languages={**self.facts.languages, **more})
        missing = [] if self.zone else ["timezone: the country of the site is not known"]
        missing += [
            f"{name}: no article that was tried has one; name its place in [selectors]" for name in tried.missing
        ]
        if not self.facts.language and not options:
            missing.append("languages: the home page states none")
        return Proposal(self.seed_id, self._text(entries, options, {}), tried.works, tuple(missing))

    def _given_up(self, places: Sequence[Place]) -> Proposal:
        """The seed with the likeliest place, which a person has to mend, or with none at all."""
        entries = places[0].entries if places else ({"kind": "listing", "url": self.url, "links": "a"},)
        why = "no place gave an article that could be read" if places else "no feed, sitemap or list was found"
        told = f"entries: {why}; name the page that lists the news, and the CSS of its links, or its API"
        return Proposal(self.seed_id, self._text(entries, {}, {}), False, (told,))
