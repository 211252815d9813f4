"""What the composer asks while somebody types: read by the composer's own form, answered, and never saved."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.viewsets.base import ViewSet

from social_publisher.approval.package import build_package
from social_publisher.desk.compose_preview import preview_of
from social_publisher.desk.composer import composer_form
from social_publisher.messages import threads
from social_publisher.models import Channel, Post, PostImage, Variant
from social_publisher.networks.registry import UnknownNetworkError

CHILD_ID = re.compile(r"(images|variants)-\d+-id")


class UnreadableError(ValueError):
    """What was sent is not what the composer sends. The message is for staff."""


def typed(request: HttpRequest) -> Post:
    """The post as it is typed, bound by the composer's form and not saved. Raises UnreadableError.

    A field that cannot be read keeps its saved value; pictures and channels come from the form alone, so that ones
    whose rows are gone or not there yet are read the same.
    """
    data = request.POST.copy()
    for name in [name for name in data if CHILD_ID.fullmatch(name)]:
        data[name] = ""
    saved = _saved(request)
    try:
        form = composer_form()(data, instance=saved, for_user=request.user)
        form.defer_required_fields()
        form.is_valid()
        content: Post = form.instance
        content.variants = _rows(form.formsets["variants"], "channel_id")
        content.images = _rows(form.formsets["images"], "image_id")
    except (KeyError, ValueError, ValidationError) as error:
        raise UnreadableError(gettext("What is typed could not be read. Save it, or load the page again.")) from error
    return content


def _saved(request: HttpRequest) -> Post:
    pk = request.POST.get("post", "")
    if not pk:
        return Post()
    post = Post.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 10 else None
    if post is None:
        raise UnreadableError(gettext("This post is no longer there. Copy what you wrote, and begin a new post."))
    current: Post = post.current()
    return current


def _rows(formset: Any, target: str) -> list[Variant | PostImage]:
    """The children that are chosen and not taken out, in their order; the rest of one may be unfinished."""
    if not formset.management_form.is_valid():
        raise UnreadableError(gettext("What is typed could not be read. Save it, or load the page again."))
    formset.is_valid()
    read = [form for form in formset.forms if not form.cleaned_data.get("DELETE")]
    read.sort(key=lambda form: form.cleaned_data.get("ORDER") or 0)
    rows = [form.instance for form in read if getattr(form.instance, target) is not None]
    for place, row in enumerate(rows):
        row.sort_order = place
    return rows


class ComposeView(View):
    """A question of the composer about what is typed; for whoever may write the post."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not write this post."""
        action = "change" if request.POST.get("post") else "add"
        if not request.user.has_perm(f"social_publisher.{action}_post"):
            raise PermissionDenied(_("Your role does not include this screen. Ask an administrator."))
        return super().dispatch(request, *args, **kwargs)


class PreviewView(ComposeView):
    """The preview of what is typed, as fragments by their place on the screen."""

    template_name = "social_publisher/desk/compose/fragments.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show it, or say why it cannot be shown."""
        try:
            return render(request, self.template_name, {"preview": preview_of(typed(request))})
        except UnreadableError as error:
            return render(request, self.template_name, {"error": error}, status=400)


class ThreadView(ComposeView):
    """Parts a text into a thread that fits a channel's network, or joins it again."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer with the text, and what was done in words."""
        try:
            content = typed(request)
            leg = next(
                (row for row in content.variants.all() if str(row.channel_id) == request.POST.get("channel")), None
            )
            if leg is None or content.campaign_id is None:
                raise Http404
            own = "own" in request.POST
            text = leg.text if own else content.text
            if "join" in request.POST:
                return JsonResponse({"text": threads.join(text), "told": gettext("Joined to one text.")})
            text = _split(content, leg.channel, text)
        except (UnreadableError, UnknownNetworkError) as error:
            return JsonResponse({"error": str(error)}, status=400)
        count = len(threads.parts(text))
        told = ngettext("%(count)d part.", "%(count)d parts.", count) % {"count": count}
        return JsonResponse({"text": text, "told": told})


def _split(content: Post, channel: Channel, text: str) -> str:
    """The text in parts that fit the channel with its link and warning."""
    parcel = build_package(content).for_channel(channel.pk)
    link = parcel.url if parcel else ""
    return threads.split(text, channel.adapter.rules(channel.account), link, content.content_warning)


class ComposeViewSet(ViewSet):
    """Addresses the composer's scripts ask."""

    name = "social_compose"
    url_prefix = "social/compose"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("preview/", PreviewView.as_view(), name="preview"),
            path("thread/", ThreadView.as_view(), name="thread"),
        ]
