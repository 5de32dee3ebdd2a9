"""How the sources stand, for Prometheus: the text format 0.0.4 that its server and the textfile collector read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client.core import CollectorRegistry, GaugeMetricFamily, InfoMetricFamily, Metric, StateSetMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from crawler.app.status.source_status import states_of
from crawler.errors import PackageInvalid
from crawler.package.exports.health import Health, SourceHealth
from crawler.package.tables import cell_format
from crawler.package.tables.tables import table

Count = Callable[[SourceHealth], int]

_TIMES = {
    "last_seen": "The end of the last run in which the source could be reached.",
    "last_complete": "The end of the last complete run.",
    "last_run": "The end of the last run.",
    "last_new": "The end of the last run with a new article.",
    "late_since": "When a late source should have been seen.",
    "failing_since": "The start of the first of the runs that fail without a good one in between.",
    "held_since": "The end of the first run that a gate refused.",
}


def prometheus(health: Health) -> str:
    """The metrics, all gauges, in a fixed order. Times are seconds since 1970 (UTC); one that there is not is left out.
    State and outcome are sets: each possible value is 0 or 1."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Metrics(health))
    return generate_latest(registry).decode()


class _Metrics(Collector):
    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        health = self._health
        head = {"version": health.version, "created": health.created}
        yield InfoMetricFamily("ministry_news_package", "The published version.", value=head)
        yield _seconds("ministry_news_status", "When this was told.", health.now)
        if health.created:
            yield _seconds("ministry_news_package_last_capture", "The last capture that is published.", health.created)
        pending = GaugeMetricFamily("ministry_news_pending_files", "WARC files that wait for a build.")
        pending.add_metric([], len(health.pending))
        refused = GaugeMetricFamily("ministry_news_refused_verdicts", "What gates refused in the last build.")
        refused.add_metric([], len(health.refused.verdicts) if health.refused else 0)
        yield from (pending, refused)
        yield from self._of_sources()

    def _of_sources(self) -> Iterator[Metric]:
        sources = self._health.sources
        states = StateSetMetricFamily("ministry_news_source_state", "What a source is now.", labels=["source"])
        outcomes = StateSetMetricFamily("ministry_news_source_last_outcome", "Its last run.", labels=["source"])
        articles = GaugeMetricFamily("ministry_news_source_articles", "Articles.", labels=["source", "status"])
        for source in sources:
            states.add_metric([source.source_id], states_of(self._health, source))
            outcomes.add_metric([source.source_id], {name: source.last_outcome == name for name in _outcomes()})
            articles.add_metric([source.source_id, "live"], source.live)
            articles.add_metric([source.source_id, "withdrawn"], source.withdrawn)
        yield from (states, outcomes, articles)
        yield _counts("failing_runs", "Failing runs without a good one in between.", sources, lambda s: s.failing_runs)
        yield _counts("pending_files", "Its WARC files that wait for a build.", sources, lambda s: s.pending)
        yield _counts("unmet_expectations", "What is not as [expect] says.", sources, lambda s: len(s.unmet))
        yield _counts(
            "absent_articles", "Articles that wait for proof.", sources, lambda s: s.absent.count if s.absent else 0
        )
        for name, words in _TIMES.items():
            its = GaugeMetricFamily(f"ministry_news_source_{name}_timestamp_seconds", words, labels=["source"])
            for source in sources:
                if moment := getattr(source, name):
                    its.add_metric([source.source_id], cell_format.parse_utc(moment).timestamp())
            yield its


def _counts(name: str, words: str, sources: tuple[SourceHealth, ...], count: Count) -> Metric:
    its = GaugeMetricFamily(f"ministry_news_source_{name}", words, labels=["source"])
    for source in sources:
        its.add_metric([source.source_id], count(source))
    return its


def _seconds(name: str, words: str, moment: str) -> Metric:
    its = GaugeMetricFamily(f"{name}_timestamp_seconds", words)
    try:
        its.add_metric([], cell_format.parse_utc(moment).timestamp())
    except (ValueError, OverflowError) as error:
        raise PackageInvalid(f"datapackage.json: created: {error}") from error
    return its


def _outcomes() -> list[str]:
    fields = {field["name"]: field for field in table("runs").schema["fields"]}
    return [*fields["outcome"]["constraints"]["enum"]]
