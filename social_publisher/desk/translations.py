"""Content languages: which translations are missing, making one, filling it from its page, checking a machine's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, Panel

from content.numbers import number
from content.records import Campaign
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.translations import clear_machine_mark, has_untranslated
from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.desk.status import Standing, standing, with_standing
from social_publisher.desk.translating import (
    apply_pull,
    in_order,
    language_name,
    languages_of,
    missing_languages,
    pull_from_page,
    translate,
    uncovered,
)
from social_publisher.models import Channel, Post

EDIT = "wagtailsnippets_social_publisher_post:edit"
PER_PAGE = 25


@dataclass(frozen=True)
class Cell:
    """A post in one language, or that it is missing, and the channels of the language it does not cover."""

    language: str
    name: str
    post: Post | None
    standing: Standing | None
    uncovered: tuple[Channel, ...]


@dataclass(frozen=True)
class Row:
    """One post in all languages; `source` is the translation it was first written in."""

    source: Post
    cells: tuple[Cell, ...]


class CompletenessView(DeskView):
    """Which posts of a campaign exist in which of its channels' languages."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/translations/index.html"
    page_title = _("Languages")
    header_icon = "globe"

    @cached_property
    def campaign(self) -> Campaign | None:
        chosen = self.request.GET.get("campaign", "")
        if chosen:
            return get_object_or_404(Campaign, pk=number(chosen))
        newest = Post.objects.select_related("campaign").order_by("-pk").first()
        return newest.campaign if newest is not None else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            campaign=self.campaign,
            campaigns=Campaign.objects.all(),
            may_add=self.request.user.has_perm("social_publisher.add_post"),
        )
        if self.campaign is not None:
            channels = list(self.campaign.channels.all())
            keys = self.campaign.posts.order_by().values("translation_key").annotate(newest=Max("pk"))
            page = Paginator(keys.order_by("-newest"), PER_PAGE).get_page(self.request.GET.get("p"))
            groups = self._groups([row["translation_key"] for row in page])
            posts = [post for group in groups for post in group]
            codes = in_order([*(channel.language for channel in channels), *(post.language for post in posts)])
            context.update(page_obj=page, languages=[(code, language_name(code)) for code in codes])
            context["rows"] = [Row(group[0], tuple(self._cells(group, codes, channels))) for group in groups]
        return context

    def _groups(self, keys: list[Any]) -> list[list[Post]]:
        """Posts that are translations of each other, in the order of their keys."""
        posts = Post.objects.filter(translation_key__in=keys).select_related("latest_revision")
        groups: dict[Any, list[Post]] = {key: [] for key in keys}
        for post in with_standing(posts.order_by("pk")).prefetch_related("variants"):
            groups[post.translation_key].append(post)
        return [group for group in groups.values() if group]

    def _cells(self, group: list[Post], codes: Sequence[str], channels: list[Channel]) -> list[Cell]:
        here = {post.language: post for post in group}
        return [self._cell(code, here, group, channels) for code in codes]

    def _cell(self, code: str, here: Mapping[str, Post], group: list[Post], channels: list[Channel]) -> Cell:
        post = here.get(code)
        left_out = tuple(uncovered(group, code, channels))
        return Cell(code, language_name(code), post, standing(post) if post else None, left_out)


class PostView(DeskView):
    """A step with one post."""

    @cached_property
    def post_object(self) -> Post:
        post: Post = get_object_or_404(Post.objects.select_related("campaign", "latest_revision"), pk=self.kwargs["pk"])
        return post

    def get_page_subtitle(self) -> str:
        return str(self.post_object.current())

    def composer(self) -> HttpResponse:
        """Back to the composer."""
        return redirect(reverse(EDIT, args=[self.post_object.pk]))


class TranslateForm(forms.Form):
    """Into which language, and who translates."""

    from_machine = forms.BooleanField(
        label=_("A machine's translation will be used"),
        required=False,
        help_text=_("It then does not leave before somebody who reads the language has checked it."),
    )

    def __init__(self, missing: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, language_name(code)) for code in missing]
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=choices)


