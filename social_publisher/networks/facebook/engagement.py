"""Counts of posts, as many posts a call as a batch takes. Sources: "Page Post", "Page Insights", "Batch Requests"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import httpx

from social_publisher.networks.base import Engagement
from social_publisher.networks.errors import RefusedError
from social_publisher.networks.facebook.graph import BATCH, ForbiddenError, GoneError, Graph

# Each is asked for by itself, for one that is refused takes with it all that was asked in the same breath.
SHARES = "id,shares,status_type"
ANSWERS = "reactions.summary(true).limit(0),comments.summary(true).limit(0)"
VIEWS, CLICKS = "post_media_view", "post_clicks"
QUESTIONS = 4
POSTS_A_CALL = BATCH // QUESTIONS


def read(graph: Graph, token: str, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
    """The counts of these posts, without those that are gone. What permission does not reach is not told."""
    told: dict[str, Engagement] = {}
    for first in range(0, len(remote_ids), POSTS_A_CALL):
        posts = remote_ids[first : first + POSTS_A_CALL]
        answers = iter(graph.batch(token, [address for post in posts for address in _addresses(post)]))
        for post in posts:
            shares, *others = (next(answers) for _question in range(QUESTIONS))
            try:
                known = graph.told(shares, token)
            except GoneError:
                continue
            told[post] = _engagement(known, *(_or_nothing(graph, token, other) for other in others))
    return told


def _addresses(post: str) -> list[str]:
    fields = [f"{post}?{urlencode({'fields': fields})}" for fields in (SHARES, ANSWERS)]
    metrics = [{"metric": metric, "period": "lifetime"} for metric in (VIEWS, CLICKS)]
    return fields + [f"{post}/insights?{urlencode(metric)}" for metric in metrics]


def _or_nothing(graph: Graph, token: str, response: httpx.Response) -> Mapping[str, Any]:
    """What was told; nothing where a permission is missing or Facebook has no such count for the post."""
    try:
        answer: Mapping[str, Any] = graph.told(response, token)
    except (ForbiddenError, RefusedError):
        return {}
    return answer


def _engagement(
    shares: Mapping[str, Any], answers: Mapping[str, Any], views: Mapping[str, Any], clicks: Mapping[str, Any]
) -> Engagement:
    """Facebook leaves `shares` out where there are none, so not there is 0; of a video's post it never tells them."""
    unshared = None if shares.get("status_type") == "added_video" else 0
    return Engagement(
        impressions=_metric(views),
        likes=_total(answers, "reactions"),
        reposts=shares.get("shares", {}).get("count", unshared),
        replies=_total(answers, "comments"),
        clicks=_metric(clicks),
    )


def _total(answers: Mapping[str, Any], name: str) -> int | None:
    total: int | None = answers.get(name, {}).get("summary", {}).get("total_count")
    return total


def _metric(insights: Mapping[str, Any]) -> int | None:
    """The one value of a lifetime metric; a page with few followers has none."""
    values = [point.get("value") for series in insights.get("data", ()) for point in series.get("values", ())]
    return values[0] if values and isinstance(values[0], int) else None
