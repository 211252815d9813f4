"""How to report, the contact form, the statements, and what is said about languages."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from content.contact import tokens
from content.contact.mail import mail_due
from content.contact.models import ContactMessage, ContactSalt, ContactSender
from content.contact.store import forget
from content.pages import AccessibilityPage, ContactPage, HomePage, ReportPage, TranslationGap
from content.pages.passages import plain
from content.records import Country, Hotline, HotlineText
from content.starter import load
from tests.support.queries import queries


class SitePages(TestCase):
    """The home and the service pages of the starting content, loaded once."""

    home: HomePage
    user: Any

    @classmethod
    def setUpTestData(cls) -> None:
        load._locales()
        load._countries()
        cls.home = load._home()
        load._standard(cls.home)
        cls.user = get_user_model().objects.create_superuser("checker", "checker@example.org", "secret")

    def read(self, path: str, status: int = 200) -> str:
        response = self.client.get(path)
        assert response.status_code == status, (path, response.status_code)
        return response.content.decode()

    def translated(self, page: Page, code: str, title: str) -> Any:
        copy = page.copy_for_translation(Locale.objects.get(language_code=code), copy_parents=True, alias=False)
        copy.title = title
        copy.save_revision().publish()
        return copy


def hotline(**other: Any) -> Hotline:
    """A made-up contact for the tests, checked yesterday unless said otherwise."""
    values: dict[str, Any] = {
        "country": Country.objects.get(code="RO"),
        "name": "Linia de test",
        "name_language": "ro",
        "number": "+40 (0) 123 456",
        "languages": ["ro", "hu"],
        "source_url": "https://source.example/contact",
        "verified_by": get_user_model().objects.first(),
        "verified_on": timezone.localdate() - timedelta(days=1),
        "expires_on": timezone.localdate() + timedelta(days=100),
        **other,
    }
    made: Hotline = Hotline.objects.create(**values)
    HotlineText.objects.create(hotline=made, language="en", takes="Smuggled goods of every kind.")
    return made


class Reporting(SitePages):
    def test_without_a_checked_contact_the_page_still_helps(self) -> None:
        html = self.read("/report/")
        assert "tel:112" in html
        assert "Directive (EU) 2018/1972" in html
        assert 'id="country-rs">Serbia' in html
        assert re.findall(r'href="tel:(?!112")', html) == []

    def test_a_checked_contact_is_shown_with_its_facts_in_the_readers_language(self) -> None:
        hotline()
        html = self.read("/report/")
        assert '<h4 lang="ro">Linia de test</h4>' in html
        assert 'href="tel:+400123456"' in html
        assert "Romanian, Hungarian" in html
        assert "Smuggled goods of every kind." in html
        assert 'id="country-ro"' in html

    def test_what_nobody_checked_and_what_has_expired_is_hidden_and_told_to_staff(self) -> None:
        hotline(name="Unchecked", verified_by=None, verified_on=None)
        hotline(name="Expired", expires_on=timezone.localdate() - timedelta(days=1))
        soon = hotline(name="Ends soon", expires_on=timezone.localdate() + timedelta(days=20))
        hotline(name="Fine")
        html = self.read("/report/")
        assert "Unchecked" not in html
        assert "Expired" not in html
        assert "Fine" in html
        assert soon.is_shown
        told = set(Hotline.objects.needing_a_look(timezone.localdate()).values_list("name", flat=True))
        assert told == {"Unchecked", "Expired", "Ends soon"}
        self.client.force_login(self.user)
        for address in ("/admin/", "/admin/reports/hotlines/"):
            desk = self.read(address)
            assert "Unchecked" in desk
            assert "Fine (RO)" not in desk

    def test_queries_do_not_grow_with_the_contacts(self) -> None:
        for code in ("RO", "BG", "GR"):
            hotline(country=Country.objects.get(code=code))
        before = queries("/report/")
        for code in ("AL", "HU", "MD"):
            hotline(country=Country.objects.get(code=code))
        assert queries("/report/") == before <= 14

    def test_a_change_takes_the_check_back_unless_it_was_checked_again(self) -> None:
        contact = hotline()
        self.client.force_login(self.user)
        address = f"/admin/snippets/content/hotline/edit/{contact.pk}/"
        text = contact.texts.get()
        data = {
            "country": contact.country_id,
            "name": "Linia nouă",
            "name_language": "ro",
            "number": "+40 123",
            "source_url": contact.source_url,
            "languages": ["ro"],
            "expires_on": "",
            "texts-TOTAL_FORMS": "1",
            "texts-INITIAL_FORMS": "1",
            "texts-0-id": text.pk,
            "texts-0-language": "en",
            "texts-0-takes": text.takes,
        }
        assert self.client.post(address, data).status_code == 302
        contact.refresh_from_db()
        assert (contact.name, contact.verified_by, contact.is_shown) == ("Linia nouă", None, False)
        assert self.client.post(address, {**data, "checked": "on"}).status_code == 302
        contact.refresh_from_db()
        assert (contact.verified_by, contact.verified_on) == (self.user, timezone.localdate())
        assert contact.expires_on == timezone.localdate() + timedelta(days=180)
        late = {**data, "checked": "on", "expires_on": str(timezone.localdate() + timedelta(days=900))}
        assert "one year from now" in self.client.post(address, late).content.decode()

    def test_a_contact_needs_a_way_to_reach_it(self) -> None:
        contact = hotline(number="")
        with self.assertRaisesMessage(ValidationError, "Give a telephone number, a web form, or both."):
            contact.full_clean()


class Contact(SitePages):
    def setUp(self) -> None:
        self.page = ContactPage.objects.get()
        self.address = f"/contact-message/{self.page.pk}/"

    def send(self, client: Client | None = None, **other: str) -> Any:
        token = tokens.issue(self.page.pk, timezone.now() - timedelta(minutes=1))
        data = {"text": "A question.", "name": "", "email": "", "website": "", "token": token, **other}
        return (client or Client(enforce_csrf_checks=True)).post(self.address, data)

    def test_a_message_is_kept_with_its_last_day_and_the_reader_gets_a_reference_and_no_cookie(self) -> None:
        page = Client().get("/contact/")
        assert page.headers["Cache-Control"] == "no-store"
        assert "180 days" in page.content.decode()
        response = self.send(email="reader@example.org")
        message = ContactMessage.objects.get()
        assert response.status_code == 303
        assert message.reference in self.read(response.url.partition("#")[0])
        assert (message.text, message.language) == ("A question.", "en")
        assert message.delete_on == timezone.localdate() + timedelta(days=180)
        assert not page.cookies
        assert not response.cookies

    def test_nothing_is_lost_when_something_is_wrong(self) -> None:
        response = self.send(text="", name="Ana", email="ana@")
        html = response.content.decode()
        assert response.status_code == 422
        assert '<a href="#contact-text">Write your message</a>' in html
        assert '<a href="#contact-email">Write an email address in full' in html
        assert 'value="Ana"' in html
        assert 'value="ana@"' in html
        assert 'aria-describedby="contact-email-help contact-email-error"' in html
        assert "<title>Error: " in html
        assert not ContactMessage.objects.exists()

    def test_an_address_longer_than_any_is_asked_about_and_kept_in_the_form(self) -> None:
        longest = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example"
        assert self.send(email=longest[:254].rstrip(".")).status_code == 303
        response = self.send(email=f"a{'a' * 60}@{'b' * 63}.{'c' * 63}.{'d' * 63}.example.org")
        assert response.status_code == 422
        assert '<a href="#contact-email">Shorten the email address</a>' in response.content.decode()

    def test_programs_are_stopped_and_people_told_how_to_go_on(self) -> None:
        fresh = tokens.issue(self.page.pk, timezone.now() + timedelta(hours=1))
        old = tokens.issue(self.page.pk, timezone.now() - timedelta(days=2))
        for trouble in ({"website": "spam"}, {"token": ""}, {"token": fresh}, {"token": old}):
            response = self.send(**trouble)
            html = response.content.decode()
            assert response.status_code == 422
            assert "press “Send message” again" in html
            assert ">A question.</textarea>" in html.replace("\n", "")
        assert not ContactMessage.objects.exists()

    def test_the_same_form_sent_twice_is_one_message_and_another_text_another(self) -> None:
        token = tokens.issue(self.page.pk, timezone.now() - timedelta(minutes=1))
        first, again = self.send(token=token), self.send(token=token)
        assert first.url == again.url
        self.send(token=token, text="And one more thing.")
        assert ContactMessage.objects.count() == 2

    @override_settings(CONTACT_MESSAGES_PER_HOUR=2)
    def test_a_connection_has_a_limit_and_its_address_is_stored_nowhere(self) -> None:
        answers = [self.send(text=f"Number {number}").status_code for number in range(3)]
        assert answers == [303, 303, 429]
        assert "127.0.0.1" not in str(list(ContactSender.objects.values()) + list(ContactMessage.objects.values()))
        assert self.send(Client(REMOTE_ADDR="192.0.2.7")).status_code == 303
        forget(timezone.now() + timedelta(days=1))
        assert not ContactSalt.objects.exists()
        assert not ContactSender.objects.exists()

    def test_messages_end_on_their_day(self) -> None:
        self.send()
        last = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=180), time(12)))
        assert forget(last - timedelta(days=1)) == 0
        assert forget(last) == 1

    def test_a_topic_sends_the_message_on_and_a_mail_server_that_is_down_loses_nothing(self) -> None:
        self.page.topics = [("topic", {"label": "Press", "recipients": ["press@example.org"]})]
        self.page.save_revision().publish()
        assert "Choose what your message is about" in self.send().content.decode()
        self.send(topic=str(ContactPage.objects.get().topics[0].id), email="reader@example.org")
        now = timezone.now()
        with override_settings(EMAIL_BACKEND="tests.integration.content.test_service_pages.Down"):
            assert mail_due(now) == 0
        assert mail_due(now) == 0
        assert mail_due(now + timedelta(minutes=3)) == 1
        assert mail_due(now + timedelta(minutes=9)) == 0
        (letter,) = mail.outbox
        assert (letter.to, letter.reply_to) == (["press@example.org"], ["reader@example.org"])
        assert letter.body.startswith("A question.")

    def test_staff_read_messages_and_tick_them_off_but_write_none(self) -> None:
        self.send()
        message = ContactMessage.objects.get()
        self.client.force_login(self.user)
        assert message.reference in self.read("/admin/")
        assert "A question." in self.read(f"/admin/snippets/content/contactmessage/inspect/{message.pk}/")
        self.client.post(f"/admin/snippets/content/contactmessage/edit/{message.pk}/", {"handled": "on", "text": "x"})
        message.refresh_from_db()
        assert (message.handled, message.text) == (True, "A question.")
        assert self.client.get("/admin/snippets/content/contactmessage/add/").status_code in {302, 403, 404}


class Down:
    """A mail server that is not there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

    def send_messages(self, messages: list[Any]) -> int:
        raise ConnectionRefusedError("nobody listens")


