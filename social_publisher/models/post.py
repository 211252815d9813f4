from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.images import get_image_model
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    Page,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from content.records import Campaign
from media.models import CampaignVideo
from social_publisher.messages.lengths import LONGEST_TEXT
from social_publisher.messages.links import UnsafeLinkError, check_link
from social_publisher.models.channel import Channel
from social_publisher.models.correction import Correction
from social_publisher.models.launch import Launch
from social_publisher.models.planning import Series


def default_useful_minutes() -> int:
    """The installation's cut-off, in minutes."""
    return int(settings.DELIVERY_CUT_OFF // 60)


def first_words(text: str) -> str:
    """What a post is called: how its text begins."""
    first_line = text.strip().split("\n", 1)[0]
    return first_line[:60] + ("…" if len(first_line) > 60 else "") or gettext("Empty post")


class Post(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """What an editor writes once for several channels.

    The row holds the approved content, newer drafts are revisions. Being "live" sends nothing: only an Approval does.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="posts", verbose_name=_("campaign"))
    text = models.TextField(
        _("text"),
        max_length=LONGEST_TEXT,
        help_text=_("For all channels. The tracked link stands at the end, or where you write {link}."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("link to a page of this site"),
    )
    link_url = models.URLField(_("or to an outside address"), max_length=1000, blank=True)
    link_title = models.CharField(
        _("title of the link's card"),
        max_length=200,
        blank=True,
        help_text=_("For networks that show what we write. Empty: the page's own title, or the site's name."),
    )
    link_description = models.CharField(
        _("text of the link's card"), max_length=300, blank=True, help_text=_("Empty: the page's own summary.")
    )
    video = models.ForeignKey(
        CampaignVideo,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("video"),
        help_text=_("Instead of pictures."),
    )
    video_alt = models.CharField(
        _("description of the video"),
        max_length=1000,
        blank=True,
        help_text=_("What a person who cannot see or hear it should know."),
    )
    content_warning = models.CharField(
        _("content warning"),
        max_length=200,
        blank=True,
        help_text=_(
            "What readers are told before they see the rest. Where a network has no warnings, it is the first line."
        ),
    )
    due_at = models.DateTimeField(_("leaves at"), null=True, db_index=True)
    useful_minutes = models.PositiveIntegerField(
        _("useful for (minutes)"),
        default=default_useful_minutes,
        validators=[MinValueValidator(1), MaxValueValidator(7 * 24 * 60)],
        help_text=_("If it could not leave by then, it does not leave at all and is shown as missed."),
    )
    is_alert = models.BooleanField(
        _("alert"),
        default=False,
        help_text=_("Warns the public of something. A correction must be prepared before it leaves."),
    )
    correction = models.ForeignKey(
        Correction,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("correction, should it prove wrong"),
    )
    from_machine = models.BooleanField(
        _("translated by a machine, not checked yet"),
        default=False,
        help_text=_("It does not leave before a person who reads the language has checked it and cleared this."),
    )
    translation_key = models.UUIDField(
        default=uuid.uuid4, editable=False, db_index=True, help_text=_("The same in all translations of a post.")
    )
    launch = models.ForeignKey(
        Launch, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="posts"
    )
    series = models.ForeignKey(
        Series, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="posts"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    # What belongs to the row and not to any draft of it: an old revision never changes it.
    OWN = ("author_id", "created_at", "translation_key", "launch_id", "series_id")

    class Meta:
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "language"], name="one_post_per_translation_language")
        ]
        # Wagtail looks for what expires, of every kind that can.
        indexes = [models.Index(fields=["expire_at"], condition=Q(expire_at__isnull=False), name="post_expires")]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return first_words(self.text)

    def heading(self) -> str:
        """The first words of its newest content, for lists, which read the plan along."""
        return first_words(self.plan.opening)

    heading.short_description = _("post")  # type: ignore[attr-defined]

    def clean(self) -> None:
        """One link at most, and a safe one; one translation a language."""
        super().clean()
        others = Post.objects.filter(translation_key=self.translation_key, language=self.language).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError({"language": _("There is a translation in this language already.")})
        if self.link_page_id and self.link_url:
            raise ValidationError({"link_url": _("Choose a page or an outside address, not both.")})
        if self.link_url:
            try:
                check_link(self.link_url)
            except UnsafeLinkError as error:
                raise ValidationError({"link_url": str(error)}) from error

    def save_revision(self, user: Any = None, *, machine_checked: bool = False, **kwargs: Any) -> Any:
        """Keep a draft; the first person to save one is the author.

        A machine's translation stays marked as one on every path but the one that has a person check it.
        """
        with transaction.atomic():
            # The post's row is locked before any revision, as approving does, so that the two never wait on each other.
            locked = type(self).objects.select_for_update(of=("self",)).filter(pk=self.pk)
            row, draft = locked.values_list("from_machine", "latest_revision__content__from_machine").first() or (0, 0)
            if not machine_checked:
                self.from_machine = self.from_machine or bool(row if draft is None else draft)
            if self.author_id is None and user is not None:
                self.author = user
                type(self).objects.filter(pk=self.pk, author=None).update(author=user)
            return super().save_revision(user=user, **kwargs)

    def with_content_json(self, content: Any) -> Any:
        """An old revision never changes what belongs to the row, and opens even if what it pointed to has been deleted
        since."""
        content = _without_gone_targets(content)
        restored = super().with_content_json(content)
        for name in self.OWN:
            setattr(restored, name, getattr(self, name))
        return restored

    def current(self) -> Post:
        """The newest content: the latest draft, else the row itself, which also shows changes made past the screens."""
        latest: Post = self.get_latest_revision_as_object()
        return latest

    @property
    def last_editor(self) -> Any:
        """Who saved the newest draft, else the author."""
        return (self.latest_revision and self.latest_revision.user) or self.author

    @property
    def awaits_page(self) -> bool:
        """It is held until its launch's page is seen live."""
        return self.launch is not None and self.launch.seen_live_at is None

    @property
    def has_link(self) -> bool:
        return bool(self.link_page_id or self.link_url)

    @property
    def target_url(self) -> str:
        """Where the link leads now, as an address; empty without a link or when its page has none."""
        if self.link_page is not None:
            return str(self.link_page.full_url or "")
        return self.link_url

    def due_on(self, variant: Variant) -> datetime:
        """When this post leaves on the variant's channel, in UTC. Raises ValueError without a time."""
        if self.due_at is None:
            raise ValueError("The post has no time")
        return self.due_at.astimezone(UTC) + timedelta(minutes=variant.offset_minutes)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("As it leaves"))]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "social_publisher/desk/preview.html"