class TranslateView(PostView):
    """Begins a translation: a draft with everything copied and marked as untranslated."""

    permission = "social_publisher.add_post"
    template_name = "social_publisher/desk/translations/translate.html"
    page_title = _("Translate")
    header_icon = "globe"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        missing = missing_languages(self.post_object)
        form = kwargs.get("form") or TranslateForm(missing, initial={"language": self.request.GET.get("language")})
        context.update(post=self.post_object, missing=missing, form=form)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the draft and open it."""
        form = TranslateForm(missing_languages(self.post_object), request.POST)
        if form.is_valid():
            try:
                made = translate(
                    self.post_object,
                    form.cleaned_data["language"],
                    request.user,
                    from_machine=form.cleaned_data["from_machine"],
                )
            except ApprovalError as error:
                form.add_error("language", str(error))
            else:
                text = _("Drafted in %(language)s. Translate every text, and remove the marks in front of them.")
                messages.success(request, text % {"language": language_name(made.language)})
                return redirect(reverse(EDIT, args=[made.pk]))
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response


class SeenForm(forms.Form):
    """A change of what was seen. `seen` is the draft that the screen showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class CheckedForm(SeenForm):
    """A person's word that the translation is right."""

    reads = forms.BooleanField(label=_("I read this language well, I have read the text, and it says the same."))


class PullView(PostView):
    """Shows what the page's own translation would make of the post, and takes it over."""

    permission = "social_publisher.change_post"
    template_name = "social_publisher/desk/translations/pull.html"
    page_title = _("Take the page's text")
    header_icon = "doc-full-inverse"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        pull = pull_from_page(self.post_object)
        context.update(
            post=self.post_object,
            content=self.post_object.current(),
            pull=pull,
            form=SeenForm(initial={"seen": pull.revision_id}) if pull else None,
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Overwrite the draft that was shown."""
        form = SeenForm(request.POST)
        try:
            if not form.is_valid():
                raise ApprovalError(_("Nothing was changed. Look at it again, then decide."))
            apply_pull(self.post_object, request.user, form.cleaned_data["seen"])
        except ApprovalError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        messages.success(request, _("Taken over from the page. Look it over."))
        return self.composer()


class CheckView(PostView):
    """Beside each other: the machine's text and the one it was made from; and a person's word that it is right."""

    permission = "social_publisher.change_post"
    template_name = "social_publisher/desk/translations/check.html"
    page_title = _("Check a machine's translation")
    header_icon = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        post = self.post_object
        others = Post.objects.filter(translation_key=post.translation_key).exclude(pk=post.pk).order_by("pk")
        source = others.first()
        context.update(
            post=post,
            content=post.current(),
            source=source and source.current(),
            form=kwargs.get("form") or CheckedForm(initial={"seen": post.latest_revision_id}),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Clear the mark, in this person's name."""
        form = CheckedForm(request.POST)
        if form.is_valid():
            try:
                clear_machine_mark(self.post_object, request.user, form.cleaned_data["seen"])
            except ApprovalError as error:
                messages.error(request, str(error))
                return redirect(request.path)
            messages.success(request, _("Recorded: you have checked this translation. You count as its last editor."))
            return self.composer()
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response


class TranslationsPanel(Panel):
    """In the composer: the languages a post is in, those that are missing, and what a translation still needs."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/translations/panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            post: Post = self.instance
            others = list(Post.objects.filter(translation_key=post.translation_key).order_by("pk"))
            names = {other.language: language_name(other.language) for other in others}
            taken = set(names)
            context.update(
                post=post,
                language=language_name(post.language),
                present=[(names[other.language], other) for other in others],
                missing=[(code, language_name(code)) for code in languages_of(post.campaign) if code not in taken],
                untranslated=has_untranslated(post),
                may_add=self.request.user.has_perm("social_publisher.add_post"),
                may_pull=len(others) > 1 and post.link_page_id is not None,
            )
            return context


class MachinePanel(FieldPanel):
    """In the composer: the tick that a text is a machine's. It is taken off on the screen where a person checks it."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and not self.instance.from_machine)


class TranslationsViewSet(DeskViewSet):
    permission = "social_publisher.view_post"
    name = "social_translations"
    url_prefix = "social/translations"
    icon = "globe"
    menu_label = _("Languages")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", CompletenessView.as_view(), name="index"),
            path("<int:pk>/", TranslateView.as_view(), name="translate"),
            path("<int:pk>/page/", PullView.as_view(), name="pull"),
            path("<int:pk>/check/", CheckView.as_view(), name="check"),
        ]