def romanian(text: str) -> str:
    """A text of the screens as a Romanian page has it."""
    with override("ro"):
        return escape(gettext(text))


class Statements(SitePages):
    def test_every_page_links_to_the_statements(self) -> None:
        html = self.read("/report/")
        for slug in ("about", "contact", "accessibility", "privacy", "cookies", "legal"):
            assert f'href="/{slug}/"' in html

    def test_the_pages_links_lead_somewhere(self) -> None:
        for slug in ("report", "about", "privacy", "cookies", "legal"):
            html = self.read(f"/{slug}/")
            assert 'href="page:' not in html
            for path in re.findall(r'href="(/[^"#?]*)"', html):
                if not path.startswith("/static/"):
                    self.read(path)

    def test_the_accessibility_statement_shows_what_was_entered_and_nothing_else(self) -> None:
        page = AccessibilityPage.objects.get()
        html = self.read("/accessibility/")
        for words in ("If you are not content", "Prepared on", "Telephone", "We answer within"):
            assert words not in html
        page.status, page.enforcement_body, page.answer_within = "partial", "The Ombudsman of the tests", 1
        page.prepared_on = timezone.localdate()
        page.save_revision().publish()
        html = self.read("/accessibility/")
        for words in ("meets the standard in part", "The Ombudsman of the tests", "within 1 day.", "Prepared on"):
            assert words in html


