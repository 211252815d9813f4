"""Connecting accounts: choose a network, answer its questions or go to its page, confirm the account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from social_publisher.connections import flow, pending
from social_publisher.connections.flow import Confirmed, ConnectError
from social_publisher.connections.pending import NotBegunError, Opened
from social_publisher.desk.base import DeskView
from social_publisher.models import AppRegistration, Channel
from social_publisher.networks import registry
from social_publisher.networks.base import Network
from social_publisher.networks.connect import App, Connector
from social_publisher.networks.errors import NetworkError
from social_publisher.vault import LockedError

CANNOT = (ConnectError, NotBegunError, NetworkError, LockedError)


class QuestionsForm(forms.Form):
    """What a network's connector asks before. Secrets are never shown again."""

    def __init__(self, connector: Connector, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in connector.questions():
            widget = forms.PasswordInput(attrs={"autocomplete": "off"}) if question.secret else forms.TextInput()
            self.fields[question.name] = forms.CharField(
                label=question.label,
                help_text=question.help,
                required=question.required,
                widget=widget,
                max_length=1000,
            )


class AppForm(forms.Form):
    """The keys that a network's developer pages give out."""

    client_id = forms.CharField(label=_("Client id"), max_length=255)
    client_secret = forms.CharField(
        label=_("Client secret"),
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted and never shown again."),
    )


class ConfirmForm(forms.Form):
    """Which of the opened accounts is meant; for a new channel its name, and its handle typed as the confirmation."""

    account = forms.ChoiceField(label=_("Account"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("How staff recognise it. Empty: as the network has it."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE)
    confirmation = forms.CharField(
        label=_("Type the account's handle"), help_text=_("Posts of this channel reach the public.")
    )

    def __init__(self, opened: Opened, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.identities = [item.identity for item in opened.connections]
        choices = [(str(place), f"{one.name} (@{one.handle})") for place, one in enumerate(self.identities)]
        self.fields["account"].choices = choices  # type: ignore[attr-defined]
        self.fields["account"].initial = "0"
        if opened.channel_id is not None:
            for name in ("name", "language", "confirmation"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The typed handle is the chosen account's."""
        data: dict[str, Any] = super().clean() or {}
        if "confirmation" in self.fields and "account" in data:
            handle = self.identities[int(data["account"])].handle
            if data.get("confirmation", "").strip().removeprefix("@").casefold() != handle.casefold():
                self.add_error(
                    "confirmation", _("This is not the chosen account's handle. Type it as it stands above.")
                )
        return data


class ConnectView(DeskView):
    """A step of connecting. Staff who manage channels only."""

    permission = "social_publisher.add_credential"
    header_icon = "link"
    page_title = _("Connect an account")

    @cached_property
    def network(self) -> Network:
        try:
            network = registry.get(self.kwargs["slug"])
        except registry.UnknownNetworkError as error:
            raise Http404(str(error)) from error
        if network.connector is None:
            raise Http404("accounts of this network need no connection")
        return network

    @property
    def connector(self) -> Connector:
        assert self.network.connector is not None
        return self.network.connector

    def get_page_subtitle(self) -> str:
        return self.network.name if "slug" in self.kwargs else ""

    @property
    def redirect_uri(self) -> str:
        """Where the network sends people back; it is registered there, so it has one fixed form."""
        return redirect_uri(self.network.slug)

    def failed(self, error: Exception) -> None:
        """Say what went wrong, in the words meant for people."""
        words = error.words if isinstance(error, NetworkError) else str(error)
        messages.error(self.request, words)


class NetworksView(ConnectView):
    """The networks an account can be connected on."""

    template_name = "social_publisher/desk/connect/networks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        known = set(AppRegistration.objects.filter(server="").values_list("network", flat=True))
        networks = [network for network in registry.installed() if network.connector is not None]
        context["networks"] = [
            (network, _needs_app(network), network.slug in known or not _needs_app(network)) for network in networks
        ]
        return context


class BeginView(ConnectView):
    """Asks what the network wants to know, then leads to its page or signs in with what was typed."""

    template_name = "social_publisher/desk/connect/begin.html"

    @cached_property
    def channel(self) -> Channel | None:
        """The channel to connect again, if the address names one."""
        pk = self.request.GET.get("channel", "")
        return get_object_or_404(Channel, pk=pk, network=self.network.slug) if pk.isdecimal() else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            network=self.network,
            channel=self.channel,
            scopes=self.connector.scopes,
            form=kwargs.get("form") or QuestionsForm(self.connector),
            address=kwargs.get("address", ""),
        )
        return context

    @property
    def channel_id(self) -> int | None:
        return self.channel.pk if self.channel else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin. What was typed wrongly is said beside it, and nothing but the secrets is lost."""
        form = QuestionsForm(self.connector, request.POST)
        if not form.is_valid():
            return self._again(form=form)
        try:
            if not self.connector.oauth:
                connections = tuple(self.connector.sign_in(form.cleaned_data))
                opened = Opened(self.network.slug, self.channel_id, connections)
                pending.keep_opened(request.session, opened, timezone.now())
                return redirect(reverse("social_connect:confirm"))
            begun, address = flow.begin(
                self.network.slug, form.cleaned_data, self.channel_id, self.redirect_uri, timezone.now()
            )
        except CANNOT as error:
            self.failed(error)
            return self._again(form=form)
        pending.keep_begun(request.session, begun, timezone.now())
        # A link, no redirect: the content policy lets no form of ours lead to another site.
        return self._again(form=form, address=address)

    def _again(self, **context: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return response


class BackView(ConnectView):
    """Where the network sends people back to."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the code if it belongs to what was begun here; everything else changes nothing."""
        now = timezone.now()
        try:
            begun = pending.take_begun(request.session, self.network.slug, request.GET.get("state", ""), now)
            if "code" not in request.GET:
                raise ConnectError(_("The account was not connected: access was not allowed on the network's page."))
            connections = flow.come_back(begun, request.GET["code"], self.redirect_uri, now)
        except CANNOT as error:
            self.failed(error)
            return redirect(reverse("social_connect:index"))
        pending.keep_opened(request.session, Opened(begun.network, begun.channel_id, tuple(connections)), now)
        return redirect(reverse("social_connect:confirm"))


class ConfirmView(ConnectView):
    """The last step: which account, and that it is live."""

    template_name = "social_publisher/desk/connect/confirm.html"
    page_title = _("Confirm the account")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only while something is under way."""
        if request.user.has_perm(self.permission):
            try:
                self.opened = pending.read_opened(request.session, timezone.now())
            except NotBegunError as error:
                messages.error(request, str(error))
                return redirect(reverse("social_connect:index"))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            form=kwargs.get("form") or ConfirmForm(self.opened),
            network=registry.get(self.opened.network),
            channel=Channel.objects.filter(pk=self.opened.channel_id or 0).first(),
            connections=self.opened.connections,
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the channel, or give it its permission back."""
        form = ConfirmForm(self.opened, request.POST)
        if form.is_valid():
            try:
                channel = self._connect(form)
            except CANNOT as error:
                form.add_error(None, str(error))
            else:
                pending.forget(request.session)
                messages.success(request, _("%(channel)s is connected.") % {"channel": channel})
                return redirect(channel_url(channel))
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response

    def _connect(self, form: ConfirmForm) -> Channel:
        connection = self.opened.connections[int(form.cleaned_data["account"])]
        user, now = self.request.user, timezone.now()
        if self.opened.channel_id is not None:
            channel = get_object_or_404(Channel, pk=self.opened.channel_id)
            return flow.reconnect(channel, connection, user, now)
        network = registry.get(self.opened.network).name
        name = form.cleaned_data["name"].strip() or f"{network}: {connection.identity.name}"[:120]
        confirmed = Confirmed(name, form.cleaned_data["language"])
        return flow.connect(self.opened.network, connection, confirmed, user, now)


class AppView(ConnectView):
    """The keys of this installation's app on a network; entered once."""

    permission = "social_publisher.add_appregistration"
    template_name = "social_publisher/desk/connect/app.html"
    page_title = _("App keys")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        known = AppRegistration.objects.filter(network=self.network.slug, server="").first()
        form = kwargs.get("form") or AppForm(initial={"client_id": known.client_id if known else ""})
        context.update(form=form, network=self.network, known=known, back_address=self.redirect_uri)
        return context

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for networks whose apps a person registers."""
        if not _needs_app(self.network):
            raise Http404("this network's apps register themselves")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the keys."""
        form = AppForm(request.POST)
        if not form.is_valid():
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        keys = form.cleaned_data
        app = App(keys["client_id"].strip(), keys["client_secret"].strip())
        flow.keep_app(self.network.slug, app, self.redirect_uri, request.user, timezone.now())
        messages.success(request, _("The keys are kept. Now connect an account."))
        return redirect(reverse("social_connect:begin", args=[self.network.slug]))


class ChannelActionView(ConnectView):
    """Something done to a connected channel from its own page."""

    http_method_names = ["post"]

    @cached_property
    def channel(self) -> Channel:
        return get_object_or_404(Channel, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it and go back to the channel."""
        try:
            messages.success(request, self.act())
        except CANNOT as error:
            self.failed(error)
        return redirect(channel_url(self.channel))

    def act(self) -> str:
        """Do it; return what to say."""
        raise TypeError("a subclass acts")


class CheckView(ChannelActionView):
    """Asks the network who we are there."""

    def act(self) -> str:
        identity = flow.check(self.channel, self.request.user, timezone.now())
        return str(
            _("The connection works: %(name)s (@%(handle)s).") % {"name": identity.name, "handle": identity.handle}
        )


class DisconnectView(ChannelActionView):
    """Throws the credentials away; the channel and its history stay."""

    def act(self) -> str:
        flow.disconnect(self.channel, self.request.user)
        return str(
            _("The credentials of %(channel)s were deleted here. Its history stays.") % {"channel": self.channel}
        )


class ConnectViewSet(ViewSet):
    """Addresses of these screens. They are reached from the channels, not from the menu."""

    name = "social_connect"
    url_prefix = "social/connect"
    icon = "link"
    menu_label = _("Connect an account")
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[Any]:
        # What is typed here is kept out of every error report.
        secret = sensitive_post_parameters()
        return [
            path("", NetworksView.as_view(), name="index"),
            path("begin/<slug:slug>/", secret(BeginView.as_view()), name="begin"),
            path("back/<slug:slug>/", BackView.as_view(), name="back"),
            path("confirm/", ConfirmView.as_view(), name="confirm"),
            path("app/<slug:slug>/", secret(AppView.as_view()), name="app"),
            path("check/<int:pk>/", CheckView.as_view(), name="check"),
            path("disconnect/<int:pk>/", DisconnectView.as_view(), name="disconnect"),
        ]


def redirect_uri(slug: str) -> str:
    """The address a network sends people back to."""
    return f"{settings.PUBLIC_BASE_URL}{reverse('social_connect:back', args=[slug])}"


def channel_url(channel: Channel) -> str:
    """The channel's own page in the desk."""
    return reverse("wagtailsnippets_social_publisher_channel:edit", args=[channel.pk])


def _needs_app(network: Network) -> bool:
    connector = network.connector
    return connector is not None and connector.oauth and not connector.registers_itself
