"""Connecting an account: begin at our screen, go to the network, come back, confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from social_publisher import vault
from social_publisher.approval.audit import record
from social_publisher.connections import picture
from social_publisher.connections.pending import Begun, challenge_of
from social_publisher.models import AppRegistration, Channel, Credential
from social_publisher.networks import registry
from social_publisher.networks.connect import App, Challenge, Connection, Connector, Identity
from social_publisher.networks.errors import NetworkError


class ConnectError(Exception):
    """Why an account could not be connected, in words for staff, with what to do next."""


LONGEST = 255
PAGE_URL = 200
page_validator = URLValidator(schemes=["https", "http"] if settings.NETWORKS_ON_LOOPBACK else ["https"])


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person says about an account that is about to become a channel."""

    name: str
    language: str


def connector_of(slug: str) -> Connector:
    """How accounts of a network are connected. Raises ConnectError."""
    try:
        connector = registry.get(slug).connector
    except registry.UnknownNetworkError as error:
        raise ConnectError(str(error)) from error
    if connector is None:
        raise ConnectError(_("Accounts of this network need no connection."))
    return connector


def begin(
    slug: str, answers: Mapping[str, str], channel_id: int | None, back: Callable[[str], str], now: datetime
) -> tuple[Begun, str]:
    """Return what to remember and where to send the person; `back` tells where a server sends people back to. Raises
    ConnectError and NetworkError."""
    connector = connector_of(slug)
    server = connector.server(answers)
    redirect_uri = back(server)
    challenge = Challenge.new()
    address = connector.authorize_url(_app(slug, connector, server, redirect_uri, now), redirect_uri, challenge)
    return Begun(slug, server, channel_id, challenge.state, challenge.verifier), address


def come_back(begun: Begun, code: str, redirect_uri: str, now: datetime) -> Sequence[Connection]:
    """Turn the code that the network sent along into accounts. Raises ConnectError and NetworkError."""
    connector = connector_of(begun.network)
    app = _app(begun.network, connector, begun.server, redirect_uri, now)
    found = connector.exchange(app, redirect_uri, code, challenge_of(begun))
    if not found:
        raise ConnectError(
            _("The network opened no account. Sign in there as somebody who may post for it, and begin again.")
        )
    return found


@transaction.atomic
def connect(slug: str, connection: Connection, confirmed: Confirmed, user: Any, now: datetime) -> Channel:
    """Make a channel of an account, or connect the one there is again. Raises ConnectError."""
    identity = _tidy(connection.identity)
    known = Channel.objects.filter(network=slug, account_id=identity.account_id).first()
    if known is not None:
        return reconnect(known, connection, user, now)
    try:
        with transaction.atomic():
            channel = Channel.objects.create(
                name=confirmed.name,
                network=slug,
                handle=identity.handle,
                language=confirmed.language,
                profile_url=identity.page_url,
                account_id=identity.account_id,
                account_name=identity.name,
                settings=dict(identity.settings),
            )
    except IntegrityError:
        raise ConnectError(_("There is a channel of this name or this account already. Choose another name.")) from None
    _fetch_later(channel, identity)
    _keep(channel, connection, user, now)
    record(
        "channel.connected", channel, user, network=slug, handle=identity.handle, scopes=list(connection.grant.scopes)
    )
    return channel


@transaction.atomic
def reconnect(channel: Channel, connection: Connection, user: Any, now: datetime) -> Channel:
    """Give a channel its permission back; its posts, approvals and counts stay. Raises ConnectError for another
    account."""
    identity = _tidy(connection.identity)
    if channel.account_id and channel.account_id != identity.account_id:
        message = _(
            "This is @%(other)s; the channel belongs to @%(handle)s. Sign in as that one, or make a new channel."
        )
        raise ConnectError(message % {"other": identity.handle, "handle": channel.handle})
    try:
        with transaction.atomic():
            _describe(channel, identity)
    except IntegrityError:
        raise ConnectError(_("Another channel has this account already. Connect that one again.")) from None
    _keep(channel, connection, user, now)
    record("channel.reconnected", channel, user, handle=identity.handle, scopes=list(connection.grant.scopes))
    return channel


def check(channel: Channel, user: Any, now: datetime) -> Identity:
    """Ask the network who we are there, and take over its name, picture and limits.

    What failed is kept with the credential, unless that was replaced while it was asked. Raises ConnectError,
    NetworkError and vault.LockedError.
    """
    connector = connector_of(channel.network)
    credential = channel.connection
    if credential is None:
        raise ConnectError(_("This channel is not connected to its account. Connect it."))
    asked = Credential.objects.filter(pk=credential.pk, secret=credential.secret)
    try:
        identity = _tidy(connector.check(channel.signed_in))
    except NetworkError as error:
        if not asked.update(checked_at=now, problem=error.words):
            raise ConnectError(_("It was connected again meanwhile. Test it once more.")) from error
        raise
    if channel.account_id and channel.account_id != identity.account_id:
        raise ConnectError(_("The permission is another account's, @%(handle)s.") % {"handle": identity.handle})
    _describe(channel, identity)
    asked.update(checked_at=now, problem="")
    if user is not None:
        record("channel.checked", channel, user)
    return identity


