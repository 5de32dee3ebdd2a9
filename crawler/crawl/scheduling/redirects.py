"""Where a redirect leads, and whether the run goes there. Knows no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.crawl.manners.probe import Probes
from crawler.crawl.scheduling.plan import Plan
from crawler.crawl.transport.answer import canonical
from crawler.discovery.base import absolute
from crawler.model import Link, Role


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """A redirect that is not followed: `reason` as the run's report names it, `detail` for whoever reads it."""

    reason: str
    detail: str


def resolve_redirect(
    link: Link,
    url: str,
    location: str,
    hops: int,
    plan: Plan,
    probes: Probes,
    passed: Sequence[str] = (),
    *,
    since: int = 0,
) -> Link | NotFollowed | None:
    """What to ask for after `url`, asked for as `link`, has answered with `location`, the `hops`-th redirect in a row.
    `passed` are the addresses that the chain came through before `url`: one that comes back to itself ends, save
    to the first `since` of them, which were asked for before it set its newest cookie and may answer otherwise now.

    None when this run asks for the target under the target's own name. An article that leads to where a site sends
    everybody who asks for what is gone is no article: that ends it, too."""
    target = absolute(url, location)
    if hops > plan.seed.crawl.max_redirects:
        return NotFollowed("redirects", f"the last to {target}")
    chain = (*passed, url)
    if target in chain[since:]:
        return NotFollowed("redirects", f"the chain comes back to {target}")
    if target is None or not plan.is_ours(target):
        return NotFollowed("offsite", f"redirects to {location}")
    if link.role is not Role.ARTICLE:
        return replace(link, url=target)
    if not plan.owns(target):
        return NotFollowed("offsite", f"redirects to another source: {location}")
    if plan.is_entrance(target) or probes.leads_nowhere(target, url):
        return NotFollowed("redirect-home", f"leads to {target}")
    document = link.document
    if document == canonical(link.url):  # its name is its address: the target has a name of its own
        document = canonical(target)
        if target not in chain and not plan.first_time(document, target):
            return None
    return replace(link, url=target, document=document)
