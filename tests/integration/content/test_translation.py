"""Pages go through wagtail-localize: prose is offered for translation, facts are not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from content.pages import CampaignPage, ProjectPage

pytestmark = pytest.mark.usefixtures("starting_content")


def translate(page: Any, language: str, words: dict[str, str]) -> Any:
    """Translate the strings given, as an editor does on the translation screen, and publish."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    locale = Locale.objects.get(language_code=language)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        if (found := words.get(segment.string.data)) is not None:
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=found,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target(publish=True)
    return translation.get_target_instance()


def test_a_project_page_is_translated_and_keeps_its_facts(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page = ProjectPage.objects.get(slug="fait")
    parent = page.get_parent().specific
    words = {"Run an awareness campaign against smuggling on social media.": "O campanie."}
    for ancestor in (parent.get_parent().specific, parent, page):
        with django_capture_on_commit_callbacks(execute=True):  # wagtail-localize publishes after the commit
            target = translate(ancestor, "ro", words)
    assert (target.locale.language_code, target.project) == ("ro", page.project)
    response = Client().get(target.url)
    assert response.status_code == 200
    html = response.content.decode()
    assert "O campanie." in html
    assert '<html lang="ro">' in html
    assert "Grecia" in html


@pytest.mark.parametrize("model", [ProjectPage, CampaignPage])
def test_facts_are_not_offered_for_translation(model: Any) -> None:
    source, _created = TranslationSource.update_or_create_from_instance(model.objects.first())
    paths = set(source.stringsegment_set.values_list("context__path", flat=True))
    overridable = set(source.overridablesegment_set.values_list("context__path", flat=True))
    assert "title" in paths
    assert any(path.startswith("body.") for path in paths)
    assert not {"project", "campaign"} & (paths | overridable)
