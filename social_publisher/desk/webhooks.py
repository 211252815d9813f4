"""The other systems that are told what staff are told: add, change, try, and see what came of the calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from social_publisher.approval.audit import record
from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.models import Alert, Webhook
from social_publisher.notices import webhooks

PERMISSION = "social_publisher.change_webhook"
LAST = 50


class WebhookForm(forms.ModelForm):
    """A webhook without its secret, which is made for it."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Takes the calls; it begins with https://."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Tells of"), choices=Alert.Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "kinds", "active"]

    def clean_url(self) -> str:
        """By https; while the networks of tests are on this machine, by http too."""
        url: str = self.cleaned_data["url"]
        if not url.startswith("https://") and not settings.NETWORKS_ON_LOOPBACK:
            raise forms.ValidationError(_("The address has to begin with https://."))
        return url


class WebhookView(DeskView):
    """Channel managers only."""

    permission = PERMISSION
    page_title = _("Webhooks")
    header_icon = "redirect"

    @cached_property
    def webhook(self) -> Webhook:
        return get_object_or_404(Webhook, pk=self.kwargs["pk"])


class ListView(WebhookView):
    """All webhooks."""

    template_name = "social_publisher/desk/webhooks/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["webhooks"] = Webhook.objects.select_related("made_by")
        return context


class EditView(WebhookView):
    """A new webhook or an old one. A new secret is shown on the answer to the form, and never again."""

    template_name = "social_publisher/desk/webhooks/edit.html"

    @cached_property
    def webhook(self) -> Webhook:
        if "pk" in self.kwargs:
            return get_object_or_404(Webhook, pk=self.kwargs["pk"])
        return Webhook(made_by=self.request.user)  # type: ignore[misc]

    def get_page_subtitle(self) -> str:
        return self.webhook.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        webhook = self.webhook
        context.update(
            webhook=webhook,
            form=kwargs.get("form") or WebhookForm(instance=webhook),
            secret=kwargs.get("secret", ""),
            calls=webhook.calls.all()[:LAST] if webhook.pk else [],
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; what is new gets its secret."""
        form = WebhookForm(request.POST, instance=self.webhook)
        if not form.is_valid():
            return self._show(form=form)
        if self.webhook.pk:
            form.save()
            messages.success(request, _("%(name)s is saved.") % {"name": self.webhook})
            return redirect(reverse("social_webhooks:edit", args=[self.webhook.pk]))
        secret = webhooks.renew_secret(self.webhook)
        form.save()
        return self._show(secret=secret)

    def _show(self, **context: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(**context))
        response.headers["Cache-Control"] = "no-store"
        return response


class SecretView(EditView):
    """Replaces the secret; calls that are sent from now on are signed with the new one."""

    http_method_names = ["post"]

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it and show it once."""
        secret = webhooks.renew_secret(self.webhook)
        self.webhook.save(update_fields=["secret"])
        record("webhook.secret-renewed", self.webhook, request.user, webhook_id=self.webhook.pk)
        return self._show(secret=secret)


class TestView(WebhookView):
    """Makes one call that tells nothing, now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it and say what came of it; it is tried again like any other call."""
        now = timezone.now()
        call = webhooks.plan_test(self.webhook, now)
        if webhooks.send(call, now):
            messages.success(request, _("The test was taken."))
        else:
            call.refresh_from_db()
            messages.error(request, _("The test was not taken: %(words)s") % {"words": call.words})
        return redirect(reverse("social_webhooks:edit", args=[self.webhook.pk]))


class WebhooksViewSet(DeskViewSet):
    permission = PERMISSION
    name = "social_webhooks"
    url_prefix = "social/webhooks"
    icon = "redirect"
    menu_label = _("Webhooks")

    def get_urlpatterns(self) -> list[Any]:
        add = EditView.as_view(permission="social_publisher.add_webhook")
        return [
            path("", ListView.as_view(), name="index"),
            path("add/", add, name="add"),
            path("<int:pk>/", EditView.as_view(), name="edit"),
            path("<int:pk>/secret/", SecretView.as_view(), name="secret"),
            path("<int:pk>/test/", TestView.as_view(), name="test"),
        ]
