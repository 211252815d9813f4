"""Translations of a post: making one, filling it from its page, and which languages are still missing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.records import Campaign
from social_publisher.approval.audit import record
from social_publisher.approval.errors import ApprovalError, ChangedError
from social_publisher.approval.keeping import keep
from social_publisher.approval.translations import TRANSLATED
from social_publisher.desk.announcing import ANNOUNCED, Texts, is_machine_made, page_texts
from social_publisher.messages.untranslated import is_untranslated, mark_untranslated
from social_publisher.messages.words import as_it_leaves
from social_publisher.models import AuditEvent, Channel, Correction, Post, PostImage, Variant

COPIED = ("campaign", "link_url", "video", "due_at", "useful_minutes", "is_alert")


def language_name(code: str) -> str:
    """A language by its name, in the reader's own language."""
    return str(dict(settings.LANGUAGES).get(code, code))


def in_order(codes: Iterable[str]) -> list[str]:
    """Languages in the site's order, each once."""
    wanted = set(codes)
    return [code for code, _name in settings.LANGUAGES if code in wanted]


def languages_of(campaign: Campaign) -> list[str]:
    """The languages of the campaign's channels."""
    return in_order(campaign.channels.order_by().values_list("language", flat=True).distinct())


def missing_languages(post: Post) -> list[str]:
    """The languages of the campaign's channels that the post has no translation in."""
    taken = set(Post.objects.filter(translation_key=post.translation_key).values_list("language", flat=True))
    return [code for code in languages_of(post.campaign) if code not in taken]


@transaction.atomic
def translate(post: Post, language: str, user: Any, *, from_machine: bool = False) -> Post:
    """Make a draft of the post in another language, for the campaign's channels of that language.

    Every text is copied with a mark that it is not translated yet, and leaves only when that is gone; the link leads to
    the page's own translation where readers can open it. Raises ApprovalError where there is a translation already, or
    no channel.
    """
    siblings = Post.objects.select_for_update(of=("self",)).filter(translation_key=post.translation_key)
    if language in set(siblings.order_by("pk").values_list("language", flat=True)):
        raise ApprovalError(_("There is a translation in this language already. Open that one."))
    source = Post.objects.get(pk=post.pk).current()
    channels = list(source.campaign.channels.filter(language=language))
    if not channels:
        raise ApprovalError(_("No channel of this campaign speaks this language. Add one to the campaign first."))
    made = Post(
        language=language,
        translation_key=source.translation_key,
        from_machine=from_machine,
        live=False,
        **{name: getattr(source, name) for name in COPIED},
        **{name: mark_untranslated(getattr(source, name), source.language, language) for name in TRANSLATED},
    )
    made.link_page = _page_for(source, language)
    if made.link_page is not None and source.launch is not None and made.link_page.pk == source.launch.page_id:
        made.launch = source.launch
    made.correction = _correction_for(source, language)
    made.variants = _variants_for(source, channels, language)
    made.images = [
        PostImage(
            image=item.image,
            alt_text=mark_untranslated(item.alt_text, source.language, language),
            people=item.people,
            sort_order=item.sort_order,
        )
        for item in source.images.all()
    ]
    made.save()
    made.save_revision(user=user, clean=False)
    record("post.translated", made, user, post=made.pk, source=post.pk, language=language)
    return made


def page_in(page: Page | None, language: str) -> Any:
    """The page in the language, if readers can open it; None without one."""
    if page is None:
        return None
    versions = page.get_translations(inclusive=True).live().filter(alias_of=None, locale__language_code=language)
    return versions.specific().first()


def _page_for(source: Post, language: str) -> Page | None:
    found = page_in(source.link_page, language)
    return found.page_ptr if found is not None else source.link_page


def _correction_for(source: Post, language: str) -> Correction | None:
    if source.correction is None:
        return None
    same = Correction.objects.filter(campaign=source.campaign, name=source.correction.name, language=language)
    return same.first()


