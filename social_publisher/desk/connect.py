"""Connecting accounts: choose a network, answer its questions or go to its page, confirm the account."""

from __future__ import annotations

import hashlib
from typing import Any

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

from content.numbers import number
from social_publisher.connections import flow, pending
from social_publisher.connections.flow import Confirmed, ConnectError
from social_publisher.connections.pending import NotBegunError, Opened
from social_publisher.connections.protection import standing
from social_publisher.desk.base import DeskView
from social_publisher.desk.connect_forms import AppForm, ConfirmForm, DisconnectForm, QuestionsForm
from social_publisher.desk.protection import ProtectionView
from social_publisher.models import AppRegistration, Channel
from social_publisher.networks import registry
from social_publisher.networks.base import Network
from social_publisher.networks.connect import App, Connector
from social_publisher.networks.errors import NetworkError
from social_publisher.vault import LockedError

CANNOT = (ConnectError, NotBegunError, NetworkError, LockedError)


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

    def redirect_uri(self, server: str = "") -> str:
        """Where the network sends people back; it is registered there, so it has one fixed form.

        A network of many servers has one for each: what one server sends is never taken for another's (RFC 9700, 4.4).
        """
        return redirect_uri(self.network.slug, server if self.connector.registers_itself else "")

    def failed(self, error: Exception) -> None:
        """Say what went wrong, in the words meant for people."""
        words = error.words if isinstance(error, NetworkError) else str(error)
        messages.error(self.request, words)


class NetworksView(ConnectView):
    """The networks an account can be connected on."""

    template_name = "social_publisher/desk/connect/networks.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whatever was under way is given up here."""
        pending.forget(request.session)
        return super().get(request, *args, **kwargs)

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

    confirms = types_secrets = True
    template_name = "social_publisher/desk/connect/begin.html"

    @cached_property
    def channel(self) -> Channel | None:
        """The channel to connect again, if the address names one."""
        pk = self.request.GET.get("channel", "")
        return get_object_or_404(Channel, pk=number(pk), network=self.network.slug) if pk.isdecimal() else None

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
            back = self.redirect_uri(begun.server)
            if not back.endswith(request.path):
                raise NotBegunError(
                    _("This answer came from another server than the one you began with. Nothing was changed.")
                )
            if "code" not in request.GET:
                raise ConnectError(_("The account was not connected: access was not allowed on the network's page."))
            connections = flow.come_back(begun, request.GET["code"], back, now)
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
                return redirect(reverse("social_connect:manage", args=[channel.pk]))
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

    confirms = types_secrets = True
    permission = "social_publisher.add_appregistration"
    template_name = "social_publisher/desk/connect/app.html"
    page_title = _("App keys")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        known = AppRegistration.objects.filter(network=self.network.slug, server="").first()
        form = kwargs.get("form") or AppForm(initial={"client_id": known.client_id if known else ""})
        context.update(form=form, network=self.network, known=known, back_address=self.redirect_uri())
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
        flow.keep_app(self.network.slug, app, self.redirect_uri(), request.user, timezone.now())
        messages.success(request, _("The keys are kept. Now connect an account."))
        return redirect(reverse("social_connect:begin", args=[self.network.slug]))


class ManageView(ConnectView):
    """One channel's connection: how it stands, a test of it, connecting it again, and its end."""

    confirms = True
    template_name = "social_publisher/desk/connect/manage.html"
    page_title = _("Connection")

    @cached_property
    def channel(self) -> Channel:
        channel = get_object_or_404(Channel, pk=self.kwargs["pk"])
        if not channel.connects:
            raise Http404("this channel's network needs no connection")
        return channel

    def get_page_subtitle(self) -> str:
        return str(self.channel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            channel=self.channel,
            credential=self.channel.connection,
            protection=standing(self.channel, timezone.now()),
            network=self.channel.adapter,
            form=kwargs.get("form") or DisconnectForm(self.channel),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Test it, or end it."""
        if "check" in request.POST:
            try:
                identity = flow.check(self.channel, request.user, timezone.now())
            except CANNOT as error:
                self.failed(error)
            else:
                told = {"name": identity.name, "handle": identity.handle}
                messages.success(request, _("The connection works: %(name)s (@%(handle)s).") % told)
            return redirect(request.path)
        form = DisconnectForm(self.channel, request.POST)
        if not form.is_valid():
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        flow.disconnect(self.channel, request.user)
        messages.success(
            request, _("%(channel)s is disconnected. Nothing leaves through it.") % {"channel": self.channel}
        )
        return redirect(request.path)


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
            path("back/<slug:slug>/<slug:server>/", BackView.as_view(), name="back-of-server"),
            path("confirm/", ConfirmView.as_view(), name="confirm"),
            path("app/<slug:slug>/", secret(AppView.as_view()), name="app"),
            path("channel/<int:pk>/", ManageView.as_view(), name="manage"),
            path("channel/<int:pk>/second-factor/", ProtectionView.as_view(), name="protection"),
        ]


def redirect_uri(slug: str, server: str = "") -> str:
    """The address a network sends people back to; with a server, that one alone."""
    if not server:
        return f"{settings.PUBLIC_BASE_URL}{reverse('social_connect:back', args=[slug])}"
    own = hashlib.sha256(server.encode()).hexdigest()[:16]
    return f"{settings.PUBLIC_BASE_URL}{reverse('social_connect:back-of-server', args=[slug, own])}"


def _needs_app(network: Network) -> bool:
    connector = network.connector
    return connector is not None and connector.oauth and not connector.registers_itself
