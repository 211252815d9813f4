"""Sending: the network's calls and nothing else. What the ledger has to say in between comes through a `Log`."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from django.core.files.storage import default_storage
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _

from social_publisher.delivery.arm import Armed
from social_publisher.delivery.journal import Permit
from social_publisher.delivery.payload import continuing
from social_publisher.messages.render import Attachment
from social_publisher.networks.base import Outgoing, Receipt, Uploaded
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    ProcessingError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
    UploadGoneError,
)

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class Log(Protocol):
    """What sending asks of and tells the ledger."""

    def permit(self) -> Permit:
        """May the next call be made?"""

    def upload(self, sha256: str) -> str | None:
        """The network's id of a picture it has already."""

    def uploaded(self, sha256: str, upload: Uploaded) -> None:
        """The network has this picture now."""

    def forget_uploads(self) -> None:
        """What was uploaded for this delivery is of no use any more."""

    def part_out(self, place: int, receipt: Receipt) -> None:
        """This part of a thread is out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one send: the receipts of all parts that are out, and what stopped it, if something did.

    `asked`: the last call was one that publishes, and not an upload.
    """

    armed: Armed
    receipts: tuple[Receipt, ...] = ()
    error: NetworkError | None = None
    permit: Permit = Permit.GO
    asked: bool = False

    @property
    def met_outage(self) -> bool:
        """The service did not work: no answer, or none that could be used. Asking to wait is not an outage."""
        outage = isinstance(self.error, TemporaryError | UnknownOutcomeError)
        return outage and not isinstance(self.error, RateLimitedError | ProcessingError | UploadGoneError)

    @property
    def unmade(self) -> int:
        """How many of its messages the network was not asked to take."""
        return len(self.armed.parts) - len(self.receipts) - (self.error is not None and self.asked)

    @property
    def ends_batch(self) -> bool:
        """The account has to wait, or is closed: nothing else of the channel goes there now."""
        return isinstance(self.error, RateLimitedError | AuthError)

    @property
    def receipt(self) -> Receipt | None:
        """The proof that all of it is out: the first part's."""
        return self.receipts[0] if len(self.receipts) == len(self.armed.parts) else None


class StoppedError(Exception):
    """The ledger said no before a call."""

    def __init__(self, permit: Permit) -> None:
        super().__init__(permit.value)
        self.permit = permit


def send(armed: Armed, log: Log) -> Outcome:
    """Send every part that is not out, asking before each call. Anything unforeseen counts as "may be out"."""
    receipts, asked = list(armed.parts_out), False
    try:
        for place in range(len(receipts), len(armed.parts)):
            asked = False
            part = _with_media(armed, continuing(armed.parts[place], receipts), log)
            _ask(log)
            asked = True
            receipts.append(_send_part(armed, part))
            if len(armed.parts) > 1 and not _noted(log, place, receipts[-1]):
                break  # its receipt is written down when the batch is settled, before the row waits again
    except StoppedError as stopped:
        return Outcome(armed, tuple(receipts), permit=stopped.permit)
    except NetworkError as error:
        if isinstance(error, UploadGoneError):
            _forget_uploads(log)
        return Outcome(armed, tuple(receipts), error, asked=asked)
    permit = Permit.GO if len(receipts) == len(armed.parts) else Permit.HELD
    return Outcome(armed, tuple(receipts), permit=permit, asked=asked)


def _noted(log: Log, place: int, receipt: Receipt) -> bool:
    try:
        log.part_out(place, receipt)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("the ledger could not be told of a part that is out (%s)", error)
        return False
    return True


def _send_part(armed: Armed, part: Outgoing) -> Receipt:
    try:
        return armed.network.send(armed.account, part)
    except NetworkError:
        raise
    except Exception as error:
        logger.exception("delivery %s: the network module failed", armed.delivery_id)
        raise UnknownOutcomeError(f"The network's module failed ({type(error).__name__}).") from error


def _with_media(armed: Armed, part: Outgoing, log: Log) -> Outgoing:
    """The part with its pictures as the network wants them: uploaded first and remembered, or their bytes."""
    media = tuple(_given(armed, attachment, log) for attachment in part.attachments)
    image = part.card.image if part.card else None
    return replace(part, media=media, card_media=_given(armed, image, log) if image else None)


def _given(armed: Armed, attachment: Attachment, log: Log) -> str | bytes:
    return _uploaded(armed, attachment, log) if armed.network.capabilities.uploads else _read(attachment)


def _uploaded(armed: Armed, attachment: Attachment, log: Log) -> str:
    # One picture with two descriptions is two uploads.
    key = hashlib.sha256(f"{attachment.sha256} {attachment.alt_text}".encode()).hexdigest()
    try:
        known = log.upload(key)
    except (DatabaseError, InterfaceError) as error:
        raise StoppedError(Permit.HELD) from error
    if known is not None:
        _ask(log)
        _require_ready(armed, attachment, known, log)
        return known
    content = _read(attachment)
    _ask(log)
    upload = _while_uploading(armed, lambda: armed.network.upload(armed.account, attachment, content))
    try:
        log.uploaded(key, upload)
    except (DatabaseError, InterfaceError) as error:
        raise StoppedError(Permit.HELD) from error
    if upload.processing:
        _require_ready(armed, attachment, upload.remote_id, log)
    return upload.remote_id


def _require_ready(armed: Armed, attachment: Attachment, remote_id: str, log: Log) -> None:
    """Put the post off while its picture or video is being processed; the upload is remembered meanwhile."""
    try:
        wait = _while_uploading(armed, lambda: armed.network.upload_wait(armed.account, attachment, remote_id))
    except RefusedError:
        _forget_uploads(log)
        raise
    if wait is not None:
        raise ProcessingError(_("The network is still processing its picture or video."), wait)


def _forget_uploads(log: Log) -> None:
    try:
        log.forget_uploads()
    except (DatabaseError, InterfaceError) as error:
        logger.warning("the ledger could not be told of an upload that is gone (%s)", error)


def _while_uploading(armed: Armed, call: Callable[[], Answer]) -> Answer:
    """Make a call of which nothing is public: whether it arrived is no question, it is simply made again."""
    try:
        return call()
    except UnknownOutcomeError as error:
        raise TemporaryError(error.words) from error
    except NetworkError:
        raise
    except Exception as error:
        logger.exception("delivery %s: the network module failed while uploading", armed.delivery_id)
        raise TemporaryError(f"The network's module failed ({type(error).__name__}).") from error


def _read(attachment: Attachment) -> bytes:
    """The picture's bytes, if they are still those that were approved."""
    try:
        with default_storage.open(attachment.location) as stream:
            content: bytes = stream.read()
    except OSError as error:
        raise RefusedError(_("A picture's file cannot be read. Upload it again, or remove it.")) from error
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise RefusedError(_("A picture's file is no longer the one that was approved."))
    return content


def _ask(log: Log) -> None:
    try:
        permit = log.permit()
    except (DatabaseError, InterfaceError) as error:
        logger.warning("the ledger could not be asked before a call (%s); the call is not made", error)
        raise StoppedError(Permit.HELD) from error
    if permit is not Permit.GO:
        raise StoppedError(permit)
