"""A small site for tests: a home page, a list of news, found at this installation's address."""

from __future__ import annotations

import itertools
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale, Page, Site

from content.pages import HomePage, NewsIndexPage, NewsPage
from social_publisher.messages.sighting import Answer
from tests.factories import make_user

_number = itertools.count(1)


def make_home() -> NewsIndexPage:
    """The list of news under a new home page."""
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="start"))
    address = urlsplit(settings.PUBLIC_BASE_URL)
    site = Site.objects.get(is_default_site=True)
    site.root_page, site.hostname, site.port = home, str(address.hostname), address.port or 80
    site.save()
    news: NewsIndexPage = home.add_child(instance=NewsIndexPage(title="News", slug="news", show_in_menus=True))
    return news


def make_news(parent: Any = None, *, user: Any = None, live: bool = True, **fields: Any) -> NewsPage:
    """A piece of news with its first revision; live unless told otherwise."""
    values = {
        "title": "A new route is closed",
        "slug": f"news-{next(_number)}",
        "summary": "Officers of three states worked together. The route is closed.",
        **fields,
    }
    page = (parent or make_home()).add_child(instance=NewsPage(live=False, **values))
    revision = page.save_revision(user=user)
    if live:
        revision.publish()
    return NewsPage.objects.get(pk=page.pk)


def translated(page: NewsPage, language: str, **fields: Any) -> NewsPage:
    """The page in another language, live, with its ancestors."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    if not page.get_parent().specific.has_translation(locale):
        for ancestor in (page.get_parent().get_parent().specific, page.get_parent().specific):
            ancestor.copy_for_translation(locale, alias=False).save_revision().publish()
    copy = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return NewsPage.objects.get(pk=copy.pk)


def page_editor(*, approves: bool = False) -> Any:
    """Somebody who writes posts and edits pages, or approves both."""
    user = make_user("Approvers" if approves else "Editors of posts")
    user.groups.add(Group.objects.get(name="Moderators" if approves else "Editors"))
    return user


def as_reader(url: str) -> Answer:
    """Get an address of this site as a stranger does, without a server."""
    parts = urlsplit(url)
    response = Client(SERVER_NAME=parts.hostname, SERVER_PORT=str(parts.port or 80)).get(parts.path)
    return Answer(response.status_code, response.headers.get("Content-Type", ""), response.content.decode())
