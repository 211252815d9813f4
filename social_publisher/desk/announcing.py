"""From a page to draft posts: one a language, for the campaign's channels of that language."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from content.pages import CampaignPage, EventPage, NewsPage, ProjectPage
from content.records import Campaign
from social_publisher.approval.audit import record
from social_publisher.approval.errors import ApprovalError
from social_publisher.messages.announcement import announcement
from social_publisher.messages.rules import TextRules
from social_publisher.messages.untranslated import mark_untranslated
from social_publisher.models import Channel, Launch, Post, PostImage, Variant
from social_publisher.models.rules import rules_of
from social_publisher.models.short_link import PLACEHOLDER, address

ANNOUNCED = (CampaignPage, NewsPage, ProjectPage, EventPage)


@dataclass(frozen=True)
class Announcement:
    """A page in one language with the channels it is announced on, and the post that does so already, if any."""

    page: Any
    language: str
    channels: tuple[Channel, ...]
    post: Post | None = None


@dataclass(frozen=True)
class Texts:
    """A page as a post on some channels: the longest text is shared, the tighter channels have their own, by id."""

    shared: str
    own: dict[int, str]
    channels: tuple[Channel, ...]

    @property
    def by_text(self) -> list[tuple[str, list[Channel]]]:
        """Each text with its channels, the shared one first."""
        found: dict[str, list[Channel]] = {self.shared: []}
        for channel in self.channels:
            found.setdefault(self.own.get(channel.pk, self.shared), []).append(channel)
        return list(found.items())


def is_announced(page: Page) -> bool:
    """Whether pages of its kind are announced at all."""
    return issubclass(page.specific_class or Page, ANNOUNCED)


def campaigns_of(page: Any) -> list[Campaign]:
    """The campaigns a page belongs to: its own, or its project's."""
    if isinstance(page, CampaignPage):
        return [page.campaign]
    project = page.project
    return list(project.campaigns.all()) if project is not None else []


def announcements(pages: Sequence[Any], campaign: Campaign) -> list[Announcement]:
    """What can be announced of these pages (one a language), each with the newest post that links to it."""
    channels: dict[str, list[Channel]] = {}
    for channel in campaign.channels.all():
        channels.setdefault(channel.language, []).append(channel)
    known: dict[int, Post] = {}
    linking = Post.objects.filter(campaign=campaign, link_page_id__in=[page.pk for page in pages])
    for post in linking.prefetch_related("deliveries", "approvals").order_by("pk"):
        known[post.link_page_id] = post
    found = []
    for page in pages:
        language = page.locale.language_code
        found.append(Announcement(page, language, tuple(channels.get(language, [])), known.get(page.pk)))
    return found


def live_versions(page: Page) -> list[Any]:
    """The page and its live translations, each in its own language; copies nobody has translated are left out."""
    versions = page.get_translations(inclusive=True).live().filter(alias_of=None).select_related("locale").specific()
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(versions, key=lambda version: (version.pk != page.pk, codes.index(version.locale.language_code)))


@transaction.atomic
def draft(
    wanted: Sequence[Announcement],
    campaign: Campaign,
    user: Any,
    *,
    launch: Launch | None = None,
    due_at: datetime | None = None,
) -> list[Post]:
    """Make a draft for each announcement that has channels; all of them are translations of each other.

    Those of a page that is announced already join its post's translations where their language is free. Raises
    ApprovalError where no channel speaks any of the languages.
    """
    with_channels = [item for item in wanted if item.channels]
    if not with_channels:
        raise ApprovalError(_("No channel of this campaign speaks the page's language. Add one to the campaign first."))
    key = _shared_key(wanted, with_channels)
    posts = []
    for item in with_channels:
        post = _draft_of(item, campaign, key)
        post.launch, post.due_at = launch, due_at
        post.save()
        post.save_revision(user=user, clean=False)
        record("post.drafted", post, user, post=post.pk, page=item.page.pk)
        posts.append(post)
    return posts


def _shared_key(wanted: Sequence[Announcement], making: Sequence[Announcement]) -> uuid.UUID:
    known = next((item.post.translation_key for item in wanted if item.post is not None), None)
    languages = [item.language for item in making]
    if known is None or Post.objects.filter(translation_key=known, language__in=languages).exists():
        return uuid.uuid4()
    return known


def _draft_of(item: Announcement, campaign: Campaign, key: uuid.UUID) -> Post:
    texts = page_texts(item.page, campaign, item.channels)
    post = Post(
        campaign=campaign,
        text=texts.shared,
        language=item.language,
        link_page_id=item.page.pk,
        translation_key=key,
        from_machine=is_machine_made(item.page),
        live=False,
    )
    post.variants = [
        Variant(channel=channel, sort_order=order, text=texts.own.get(channel.pk, ""))
        for order, channel in enumerate(item.channels)
    ]
    if item.page.image is not None:
        post.images = [PostImage(image=item.page.image, alt_text=_description(item.page))]
    return post


def page_texts(page: Any, campaign: Campaign, channels: Sequence[Channel]) -> Texts:
    """A page's title, summary and the campaign's hashtags: on each channel as much of it as fits there."""
    hashtags = [*campaign.hashtag.split(), *rules_of(campaign).hashtags.split()]
    media, link = page.image is not None, address(PLACEHOLDER)

    def fitted(rules: list[TextRules]) -> str:
        return announcement(page.title, page.summary, hashtags, rules, link, media=media)

    fitting = {channel: fitted([channel.adapter.rules(channel.account)]) for channel in channels}
    shared = max(fitting.values(), key=len) if fitting else fitted([])
    own = {channel.pk: text for channel, text in fitting.items() if text != shared}
    return Texts(shared, own, tuple(channels))


def _description(page: Any) -> str:
    """The page's own description of its picture, else the library's, which is in the site's first language."""
    if page.image_alt:
        return str(page.image_alt)
    language = page.locale.language_code
    known = str(page.image.description)
    if language == settings.LANGUAGE_CODE:
        return known
    return mark_untranslated(known, settings.LANGUAGE_CODE, language)


def is_machine_made(page: Any) -> bool:
    """Whether wagtail-localize's machine translator made the page's title or summary, and nobody has edited it."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if translation is None:
        return False
    made = StringTranslation.objects.filter(
        locale_id=page.locale_id,
        context__object_id=page.translation_key,
        context__path__in=("title", "summary", "image_alt"),
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    return bool(made.filter(translation_of__segments__source=translation.source_id).exists())
