"""Texts that anybody may write and that broke a page, a feed, a screen or a record."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from content.blocks.text import FEATURES, ParagraphBlock
from content.pages import Byline, StandardPage
from content.records import Author
from tests.factories import approve_unseen, make_editor, make_post
from tests.integration.hostile.asking import asked
from tests.integration.hostile.looking import faults
from tests.pages import make_home, make_news

pytestmark = pytest.mark.django_db
CONTROL = "Ana\x01 hx9\x1b"


def with_link(kind: str, **data: Any) -> str:
    """A formatted text with one link, as the editor's script sends it."""
    block = {"key": "a", "text": "A guide", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    block["entityRanges"] = [{"key": 0, "offset": 0, "length": 7}]
    entity = {"type": kind, "mutability": "MUTABLE", "data": data}
    return str(
        ContentstateConverter(FEATURES).to_database_format(json.dumps({"blocks": [block], "entityMap": {"0": entity}}))
    )


@pytest.mark.parametrize("kind", ["LINK", "DOCUMENT"])
@pytest.mark.parametrize("pk", ["hx9", '1"onclick="hx9()'])
def test_a_link_to_no_number_is_refused_or_no_link(kind: str, pk: str) -> None:
    text = with_link(kind, id=pk, url="/x", filename="x", parentId=1)
    block = ParagraphBlock()
    try:
        value = block.clean(block.to_python(text))
    except ValidationError:
        return
    home = make_home().get_parent()
    page = home.add_child(instance=StandardPage(title="hx9", slug="hx9", live=False))
    page.body = [("paragraph", value)]
    page.save_revision(clean=False).publish()
    answer, broken = asked(lambda: Client(raise_request_exception=False).get(page.url))
    assert (answer.status_code, broken) == (200, "")


def test_an_authors_name_breaks_no_feed() -> None:
    news = make_news()
    author = Author(name=CONTROL, slug="ana")
    author.full_clean()
    author.save()
    news.bylines.add(Byline(author=author))
    news.save_revision().publish()
    answer, broken = asked(lambda: Client(raise_request_exception=False).get("/feeds/news.atom"))
    assert (answer.status_code, broken) == (200, "")
    assert faults(answer) == []


def test_a_long_name_keeps_nobody_from_working() -> None:
    person = make_editor()
    person.first_name, person.last_name = "A" * 150, "B" * 150
    person.full_clean(exclude=["password"])
    person.save()
    assert approve_unseen(make_post(author=person)).author_name
