"""Renewing permissions ahead of their end, one process at a time for each of them."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from social_publisher import vault
from social_publisher.connections.flow import ConnectError, app_of, check
from social_publisher.delivery.pausing import pause_for_lost_permission
from social_publisher.models import Alert, Channel, Credential
from social_publisher.networks.errors import AuthError, NetworkError

logger = logging.getLogger(__name__)

# An account is asked for its name, picture and limits this often; of a permission's end staff are told this early.
LOOKED_AT = timedelta(days=1)
TOLD_AHEAD = timedelta(days=7)
# A permission is renewed this long before it ends; the job looks twice a minute, so a network may be away a while.
AHEAD = timedelta(minutes=30)


def renew_due(now: datetime) -> int:
    """Renew what ends soon, and return how many were renewed."""
    soon = Credential.objects.filter(renews=True, expires_at__lte=now + AHEAD).order_by("expires_at")
    return sum(renew(pk, now) for pk in soon.values_list("pk", flat=True)[:200])


def look_after(now: datetime) -> int:
    """Refresh what the networks tell of accounts, a few at a time, and tell staff of permissions that end soon.

    Returns how many accounts were asked. A lost permission pauses its channel before a post has to find out.
    """
    warn_of_end(now)
    stale = Credential.objects.filter(Q(checked_at=None) | Q(checked_at__lt=now - LOOKED_AT))
    standing = stale.filter(Q(expires_at=None) | Q(expires_at__gt=now)).order_by("checked_at")
    asked = 0
    for pk in standing.values_list("pk", flat=True)[:20]:
        credential = Credential.objects.select_related("channel").filter(pk=pk).first()
        if credential is None:
            continue
        Credential.objects.filter(pk=pk).update(checked_at=now)
        asked += _look_at(credential.channel, now)
    return asked


def _look_at(channel: Channel, now: datetime) -> bool:
    """Ask one account; whatever is wrong with it keeps no other from being asked."""
    try:
        check(channel, None, now)
    except AuthError as error:
        pause_for_lost_permission(channel.pk, error.words, now)
    except (NetworkError, ConnectError, vault.LockedError) as error:
        logger.warning("the account of %s could not be looked at: %s", channel, error)
    except Exception:
        logger.exception("the account of %s could not be looked at", channel)
        connection.close_if_unusable_or_obsolete()
    return True


@transaction.atomic
def warn_of_end(now: datetime) -> int:
    """Tell staff, once, of permissions that end within a week and that only a person can renew."""
    rows = Credential.objects.select_for_update(of=("self",), skip_locked=True).filter(warned_at=None)
    ending = list(rows.filter(renews=False, expires_at__lte=now + TOLD_AHEAD))
    for credential in ending:
        words = _("Connect it again before %(at)s.") % {"at": f"{credential.expires_at:%Y-%m-%d %H:%M} UTC"}
        Alert.objects.create(kind=Alert.Kind.EXPIRING, channel_id=credential.channel_id, words=words, created_at=now)
        Credential.objects.filter(pk=credential.pk).update(warned_at=now)
    return len(ending)


def renew(pk: int, now: datetime) -> bool:
    """Renew one, and return whether it was done.

    The row stays locked from reading the refresh token to writing its successor: on X a refresh token is good once, and
    using one twice ends the whole permission, so two processes must never both use it. Who comes second skips.
    """
    with transaction.atomic():
        row = Credential.objects.select_for_update(of=("self",), skip_locked=True).select_related("channel")
        credential = row.filter(pk=pk, renews=True, expires_at__lte=now + AHEAD).first()
        if credential is None:
            return False
        channel = credential.channel
        try:
            connector = channel.adapter.connector
            if connector is None:
                return False
            before = credential.open()
            app = app_of(channel.network, channel.settings.get("server", ""))
            grant = connector.refresh(app, channel.signed_in)
        except AuthError as error:
            # What it has still opens the account until it ends; staff are told, and then nothing leaves any more.
            Credential.objects.filter(pk=pk).update(renews=False, problem=error.words)
            if credential.expired(now):
                pause_for_lost_permission(channel.pk, error.words, now)
            else:
                warn_of_end(now)
            return False
        except vault.LockedError as error:
            Credential.objects.filter(pk=pk).update(problem=str(error))
            pause_for_lost_permission(channel.pk, str(error), now)
            return False
        except NetworkError as error:
            logger.warning("the permission of %s could not be renewed yet: %s", channel, error.words)
            Credential.objects.filter(pk=pk).update(problem=error.words)
            return False
        except Exception:
            logger.exception("the permission of %s could not be renewed", channel)
            Credential.objects.filter(pk=pk).update(problem=_("The network's module failed while renewing."))
            return False
        credential.keep(grant, before=before)
        credential.renewed_at = now
        credential.save()
        return True
