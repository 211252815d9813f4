"""What a table names (campaigns, channels, pictures, pages), read together once for all rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from media.models import CampaignImage, CampaignVideo
from social_publisher.models import Channel, Correction


class UnknownNameError(Exception):
    """Nothing, or more than one thing, has this name. The message is for staff."""


class Names:
    """Things by their number and by what else they are called."""

    def __init__(self, none: Any, many: Any) -> None:
        self._none, self._many = none, many
        self._found: dict[str, set[int]] = {}
        self._numbers: dict[str, int] = {}

    def add(self, pk: int, name: str) -> None:
        """Let this name mean it."""
        self._found.setdefault(name.strip().casefold(), set()).add(pk)

    def number(self, pk: int) -> None:
        """Let its number mean it, whatever else is called so."""
        self._numbers[str(pk)] = pk

    def pk(self, name: str) -> int:
        """What the name means. Raises UnknownNameError."""
        if name.strip() in self._numbers:
            return self._numbers[name.strip()]
        found = self._found.get(name.strip().casefold(), set())
        if len(found) == 1:
            return next(iter(found))
        raise UnknownNameError((self._many if found else self._none) % {"name": name})


def channels() -> Names:
    """Every channel by its name; names are unique but for capitals."""
    names = Names(
        _("There is no channel “%(name)s”. The template lists them."),
        _("Several channels are called “%(name)s”. Rename one."),
    )
    for pk, name in Channel.objects.values_list("pk", "name"):
        names.add(pk, name)
    return names


def images(wanted: Collection[str]) -> Names:
    """Pictures of the library by number, title and file name, of those that are wanted."""
    names = Names(
        _("There is no picture “%(name)s” in the library. Upload it first, or write its number."),
        _("Several pictures are called “%(name)s”. Write its number instead."),
    )
    _add(names, CampaignImage.objects.all(), "original_images", wanted)
    return names


def videos(wanted: Collection[str]) -> Names:
    """Videos of the library by number, title and file name, of those that are wanted."""
    names = Names(
        _("There is no video “%(name)s” in the library. Upload it first, or write its number."),
        _("Several videos are called “%(name)s”. Write its number instead."),
    )
    _add(names, CampaignVideo.objects.all(), "videos", wanted)
    return names


def _add(names: Names, rows: Any, folder: str, wanted: Collection[str]) -> None:
    for pk in rows.filter(pk__in=_numbers(wanted)).values_list("pk", flat=True):
        names.number(pk)
    for pk, title in rows.filter(title__in=wanted).values_list("pk", "title"):
        names.add(pk, title)
    for pk, file in rows.filter(file__in=[f"{folder}/{name}" for name in wanted]).values_list("pk", "file"):
        names.add(pk, file.rsplit("/", 1)[-1])


def corrections(wanted: Collection[str]) -> Names:
    """Corrections by number and name, of those that are wanted."""
    names = Names(
        _("There is no correction “%(name)s”."),
        _("Several corrections are called “%(name)s”. Write its number instead."),
    )
    for pk, name in Correction.objects.filter(name__in=wanted).values_list("pk", "name"):
        names.add(pk, name)
    for pk in Correction.objects.filter(pk__in=_numbers(wanted)).values_list("pk", flat=True):
        names.number(pk)
    return names


def pages(wanted: Collection[str], request: HttpRequest) -> Names:
    """Pages by number and by path on this site, of those that are wanted."""
    names = Names(_("There is no published page at “%(name)s” on this site."), _("Several pages are at “%(name)s”."))
    for pk in Page.objects.filter(pk__in=_numbers(wanted)).values_list("pk", flat=True):
        names.number(pk)
    for path in wanted:
        if path.startswith("/") and (page := _page_at(path, request)) is not None:
            names.add(page.pk, path)
    return names


def _page_at(path: str, request: HttpRequest) -> Page | None:
    prefix = translation.get_language_from_path(path)
    inner = path.removeprefix(f"/{prefix}") if prefix else path
    fresh = HttpRequest()  # Wagtail remembers a request's page on the request
    fresh.META = request.META
    with translation.override(prefix or settings.LANGUAGE_CODE):
        found: Page | None = Page.find_for_request(fresh, inner)
    return found


def _numbers(wanted: Iterable[str]) -> list[int]:
    return [int(text) for text in wanted if text.isascii() and text.isdecimal() and len(text) < 10]
