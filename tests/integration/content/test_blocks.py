"""Blocks as a reader gets them, and as an editor chooses, fills and translates them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments import StringSegmentValue

from content.blocks import BodyBlock
from content.blocks.table import DataTableBlock
from content.pages import StandardPage
from media.models import CampaignImage, CampaignVideo
from media.renditions import make_renditions
from tests.factories import make_user
from tests.specimen import VTT, blocks, make_specimen, make_video, table

pytestmark = pytest.mark.django_db


def queries(page: Page) -> tuple[int, str]:
    """How many queries a stranger's view of a page takes, and its HTML. Pictures have their sizes before."""
    for image in CampaignImage.objects.filter(sizes={}):
        make_renditions(image)
    client = Client()
    client.get(page.url)
    with CaptureQueriesContext(connection) as found:
        response = client.get(page.url)
    assert response.status_code == 200
    return len(found), response.content.decode()


def test_every_block_is_shown_without_a_query_an_item() -> None:
    """Texts, pictures, documents, partners, pages: many cost what one costs."""
    few = make_specimen(1)
    html = queries(few)[1]
    for words in [
        "<h2>What changes at the border</h2>",
        "<h3>At the green border</h3>",
        'lang="hr"',
        "Goods without papers",
        '<track kind="captions"',
        "An officer says good morning.",
        "12 tonnes",
        "March 2025",
        "1,200",
        "15,000",
        'scope="row">2023<',
        "Where the officers work",
        'hreflang="ro"',
        "Partner 0",
        "The video is on another site, video.example.",
    ]:
        assert words in html, words
    assert "style=" not in html
    assert not re.search(r"<script(?! type=.application/ld.json)", html)
    assert not re.search(r'(?:src|srcset|poster)="https?://', html), "nothing is loaded from elsewhere"
    assert html.index("The work began") < html.index("The route was closed")
    once = queries(few)[0]
    home = few.get_parent()
    many = home.add_child(instance=StandardPage(title="Many", slug="many", live=False))
    many.body = blocks(home, 3)
    many.save_revision(clean=False).publish()
    assert queries(many)[0] == once
    assert once <= 19, "every kind of record is asked for once; a usual page has two or three of them"


def test_links_to_pages_lead_to_the_readers_language_and_never_to_a_draft() -> None:
    page = make_specimen()
    home, greek = page.get_parent().specific, Locale.objects.get_or_create(language_code="el")[0]
    for original in (home, page):
        original.copy_for_translation(greek, copy_parents=True).save_revision().publish()
    copy = page.get_translation(greek)
    html = queries(copy)[1]
    assert html.count(f'href="{home.get_translation(greek).url}"') >= 4
    draft = home.add_child(instance=StandardPage(title="Not yet", slug="draft", live=False))
    page.body = [
        {"type": "paragraph", "value": f'<p><a linktype="page" id="{draft.pk}">A page to come</a></p>'},
        {"type": "related", "value": {"pages": [draft.pk]}},
    ]
    page.save_revision().publish()
    html = queries(page)[1]
    assert "A page to come" in html
    assert draft.url not in html
    assert "Not yet" not in html


def test_every_block_has_a_preview_with_the_sites_own_looks() -> None:
    client = Client()
    client.force_login(make_user(superuser=True))
    for name, block in BodyBlock().child_blocks.items():
        assert block.is_previewable, name
        assert block.meta.icon != "placeholder", name
        assert block.get_description(), name
    field = StandardPage._meta.get_field("body")
    for name, block in field.stream_block.child_blocks.items():
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200, name
        html = response.content.decode()
        assert "site.css" in html
        assert 'class="prose"' in html
        assert len(re.sub(r"<head.*?</head>|<[^>]+>|\s+", "", html, flags=re.DOTALL)) > 10, f"{name} shows nothing"


class TestVideos:
    def test_a_video_is_sent_only_when_a_published_page_shows_it(self, settings: Any) -> None:
        page = make_specimen()
        pk = page.body.raw_data[[part["type"] for part in page.body.raw_data].index("video")]["value"]["video"]
        hidden = make_video(en=VTT)
        for found, status in ((CampaignVideo.objects.get(pk=pk), 200), (hidden, 404)):
            captions = found.captions.get()
            response = Client().get(reverse("library-captions", args=[captions.pk]))
            assert response.status_code == status
            if status == 200:
                content = b"".join(response)
                assert b"Good morning." in content
                assert b"NOTE" not in content
                assert response["Content-Type"].startswith("text/vtt")
        draft = StandardPage.objects.get(pk=page.pk)
        draft.body = [{"type": "paragraph", "value": "<p>No video any more.</p>"}]
        draft.save_revision(clean=False)
        response = Client().get(reverse("library-captions", args=[CampaignVideo.objects.get(pk=pk).captions.get().pk]))
        assert response.status_code == 200, "a draft changes nothing for readers"
        response.close()

    def test_staff_see_videos_before_they_are_public(self) -> None:
        client = Client()
        client.force_login(make_user(superuser=True))
        response = client.get(reverse("library-captions", args=[make_video(en=VTT).captions.get().pk]))
        assert response.status_code == 200
        response.close()


def test_tables_are_translated_word_by_word_and_keep_their_numbers() -> None:
    block = DataTableBlock()
    value = block.to_python(table(1))
    segments = block.get_translatable_segments(value)
    assert [segment.string.data for segment in segments] == [
        "Checks at the border",
        "Year",
        "Cars",
        "2023",
        "2024",
        "2025",
    ]
    translated = [
        StringSegmentValue(segment.path, segment.string.data.replace("Cars", "Автомобили")) for segment in segments
    ]
    restored = block.restore_translated_segments(value, translated)
    assert [column["heading"] for column in restored.columns] == ["Year", "Автомобили"]
    assert [row["values"][1] for row in restored.row_data] == [1200, 1800, 15000]


def test_every_block_can_be_translated_and_seen_on_the_translation_screen() -> None:
    page = make_specimen()
    source, _created = TranslationSource.update_or_create_from_instance(page)
    found = {segment.string.data for segment in source.stringsegment_set.select_related("string")}
    for words in [
        "Checks at the border",
        "Lorries",
        "12 tonnes",
        "Where the officers work",
        "The work began",
        "A talk about borders",
        "Who may ask?",
        "An officer says good morning.",
        "A field of one colour.",
    ]:
        assert words in found, words
    client = Client()
    client.force_login(make_user(superuser=True))
    locale = Locale.objects.get_or_create(language_code="ro")[0]
    response = client.post(
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        {"locales": [locale.pk], "include_subtree": "", "publish_translations": ""},
        follow=True,
    )
    assert response.status_code == 200
    copy = page.get_translation(locale)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk]))
    assert response.status_code == 200
    assert "Checks at the border" in response.content.decode()
