"""The wall as its readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from media.ranges import ranged
from social_publisher.messages.counting import measure
from social_publisher.messages.html import text_to_html
from social_publisher.messages.render import Attachment
from social_publisher.messages.rules import MASTODON, RULES
from social_publisher.models import RehearsalLike, RehearsalPost

PAGE_SIZE = 30


@dataclass(frozen=True)
class Picture:
    """A picture or video of a wall post."""

    url: str
    alt_text: str
    width: int
    height: int
    is_video: bool = False


@dataclass(frozen=True)
class WallPost:
    """A post as the wall shows it, in the look of the network it rehearses."""

    row: RehearsalPost
    network: str
    length: int
    limit: int
    pictures: list[Picture]
    likes: int

    @property
    def html(self) -> SafeString:
        """The text with live links. `text_to_html` escapes and cleans."""
        return mark_safe(text_to_html(self.row.text))  # noqa: S308


@require_safe
@never_cache
def wall(request: HttpRequest) -> HttpResponse:
    """Show the newest rehearsal posts."""
    rows = RehearsalPost.objects.annotate(like_count=Count("likes")).order_by("-created_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    posts = [_wall_post(row) for row in page]
    return render(request, "social_publisher/rehearsal/wall.html", {"posts": posts, "listing": page})


@csrf_exempt  # a token would set a cookie on everybody who only reads; the origin is checked instead
@require_POST
def like(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Count one like from this site's own page and go back to the post."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return HttpResponseForbidden(_("Likes are given on the wall itself."))
    post = get_object_or_404(RehearsalPost, public_id=public_id)
    RehearsalLike.objects.create(post=post)
    return HttpResponseRedirect(f"{reverse('rehearsal-wall')}#post-{public_id}")


@require_safe
def video(request: HttpRequest, name: str) -> FileResponse | HttpResponse:
    """Send a video, or the range of it that a player asks for: to whoever may see posts, and to all once on the
    wall."""
    if "\0" in name:
        raise Http404("no such video")
    location = f"videos/{name}"
    on_wall = RehearsalPost.objects.filter(attachments__contains=[{"location": location}]).exists()
    if not (on_wall or request.user.has_perm("social_publisher.view_post")) or not default_storage.exists(location):
        raise Http404("no such video")
    return ranged(request, default_storage.open(location), default_storage.size(location), "video/mp4")


def _wall_post(row: RehearsalPost) -> WallPost:
    rules = RULES.get(row.rehearses, MASTODON)
    attachments = [Attachment(**item) for item in row.attachments]
    pictures = [
        Picture(default_storage.url(item.location), item.alt_text, item.width, item.height, item.is_video)
        for item in attachments
    ]
    likes: int = row.like_count  # type: ignore[attr-defined]
    length = measure(row.text, rules) + (measure(row.warning, rules) if row.warning else 0)
    return WallPost(row, rules.name, length, rules.limit_of(media=bool(pictures)), pictures, likes)
