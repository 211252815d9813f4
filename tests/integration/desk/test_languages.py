"""Content languages on the desk: translating, taking the page's own text, checking a machine's, what is missing."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from social_publisher.approval import service
from social_publisher.approval.errors import ApprovalError, ChangedError, NotSendableError, OwnWorkError
from social_publisher.approval.package import build_package
from social_publisher.approval.translations import clear_machine_mark
from social_publisher.desk.announcing import is_machine_made
from social_publisher.desk.translating import apply_pull, missing_languages, pull_from_page, translate
from social_publisher.models import Approval, AuditEvent, Channel, Delivery, Post, PostImage, Variant
from tests.factories import (
    approve,
    digest_of,
    make_approver,
    make_campaign,
    make_channel,
    make_editor,
    make_image,
    make_post,
    make_user,
)
from tests.pages import make_news, translated

pytestmark = pytest.mark.django_db
INDEX = "social_translations:index"


@pytest.fixture
def campaign() -> Any:
    campaign = make_campaign()
    campaign.channels.set([make_channel("x"), make_channel("x", language="ro"), make_channel("bluesky", language="el")])
    return campaign


def channel(campaign: Any, language: str) -> Channel:
    found: Channel = campaign.channels.get(language=language)
    return found


def source(campaign: Any, **fields: Any) -> Post:
    return make_post([channel(campaign, "en")], campaign=campaign, **fields)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def codes(post: Post) -> set[str]:
    return {fault.code for fault in build_package(post.current()).faults}


def finish(post: Post, user: Any) -> Post:
    """Translate every text, as a person does in the composer."""
    content = post.current()
    content.text = "Întreabă de unde vine."
    images = list(content.images.all())
    for item in images:
        item.alt_text = "Un câmp întunecat"
    content.images = images
    content.save_revision(user=user)
    return Post.objects.get(pk=post.pk)


def test_a_translation_is_a_marked_copy_for_the_channels_of_its_language(campaign: Any) -> None:
    post, editor = source(campaign, image=make_image(), content_warning="Violence"), make_editor()
    Variant.objects.update(offset_minutes=30)
    Post.objects.get().save_revision(user=editor)
    made = translate(post, "ro", editor)
    variant = made.variants.get()
    assert (variant.channel, variant.offset_minutes) == (channel(campaign, "ro"), 30)
    assert (made.translation_key, made.language, made.due_at) == (post.translation_key, "ro", post.current().due_at)
    assert (made.author, made.launch, made.series) == (editor, None, None)
    assert made.text == "[en→ro] Ask where it comes from."
    assert made.images.get().alt_text == "[en→ro] A dark field"
    assert made.content_warning == "[en→ro] Violence"
    assert AuditEvent.objects.filter(action="post.translated", actor=editor).exists()


def test_nothing_untranslated_leaves_unnoticed(campaign: Any) -> None:
    editor = make_editor()
    made = translate(source(campaign, image=make_image()), "ro", editor)
    assert codes(made) == {"untranslated", "untranslated-description"}
    with pytest.raises(NotSendableError, match="not translated yet"):
        service.submit(made, editor)
    content = made.current()
    content.text = "Întreabă de unde vine."
    content.save_revision(user=editor)
    assert codes(Post.objects.get(pk=made.pk)) == {"untranslated-description"}
    approve(finish(made, editor))
    assert Delivery.objects.get().channel == channel(campaign, "ro")


def test_the_link_leads_to_the_pages_translation_if_readers_can_open_it(campaign: Any) -> None:
    page = make_news()
    romanian = translated(page, "ro", title="O rută nouă este închisă")
    post = source(campaign, link_page=page.page_ptr, link_url="")
    assert translate(post, "ro", make_editor()).link_page_id == romanian.pk
    assert translate(post, "el", make_editor()).link_page_id == page.pk


def test_a_language_has_one_translation(campaign: Any) -> None:
    post = source(campaign)
    made = translate(post, "ro", make_editor())
    with pytest.raises(ApprovalError, match="already"):
        translate(post, "ro", make_editor())
    with pytest.raises(ApprovalError, match="No channel"):
        translate(post, "bg", make_editor())
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=made.pk).update(language="en")
    made.language = "en"
    with pytest.raises(ValidationError, match="already"):
        made.full_clean()


def test_a_machines_translation_never_leaves_before_a_person_has_checked_it(campaign: Any) -> None:
    editor, reader = make_editor(), make_approver()
    made = finish(translate(source(campaign), "ro", editor, from_machine=True), editor)
    assert codes(made) == {"from-machine"}
    with pytest.raises(NotSendableError, match="nobody has checked"):
        service.submit(made, editor)
    with pytest.raises(ChangedError):
        clear_machine_mark(made, reader, 0)
    clear_machine_mark(made, reader, made.latest_revision_id)
    made = Post.objects.get(pk=made.pk)
    assert (codes(made), made.last_editor) == (set(), reader)
    assert AuditEvent.objects.get(action="translation.checked").actor == reader
    assert not Post.objects.get(pk=made.pk).from_machine, "lists read the row"
    service.submit(made, editor)
    with pytest.raises(OwnWorkError):
        service.approve(Post.objects.get(pk=made.pk), reader, digest_of(made))
    assert service.approve(Post.objects.get(pk=made.pk), make_approver(), digest_of(made))
    with pytest.raises(ApprovalError, match="not marked"):
        clear_machine_mark(made, reader, Post.objects.get(pk=made.pk).latest_revision_id)


def test_no_other_path_takes_the_mark_off(campaign: Any) -> None:
    editor = make_editor()
    made = finish(translate(source(campaign), "ro", editor, from_machine=True), editor)
    first = made.revisions.order_by("pk").first().as_object()
    for content in (made.current(), first, Post.objects.get(pk=made.pk)):
        content.from_machine = False
        content.save_revision(user=editor)
        assert Post.objects.get(pk=made.pk).current().from_machine
    Post.objects.filter(pk=made.pk).update(from_machine=False)
    assert codes(Post.objects.get(pk=made.pk)) >= {"from-machine"}


def test_marking_an_approved_post_as_a_machines_stops_it(
    campaign: Any, django_capture_on_commit_callbacks: Any
) -> None:
    post = source(campaign)
    approve(post)
    content = Post.objects.get(pk=post.pk).current()
    content.from_machine = True
    with django_capture_on_commit_callbacks(execute=True):
        content.save_revision(user=make_editor())
    assert not Approval.objects.get().stands
    assert Delivery.objects.get().state == "cancelled"


def test_the_pages_own_translation_is_shown_before_it_overwrites(campaign: Any) -> None:
    page = make_news(image=make_image(), image_alt="A road at night")
    translated(page, "ro", title="O rută este închisă", summary="Trei state au lucrat.", image_alt="Un drum noaptea")
    post = source(campaign, link_page=page.page_ptr, link_url="", image=None)
    PostImage.objects.create(post=post, image=page.image, alt_text="A road at night")
    post.save_revision(user=post.author)
    made = translate(post, "ro", make_editor())
    editor = make_editor()
    client, address = signed_in(editor), reverse("social_translations:pull", args=[made.pk])
    html = client.get(address).content.decode()
    assert "O rută este închisă" in html
    assert "[en→ro] Ask where it comes from." in html
    assert Post.objects.get(pk=made.pk).latest_revision_id == made.latest_revision_id
    client.post(address, {"seen": made.latest_revision_id})
    content = Post.objects.get(pk=made.pk).current()
    assert content.text == "O rută este închisă\n\nTrei state au lucrat."
    assert content.images.get().alt_text == "Un drum noaptea"
    assert (content.last_editor, content.from_machine) == (editor, False)
    with pytest.raises(ChangedError):
        apply_pull(made, editor, made.latest_revision_id)


def test_a_page_nobody_can_open_gives_no_text(campaign: Any) -> None:
    page = make_news(live=False)
    made = translate(source(campaign, link_page=page.page_ptr, link_url=""), "ro", make_editor())
    assert pull_from_page(made) is None
    with pytest.raises(ApprovalError, match="not published"):
        apply_pull(made, make_editor(), made.latest_revision_id)


def test_a_page_a_machine_translated_marks_the_post(campaign: Any) -> None:
    page = make_news()
    romanian = translated(page, "ro", title="O rută este închisă")
    locale = Locale.objects.get(language_code="ro")
    sources, _created = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.create(source=sources, target_locale=locale)
    segment = StringSegment.objects.get(source=sources, context__path="title")
    made_by = {"translation_of": segment.string, "locale": locale, "context": segment.context, "data": "O rută"}
    string = StringTranslation.objects.create(**made_by, translation_type="machine")
    assert is_machine_made(romanian)
    made = translate(source(campaign, link_page=page.page_ptr, link_url=""), "ro", make_editor())
    apply_pull(made, make_editor(), made.latest_revision_id)
    assert "from-machine" in codes(Post.objects.get(pk=made.pk))
    string.translation_type = "manual"
    string.save()
    assert not is_machine_made(romanian)


def test_a_channel_of_another_language_is_advised_against(campaign: Any) -> None:
    post = make_post([channel(campaign, "en"), channel(campaign, "el")], campaign=campaign)
    address = reverse("wagtailsnippets_social_publisher_post:edit", args=[post.pk])
    html = signed_in(make_editor()).get(address).content.decode()
    assert html.count("The readers of this channel expect Greek.") == 1
    assert "The readers of this channel expect English." not in html


def test_the_composer_says_what_is_missing(campaign: Any) -> None:
    post = source(campaign)
    translate(post, "ro", make_editor())
    assert missing_languages(post) == ["el"]
    html = (
        signed_in(make_editor())
        .get(reverse("wagtailsnippets_social_publisher_post:edit", args=[post.pk]))
        .content.decode()
    )
    assert f'{reverse("social_translations:translate", args=[post.pk])}?language=el">Greek</a>' in html


def test_the_overview_shows_states_and_gaps(campaign: Any) -> None:
    campaign.channels.add(make_channel("facebook", name="Facebook in Romanian", language="ro"))
    post = make_post([channel(campaign, "en")], campaign=campaign)
    made = translate(post, "ro", make_editor(), from_machine=True)
    made.variants.filter(channel__rehearses="facebook").delete()
    html = signed_in(make_editor()).get(f"{reverse(INDEX)}?campaign={campaign.pk}").content.decode()
    assert "Machine, unchecked" in html
    assert "Not on: Facebook in Romanian" in " ".join(html.split())
    assert f"{reverse('social_translations:translate', args=[post.pk])}?language=el" in html


def test_a_language_that_no_channel_has_gets_a_column_of_its_own(campaign: Any) -> None:
    make_post([channel(campaign, "en")], campaign=campaign, language="hu")
    make_post([channel(campaign, "en")], campaign=campaign)
    shown = signed_in(make_editor()).get(f"{reverse(INDEX)}?campaign={campaign.pk}").context
    codes_shown = [code for code, _name in shown["languages"]]
    assert "hu" in codes_shown
    assert all([cell.language for cell in row.cells] == codes_shown for row in shown["rows"])


def test_the_overview_is_flat_and_bounded(campaign: Any, django_assert_max_num_queries: Any) -> None:
    first = source(campaign)
    translate(first, "ro", make_editor())
    rows = [
        Post(campaign=campaign, text=f"Post {n}", translation_key=key, language=language, live=False)
        for n in range(30)
        for key in [uuid.uuid4()]
        for language in ("en", "ro")
    ]
    Post.objects.bulk_create(rows)
    client = signed_in(make_user(superuser=True))
    address = f"{reverse(INDEX)}?campaign={campaign.pk}"
    client.get(address)
    with django_assert_max_num_queries(30):
        html = client.get(address).content.decode()
    assert html.count('<th role="rowheader"') == 25
    assert client.get(f"{address}&p=2").content.decode().count('<th role="rowheader"') == 6


def test_a_draft_without_channels_takes_the_whole_text_of_its_page(campaign: Any) -> None:
    page = make_news()
    translated(page, "ro", title="O rută este închisă", summary="Trei state au lucrat.")
    made = translate(source(campaign, link_page=page.page_ptr, link_url=""), "ro", make_editor())
    content = Post.objects.get(pk=made.pk).current()
    content.variants = []
    content.save_revision(user=made.author, clean=False)
    pull = pull_from_page(Post.objects.get(pk=made.pk))
    assert pull is not None
    assert pull.texts.shared == "O rută este închisă\n\nTrei state au lucrat."


def pull(post: Post, user: Any) -> Post:
    apply_pull(post, user, Post.objects.get(pk=post.pk).latest_revision_id)
    return Post.objects.get(pk=post.pk)


def test_a_second_pull_takes_the_pages_new_words_for_every_channel_and_leaves_what_people_wrote(campaign: Any) -> None:
    campaign.channels.add(make_channel("mastodon", language="ro"), make_channel("bluesky", language="ro"))
    page = make_news()
    romanian = translated(page, "ro", title="O rută este închisă", summary="Trei state au lucrat. " * 20)
    made = pull(translate(source(campaign, link_page=page.page_ptr, link_url=""), "ro", make_editor()), make_editor())
    own = {variant.channel.source: variant.text for variant in made.current().variants.all()}
    assert own["mastodon"] == ""
    assert own["x"]
    assert own["bluesky"]
    content = made.current()
    variants = list(content.variants.all())
    for variant in variants:
        # As a browser sends it back.
        variant.text = "Scris de cineva." if variant.channel.source == "x" else variant.text.replace("\n", "\r\n")
    content.variants = variants
    content.save_revision(user=made.author, clean=False)
    romanian.summary = "Patru state au lucrat. " * 20
    romanian.save_revision().publish()
    html = signed_in(made.author).get(reverse("social_translations:pull", args=[made.pk])).content.decode()
    names = {variant.channel.source: variant.channel.name for variant in variants}
    assert f"Shorter on:</strong> {names['bluesky']}</p>" in html
    assert f"which somebody wrote:</strong> {names['x']}</p>" in html
    again = {variant.channel.source: variant.text for variant in pull(made, make_editor()).current().variants.all()}
    assert again["x"] == "Scris de cineva."
    assert "Patru state" in again["bluesky"]


def test_a_pull_takes_an_approval_back(campaign: Any, django_capture_on_commit_callbacks: Any) -> None:
    page = make_news()
    translated(page, "ro", title="O rută este închisă", summary="Trei state au lucrat.")
    made = finish(translate(source(campaign, link_page=page.page_ptr, link_url=""), "ro", make_editor()), make_editor())
    approve(made, make_approver())
    assert Delivery.objects.filter(post=made).exists()
    with django_capture_on_commit_callbacks(execute=True):
        pull(made, make_editor())
    assert not Approval.objects.filter(post=made, voided_at=None).exists()
    assert set(Delivery.objects.filter(post=made).values_list("state", flat=True)) <= {"cancelled"}