def _variants_for(source: Post, channels: Sequence[Channel], language: str) -> list[Variant]:
    """A variant for each channel, after that of the same network in the source."""
    by_network: dict[str, Variant] = {}
    for variant in source.variants.all():
        by_network.setdefault(variant.channel.source, variant)
    made = []
    for order, channel in enumerate(channels):
        like = by_network.get(channel.source)
        made.append(
            Variant(
                channel=channel,
                sort_order=order,
                text=mark_untranslated(like.text, source.language, language) if like else "",
                offset_minutes=like.offset_minutes if like else 0,
                media=like.media if like else Variant.Media.SHARED,
                image=like.image if like else None,
                alt_text=mark_untranslated(like.alt_text, source.language, language) if like else "",
            )
        )
    return made


@dataclass(frozen=True)
class Pull:
    """What the page's own translation would make of a post. `revision_id` is the draft it was made for, `kept` are the
    channels whose own text somebody wrote."""

    page: Any
    texts: Texts
    descriptions: dict[int, str]
    from_machine: bool
    revision_id: int | None
    kept: tuple[Channel, ...]

    @property
    def shorter(self) -> list[tuple[str, list[Channel]]]:
        """The tighter texts, each with the channels that take it."""
        tighter = self.texts.by_text[1:]
        rows = [(text, [channel for channel in channels if channel not in self.kept]) for text, channels in tighter]
        return [(text, channels) for text, channels in rows if channels]


def pull_from_page(post: Post) -> Pull | None:
    """Prepare the text from the post's page in the post's language; None where readers cannot open such a page."""
    content = post.current()
    page = page_in(content.link_page, content.language)
    if page is None or not isinstance(page, ANNOUNCED):
        return None
    variants, pulled = list(content.variants.all()), _pulled_before(post)
    kept = tuple(variant.channel for variant in variants if not _is_nobodys(variant.text, pulled))
    descriptions = {}
    if page.image_alt:
        images = [item for item in content.images.all() if item.image_id == page.image_id]
        descriptions = {item.image_id: str(page.image_alt) for item in images}
    texts = page_texts(page, content.campaign, [variant.channel for variant in variants])
    return Pull(page, texts, descriptions, is_machine_made(page), post.latest_revision_id, kept)


@transaction.atomic
def apply_pull(post: Post, user: Any, seen_revision: int) -> Post:
    """Overwrite the post's text with its page's. A channel keeps an own text that somebody wrote or translated.

    Raises ChangedError if the draft is not the one that was shown, ApprovalError if there is nothing to pull.
    """
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if post.latest_revision_id != seen_revision:
        raise ChangedError(_("The post changed while you were looking at it. Look at it again, then decide."))
    pull = pull_from_page(post)
    if pull is None:
        raise ApprovalError(_("The page it links to is not published in this language."))
    content = post.current()
    content.text, content.link_page = pull.texts.shared, pull.page.page_ptr
    content.from_machine = content.from_machine or pull.from_machine
    variants, images = list(content.variants.all()), list(content.images.all())
    for variant in variants:
        if variant.channel not in pull.kept:
            variant.text = pull.texts.own.get(variant.channel_id, "")
    for item in images:
        item.alt_text = pull.descriptions.get(item.image_id, item.alt_text)
    content.variants, content.images = variants, images
    keep(content, user, clean=False)
    own = sorted({_digest(text) for text in pull.texts.own.values()})
    record("post.pulled", post, user, post=post.pk, page=pull.page.pk, from_machine=pull.from_machine, own=own)
    return post


def _pulled_before(post: Post) -> set[str]:
    """The digests of the channels' own texts that were taken from the page before: nobody wrote those."""
    pulls = AuditEvent.objects.filter(action="post.pulled", data__post=post.pk).values_list("data__own", flat=True)
    return {digest for own in pulls for digest in own or ()}


def _is_nobodys(text: str, pulled: set[str]) -> bool:
    return not text.strip() or is_untranslated(text) or _digest(text) in pulled


def _digest(text: str) -> str:
    return hashlib.sha256(as_it_leaves(text).encode()).hexdigest()


def uncovered(posts: Collection[Post], language: str, channels: Collection[Channel]) -> list[Channel]:
    """The campaign's channels of a language that the translation in it leaves out; rows' variants are prefetched."""
    here = [post for post in posts if post.language == language]
    covered = {variant.channel_id for post in here for variant in post.variants.all()}
    return (
        [channel for channel in channels if channel.language == language and channel.pk not in covered] if here else []
    )