class Languages(SitePages):
    def test_one_language_needs_no_switcher(self) -> None:
        html = self.read("/about/")
        assert "unfold languages" not in html
        assert "hreflang" not in html

    def test_the_switcher_leads_to_the_same_page_or_says_that_it_does_not(self) -> None:
        about = Page.objects.get(slug="about").specific
        self.translated(self.home, "cnr", "Početna")
        self.translated(about, "cnr", "O ovom sajtu")
        html = self.read("/about/")
        assert re.search(r'<a href="[^"]*/cnr/about/" lang="cnr" hreflang="cnr">crnogorski</a>', html)
        assert 'hreflang="x-default"' in html
        assert "not translated into these languages yet" not in html
        html = self.read("/privacy/")
        assert "not translated into these languages yet" in html
        assert re.search(r'<a href="[^"]*/cnr/" lang="cnr" hreflang="cnr">crnogorski</a>', html)
        assert '<link rel="alternate" hreflang' not in html
        assert '<html lang="cnr">' in self.read("/cnr/about/")

    def test_a_missing_translation_is_said_and_the_other_language_offered(self) -> None:
        self.translated(self.home, "ro", "Acasă")
        html = self.read("/ro/privacy/", 404)
        assert romanian("This page is not translated yet") in html
        assert "(Română)" in html
        assert re.search(r'<a href="[^"]*/privacy/" lang="en" hreflang="en">Privacy</a>', html)
        assert romanian("This page is not here") in self.read("/ro/no/such/page/", 404)

    def test_a_copy_that_waits_for_translation_is_not_shown_as_one(self) -> None:
        ro = Locale.objects.get(language_code="ro")
        self.translated(self.home, "ro", "Acasă")
        report = ReportPage.objects.get()
        report.copy_for_translation(ro, alias=True)
        assert romanian("This page is not translated yet") in self.read("/ro/report/", 404)
        assert "How to report" not in self.read("/ro/cookies/", 404).partition("<main")[0]

    def test_a_page_that_is_translated_in_part_says_so(self) -> None:
        copy = self.translated(Page.objects.get(slug="legal").specific, "ro", "Mențiuni legale")
        words = romanian("Parts of this page are not translated yet. You read them in English.")
        assert words not in self.read("/ro/legal/")
        TranslationGap.objects.create(page_id=copy.pk, missing=2, total=9)
        assert words in self.read("/ro/legal/")

    def test_a_gap_is_written_down_when_a_translation_is_published_and_forgotten_when_it_is_filled(self) -> None:
        ro = Locale.objects.get(language_code="ro")
        source, _created = TranslationSource.update_or_create_from_instance(self.home)
        translation = Translation.objects.create(source=source, target_locale=ro)
        segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
        assert len(segments) > 1
        for number, segment in enumerate(segments):
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=ro,
                context=segment.context,
                data=f"Text {number}",
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            with self.captureOnCommitCallbacks(execute=True):
                translation.save_target(publish=True)
            gap = TranslationGap.objects.filter(page_id=translation.get_target_instance().pk).first()
            if number + 1 < len(segments):
                assert (gap.missing, gap.total) == (len(segments) - number - 1, len(segments))
                left = {plain(later.string.data) for later in segments[number + 1 :]}
                assert (gap.language, set(gap.texts)) == ("en", left)
                shown = Client().get("/ro/").content.decode()
                passages = BeautifulSoup(shown, "html.parser").select('main [lang="en"]')
                assert {plain(passage.get_text() or passage["alt"]) for passage in passages} <= left
                assert passages
        assert gap is None
