"""Builds what `world` poisons: the starting content, every block, and one of everything of the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Page

from content.pages import HomePage, NewsIndexPage
from content.starter import load_starting_content
from social_publisher.models import Post
from tests.factories import approve_unseen, make_channel, make_editor, make_post
from tests.integration.desk import test_permissions
from tests.integration.hostile.world import hostile, poison
from tests.specimen import make_specimen
from tests.support import samples
from tests.support.public import add_resource


def build(patch: pytest.MonkeyPatch) -> tuple[dict[str, Any], dict[str, str]]:
    """Everything, hostile; returns what addresses name, by its kind, and the fields that the database kept clean."""
    load_starting_content()
    add_resource()
    home = HomePage.objects.get(locale__language_code="en")
    make_specimen(home=home)
    default_storage.save("videos/a.mp4", ContentFile(samples.mp4()))
    patch.setattr(test_permissions, "make_home", lambda: NewsIndexPage.objects.get(locale__language_code="en"))
    things = test_permissions.things()
    refused = poison()
    _revise()
    return things | _hostile_from_birth(), refused


def _revise() -> None:
    """Screens of editing show the last version, not the row."""
    for page in Page.objects.filter(depth__gt=1).specific():
        page.save_revision(clean=False)
    for post in Post.objects.all():
        post.save_revision(clean=False)


def _hostile_from_birth() -> dict[str, Any]:
    """What is worded when it is made, out of texts that are hostile by then."""
    author = make_editor()
    names = {"first_name": hostile("first name", 100), "last_name": hostile("last name", 100)}
    author.__class__.objects.filter(pk=author.pk).update(**names)
    author.refresh_from_db()
    channel, warning = make_channel(name=hostile("channel", 100)), hostile("warning", 150)
    post = make_post([channel], author=author, text=hostile("post"), content_warning=warning)
    approve_unseen(post)
    return {"approved": post.pk}
