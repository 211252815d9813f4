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


@register.filter
def told(value: Any) -> str:
    """A number in groups as the reader's language writes it; "n/a" where nobody told one."""
    if isinstance(value, int):
        # There can be a thousand of them on a screen, and Django's own way takes ten times as long.
        return f"{value:,}".replace(",", formats.get_format("THOUSAND_SEPARATOR"))
    return _("n/a") if value is None else str(formats.number_format(value, use_l10n=True, force_grouping=True))


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