def _without_gone_targets(content: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a draft points to and the database no longer has: a draft protects nothing."""
    kept = dict(content)
    for name, target in (("link_page", Page), ("video", CampaignVideo), ("correction", Correction)):
        pk = content.get(name)
        if pk and not target.objects.filter(pk=pk).exists():
            kept[name] = None
    for relation, key, model in (("images", "image", get_image_model()), ("variants", "channel", Channel)):
        rows = content.get(relation) or []
        there = set(model.objects.filter(pk__in=[row[key] for row in rows]).values_list("pk", flat=True))
        kept[relation] = [row for row in rows if row[key] in there]
    own = {row["image"] for row in kept["variants"] if row.get("image")}
    images = set(get_image_model().objects.filter(pk__in=own).values_list("pk", flat=True)) if own else set()
    kept["variants"] = [
        {**row, "image": None} if row.get("image") and row["image"] not in images else row for row in kept["variants"]
    ]
    return kept


class Variant(Orderable):
    """The post on one channel: its own text and picture where the shared ones do not fit, its own minutes of delay."""

    class Media(models.TextChoices):
        SHARED = "shared", _("The post's pictures or video")
        OWN = "own", _("A picture of its own")
        NONE = "none", _("No picture")

    post = ParentalKey(Post, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="variants", verbose_name=_("channel"))
    text = models.TextField(
        _("own text"), max_length=LONGEST_TEXT, blank=True, help_text=_("Leave empty to use the shared text.")
    )
    offset_minutes = models.PositiveIntegerField(
        _("minutes later"), default=0, validators=[MaxValueValidator(7 * 24 * 60)]
    )
    media = models.CharField(_("pictures"), max_length=10, choices=Media.choices, default=Media.SHARED)
    image = models.ForeignKey(
        "media.CampaignImage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("own picture"),
    )
    alt_text = models.CharField(
        _("description of its own picture"),
        max_length=1000,
        blank=True,
        help_text=_("What a person who cannot see the picture should know."),
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["post", "channel"],
                name="one_variant_per_post_and_channel",
                deferrable=models.Deferrable.DEFERRED,  # two channels may change places in one save
            )
        ]
        verbose_name = _("channel of a post")
        verbose_name_plural = _("channels of a post")

    def __str__(self) -> str:
        return str(self.channel)

    def clean(self) -> None:
        """A picture of its own is chosen and described."""
        super().clean()
        if self.media == self.Media.OWN:
            missing = {"image": _("Choose the picture, or use the post's own.")} if self.image_id is None else {}
            if not self.alt_text.strip():
                missing["alt_text"] = _("Say what the picture shows.")
            if missing:
                raise ValidationError(missing)


class PostImage(Orderable):
    """A picture of a post, with its description for those who cannot see it."""

    class People(models.TextChoices):
        NONE = "none", _("Nobody who can be recognised")
        CONSENT = "consent", _("Recognisable, and they have agreed in writing")
        RECOGNISABLE = "recognisable", _("Recognisable, without their agreement")

    post = ParentalKey(Post, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey(
        "media.CampaignImage", on_delete=models.PROTECT, related_name="+", verbose_name=_("image")
    )
    alt_text = models.CharField(
        _("description"), max_length=1000, help_text=_("What a person who cannot see the picture should know.")
    )
    people = models.CharField(_("people in it"), max_length=12, choices=People.choices, default=People.NONE)

    class Meta(Orderable.Meta):
        verbose_name = _("image of a post")
        verbose_name_plural = _("images of a post")

    def __str__(self) -> str:
        return self.alt_text