def _tidy(identity: Identity) -> Identity:
    """What a server told of an account, as it may be kept and shown: a server may be anybody's. Raises ConnectError."""
    handle, name = (_printable(text) for text in (identity.handle, identity.name))
    if not handle or max(map(len, (handle, identity.account_id))) > LONGEST:
        raise ConnectError(_("The network gave the account no name that can be kept."))
    try:
        page_validator(identity.page_url)
        page_url = identity.page_url if len(identity.page_url) <= PAGE_URL else ""
    except ValidationError:
        page_url = ""
    return replace(identity, handle=handle, name=name[:LONGEST], page_url=page_url)


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable()).strip()


def _describe(channel: Channel, identity: Identity) -> None:
    """Take over how the network shows the account. What leaves through it is looked at again where its handle changed.

    Raises ConnectError when a connected account is said to live on another server: nothing is sent there unasked.
    """
    before, after = (place.get("server", "") for place in (channel.settings, identity.settings))
    if before != after and channel.account_id and Credential.objects.filter(channel=channel).exists():
        message = _("The account is said to be on %(server)s now. If it has moved, disconnect it and connect it again.")
        raise ConnectError(message % {"server": after})
    told = {
        "account_id": identity.account_id,
        "account_name": identity.name,
        "handle": identity.handle,
        "settings": dict(identity.settings),
        "profile_url": identity.page_url or channel.profile_url,
    }
    changed = [name for name, value in told.items() if getattr(channel, name) != value]
    for name in changed:
        setattr(channel, name, told[name])
    if changed:
        channel.save(update_fields=changed)
    _fetch_later(channel, identity)


def _fetch_later(channel: Channel, identity: Identity) -> None:
    """Get the picture after the commit: a slow server holds no row."""
    transaction.on_commit(lambda: picture.fetch(channel, identity.picture_url), robust=True)


@transaction.atomic
def disconnect(channel: Channel, user: Any) -> None:
    """Throw the credentials away. The channel and everything that was sent through it stay."""
    Credential.objects.filter(channel=channel).delete()
    record("channel.disconnected", channel, user)


@transaction.atomic
def keep_app(slug: str, app: App, redirect_uri: str, user: Any, now: datetime) -> AppRegistration:
    """Take over the keys an administrator got on the network's own pages for developers."""
    row = _keep_app(slug, app, redirect_uri, now)
    record("app.registered", row, user, client_id=app.client_id)
    return row


def _keep_app(slug: str, app: App, redirect_uri: str, now: datetime) -> AppRegistration:
    row, _created = AppRegistration.objects.update_or_create(
        network=slug,
        server=app.server,
        defaults={
            "client_id": app.client_id,
            "secret": vault.lock({"client_secret": app.client_secret}),
            "redirect_uri": redirect_uri,
            "registered_at": now,
        },
    )
    return row


def app_of(slug: str, server: str) -> App | None:
    """The app that accounts of this server were connected through, if it is known. Raises vault.LockedError."""
    row = AppRegistration.objects.filter(network=slug, server=server).first()
    return row.app if row else None


def _app(slug: str, connector: Connector, server: str, redirect_uri: str, now: datetime) -> App:
    row = AppRegistration.objects.filter(network=slug, server=server).first()
    if row is not None and (row.redirect_uri == redirect_uri or not connector.registers_itself):
        try:
            return row.app
        except vault.LockedError:
            if not connector.registers_itself:
                message = _("The app's keys cannot be read any more. An administrator enters them again.")
                raise ConnectError(message) from None
    if not connector.registers_itself:
        message = _("%(network)s does not know this installation yet. An administrator enters the app's keys once.")
        raise ConnectError(message % {"network": registry.get(slug).name})
    app = connector.register(server, redirect_uri, settings.PUBLIC_BASE_URL)
    _keep_app(slug, replace(app, server=server), redirect_uri, now)
    return app


def _keep(channel: Channel, connection: Connection, user: Any, now: datetime) -> None:
    """Write the grant down; a refresh token that a new grant does not bring is kept."""
    credential = Credential.objects.select_for_update().filter(channel=channel).first()
    before: dict[str, str] = {}
    if credential is None:
        credential = Credential(channel=channel)
    else:
        try:
            before = credential.open()
        except vault.LockedError:
            before = {}
    credential.connected_at, credential.connected_by, credential.checked_at = now, user, now
    credential.keep(connection.grant, before=before)
    credential.save()
