from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from social_publisher.approval.audit import display_name
from social_publisher.approval.package import Parcel, build_package
from social_publisher.desk import link_cards
from social_publisher.engagement.clicks import tracked
from social_publisher.engagement.figures import Figures
from social_publisher.messages import html
from social_publisher.models import Channel, Post
from social_publisher.models.reporting import Stage
from social_publisher.reports.definitions import DEFINITIONS, Definition
from social_publisher.reports.facts import Indicator
from social_publisher.reports.wording import indicator_name, percent, reported, told

register = template.Library()


@register.simple_tag
def parcels(post: Post) -> tuple[Parcel, ...]:
    """What leaves of a post, saved or not, on each channel."""
    return build_package(post).parcels


@register.simple_tag
def leads_to(parcel: Parcel, post: Post | str) -> str:
    """Where the short link of a parcel leads, with the parameters it gets; empty without a link, or without a post."""
    return tracked(post.target_url, parcel.channel, post) if isinstance(post, Post) and post.target_url else ""


@register.simple_tag
def read_card(parcel: Parcel, post: Post | str) -> link_cards.ReadCard | None:
    """The card the network makes of the link by reading the page; None where it makes none, or without a post."""
    return link_cards.read_card(parcel, post) if isinstance(post, Post) else None


@register.filter
def person(user: Any) -> str:
    """The name of an account as the record writes it; a dash for none."""
    return display_name(user) if user else "–"


@register.filter
def marked(text: str) -> SafeString:
    """The text with what networks make live standing out."""
    return mark_safe(html.marked(text))  # noqa: S308  # escaped there


@register.simple_tag
def channel_time(moment: datetime | None, channel: Channel) -> str:
    """The moment where the channel's readers are, when it is another time there than here."""
    if moment is None:
        return ""
    here, there = timezone.localtime(moment), moment.astimezone(channel.zone)
    if here.utcoffset() == there.utcoffset():
        return ""
    return _("%(time)s in %(zone)s") % {
        "time": formats.date_format(there.replace(tzinfo=None), "j M, H:i:s"),
        "zone": channel.time_zone,
    }


@register.filter
def relative(moment: datetime) -> str:
    """How far ahead a moment is, in words; scripts count it down."""
    return _("in %(time)s") % {"time": timeuntil(moment)}


register.filter("told", told)
register.filter("reported", reported)
register.filter("percent", percent)


@register.simple_tag
def figure_cells(figures: Figures) -> SafeString:
    """A row's figures, as the heads of `results/heads.html` name them."""
    shown = (
        figures.link_clicks,
        figures.impressions,
        figures.reactions,
        figures.likes,
        figures.reposts,
        figures.replies,
        figures.rate,
    )
    return format_html_join("", '<td class="desk-number">{}</td>', ((told(value),) for value in shown))


@register.simple_tag
def indicator_words(row: Indicator) -> str:
    """What an indicator is called in the reader's language."""
    return indicator_name(row.label, row.labels, row.counts)


@register.simple_tag
def stage_name(row: Indicator) -> str:
    """The stage of an indicator in words."""
    return str(Stage(row.stage).label)


@register.simple_tag
def definitions() -> list[Definition]:
    """What each number means."""
    return list(DEFINITIONS.values())
