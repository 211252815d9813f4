"""A post's pictures, video and link card as the files and words that leave."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from media.models import CampaignVideo
from media.renditions import fitted
from social_publisher.messages.render import Attachment, Card, Problem
from social_publisher.messages.rules import PictureRules

logger = logging.getLogger(__name__)


class Media:
    """A post's pictures and video as files that leave; the shared ones are fitted once for all networks of the same
    limits."""

    def __init__(self, post: Mapping[str, Any], pictures: Sequence[tuple[Any, str]], video: Any, page: Any) -> None:
        self._post, self._pictures, self._clip, self._page = post, pictures, video, page
        self.faults: list[Problem] = []
        self._fitted: dict[PictureRules, tuple[Attachment, ...]] = {}

    def own(self, image: Any, alt_text: str, rules: PictureRules) -> tuple[Attachment, ...]:
        """One channel's own picture."""
        if image is None:
            self.faults.append(Problem("own-picture", _("A channel's own picture is missing. Choose one.")))
            return ()
        return (self._picture(image, alt_text, rules),)

    def shared(self, rules: PictureRules) -> tuple[Attachment, ...]:
        """The pictures, then the video."""
        if rules not in self._fitted:
            found = [self._picture(image, alt_text, rules) for image, alt_text in self._pictures]
            if self._clip is not None:
                found.append(self._video(self._clip, self._post["video_alt"].strip()))
            self._fitted[rules] = tuple(found)
        return self._fitted[rules]

    def card(self, rules: PictureRules) -> Card:
        """What the link's card shows: the editor's words, else the page's, else the site's name."""
        row, page = self._post, self._page and self._page.specific
        title = row["link_title"] or (page.title if page else urlsplit(row["link_url"]).hostname or "")
        image = getattr(page, "image", None)
        picture = self._picture(image, getattr(page, "image_alt", ""), rules) if image else None
        return Card(title, row["link_description"] or getattr(page, "summary", ""), picture)

    def _picture(self, image: Any, alt_text: str, rules: PictureRules) -> Attachment:
        try:
            rendition = fitted(image, rules.max_side, rules.max_bytes)
            return _stored(rendition.file, "image/jpeg", alt_text.strip(), rendition.width, rendition.height)
        except (OSError, SourceImageIOError) as error:
            logger.warning("the picture %s cannot be read: %s", image.pk, error)
            self.faults.append(Problem("picture", _("A picture's file cannot be read. Upload it again, or remove it.")))
            return Attachment("", "image/jpeg", alt_text.strip(), "", 0, 0)

    def _video(self, video: CampaignVideo, alt_text: str) -> Attachment:
        try:
            return _stored(video.file, "video/mp4", alt_text, video.width, video.height, video.seconds)
        except OSError as error:
            logger.warning("the video %s cannot be read: %s", video.pk, error)
            self.faults.append(Problem("video", _("The video's file cannot be read. Upload it again, or remove it.")))
            return Attachment("", "video/mp4", alt_text, "", 0, 0)


def canonical(attachment: Attachment) -> dict[str, Any]:
    """What of an attachment is seen; its bytes are told by their digest."""
    return {
        "alt_text": attachment.alt_text,
        "content_type": attachment.content_type,
        "height": attachment.height,
        "sha256": attachment.sha256,
        "width": attachment.width,
    }


def _stored(file: Any, content_type: str, alt_text: str, width: int, height: int, seconds: float = 0.0) -> Attachment:
    digest = file_digest(file.name)
    return Attachment(file.name, content_type, alt_text, digest, width, height, file.size, seconds)


def file_digest(name: str) -> str:
    """Return the SHA-256 of a stored file's bytes; read again whenever the file's size or time changed."""
    path = Path(default_storage.path(name))
    stat = path.stat()
    return _digest_of(path, stat.st_size, stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=1024)
def _digest_of(path: Path, size: int, modified: int, inode: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
