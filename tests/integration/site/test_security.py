from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from content.contact import tokens
from content.contact.models import ContactMessage
from content.pages import ContactPage, NewsIndexPage, OfficialAccountsPage, ProjectIndexPage
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("starting_content")

# Ways that servers have been talked into leaving a folder: plain, encoded once and more often, too long, cut off.
CLIMBS = ("..", "%2e%2e", "%252e%252e", "%25252e%25252e", "%c0%ae%c0%ae", "%e0%80%ae.", "%ef%bc%8e.", "..%00", "..;")
SLASHES = ("/", "%2f", "%252f", "%5c", "%255c", "\\", "%c0%af", "//")
NO_NAMES = ("%00", "x%00.png", "%2500", "x.png%00.html", "%0d%0aX-Other:%20x", "\\x", "%5cx", "%ff", "%c0%80")
FOLDERS = ("/media/images/", "/media/channels/", "/media/", "/static/", "/documents/1/", "/news/", "/ro/", "/")
STORED = ("images", "channels", "documents", "original_images")
# Obeyed, it would be SUM, everything that a page knows, or an error.
TYPED = ("{{ 7919|add:7919 }}", "{{7919+7919}}", "${7919+7919}", "{% debug %}", "{% include 'base.html' %}", "{% csrf")
SUM = "15838"
TWICE: list[list[str]] = [["x", "y"], ["1", "x"], ["1", "1"], ["", ""], ["2026", "2026-01-01"], ["x"] * 200]


def on_the_wire(address: str) -> Any:
    """The answer to an address as it is sent, past all that a client tidies up; decoded once, as by the server."""
    return Client(raise_request_exception=False).get("/", PATH_INFO=unquote_to_bytes(address).decode("latin-1"))


def to_us(fields: dict[str, Any]) -> Any:
    """The answer to a message that is sent with the contact form."""
    page = ContactPage.objects.get()
    token = tokens.issue(page.pk, timezone.now() - timedelta(minutes=1))
    return Client().post(reverse("contact-send", args=[page.pk]), {**fields, "token": token})


@pytest.mark.parametrize(
    "path", ["/", "/rehearsal/", "/no/such/page/", "/health/live", "/health/ready", "/sitemap.xml"]
)
def test_public_responses_carry_the_strict_policy(path: str) -> None:
    headers = Client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/", "/rehearsal/", "/campaigns/against-smuggling/"])
def test_reading_sets_no_cookie(path: str) -> None:
    assert not Client().get(path).cookies


def test_the_admin_has_its_own_policy() -> None:
    policy = Client().get("/admin/password_reset/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy


def test_readiness_is_told_without_a_word_of_the_inside() -> None:
    response = Client().get("/health/ready")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_renditions_are_kept_by_browsers_and_are_not_compressed_again(settings: Any) -> None:
    folder = settings.MEDIA_ROOT / "images"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.webp").write_bytes(b"0" * 2_000)
    response = Client(headers={"accept-encoding": "gzip"}).get("/media/images/x.webp")
    assert response.headers["Cache-Control"] == "public, max-age=2592000"
    assert "Content-Encoding" not in response.headers
    assert len(response.getvalue()) == 2_000


def test_originals_and_documents_are_not_served_as_files() -> None:
    for path in ("/media/original_images/x.png", "/media/documents/x.pdf", "/media/../settings.py"):
        assert Client().get(path).status_code == 404


@pytest.fixture
def files(starting_content: None, settings: Any, tmp_path: Path) -> None:
    """Files as production serves them, and one above each folder that it serves."""
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STATIC_ROOT = tmp_path / "static"
    for folder in (settings.STATIC_ROOT, *(settings.MEDIA_ROOT / name for name in STORED)):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "kept.txt").write_text("kept")
        (folder.parent / "above.txt").write_text("above")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("folder", FOLDERS)
def test_no_address_leads_out_of_a_folder(folder: str) -> None:
    climbs = [climb + slash for climb in CLIMBS for slash in SLASHES]
    addresses = [folder + way for climb in climbs for way in (f"{climb}above.txt", f"{climb * 4}etc/passwd")]
    answers = {address: on_the_wire(address).status_code for address in addresses}
    assert {address: status for address, status in answers.items() if status not in (400, 404)} == {}


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("folder", FOLDERS)
def test_what_no_name_has_in_it_is_found_nowhere(folder: str) -> None:
    for name in NO_NAMES:
        response = on_the_wire(folder + name)
        assert response.status_code in (400, 404), name
        assert "X-Other" not in response.headers


@pytest.mark.usefixtures("files")
def test_files_are_served_by_their_names_alone() -> None:
    assert on_the_wire("/static/kept.txt").status_code == on_the_wire("/media/images/kept.txt").status_code == 200
    assert on_the_wire("/static/%6bept.txt").status_code == 200
    assert (
        on_the_wire("/static/%256bept.txt").status_code == on_the_wire("/media/images/%256bept.txt").status_code == 404
    )


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/.git/", "/.git/HEAD", "/.gitignore", "/.env", "/.hg/", "/.svn/entries", "/manage.py",
        "/pyproject.toml", "/requirements.txt", "/campaign_site/settings/base.py", "/var/", "/var/credential-keys",
        "/static/", "/static/campaign_site/", "/media/", "/media/images/", "/media/channels/", "/media/images",
        "/media/original_images/", "/media/documents/", "/documents/", "/documents/1/", "/backup/", "/server-status",
    ],
)  # fmt: skip
def test_neither_sources_nor_folders_are_shown(path: str) -> None:
    response = Client().get(path, follow=True)
    assert response.status_code == 404
    assert "kept.txt" not in response.content.decode()


@pytest.mark.parametrize("typed", TYPED)
def test_a_template_that_is_typed_comes_back_as_text(typed: str) -> None:
    accounts: Any = OfficialAccountsPage.objects.get()
    for address, name in (("/search/", "q"), ("/ro/search/", "q"), (accounts.get_url(), "account")):
        html = Client().get(address, {name: typed}).content.decode()
        assert escape(typed) in html
        assert SUM not in html


@pytest.mark.parametrize("typed", TYPED)
def test_a_template_that_is_typed_into_the_contact_form_comes_back_as_text(typed: str) -> None:
    fields = {"text": typed, "name": typed, "email": "nobody"}
    response = Client().post(reverse("contact-send", args=[ContactPage.objects.get().pk]), {**fields, "token": ""})
    html = response.content.decode()
    assert response.status_code == 422
    assert f"{escape(typed)}</textarea>" in html
    assert f'value="{escape(typed)}"' in html
    assert SUM not in html


def test_a_template_that_is_sent_is_kept_as_text() -> None:
    sent = {"text": TYPED[0], "name": TYPED[3]}
    assert to_us(sent).status_code == 303
    message = ContactMessage.objects.get()
    assert {"text": message.text, "name": message.name} == sent


def test_a_field_that_is_sent_twice_makes_one_message() -> None:
    assert to_us({"text": ["First.", "Second."], "email": ["a@example.org", "b@example.org"]}).status_code == 303
    message = ContactMessage.objects.get()
    assert (message.text, message.email) == ("Second.", "b@example.org")


@pytest.mark.parametrize("model", [NewsIndexPage, ProjectIndexPage])
def test_a_filter_that_is_given_twice_breaks_no_list(model: Any) -> None:
    address = model.objects.first().get_url()
    names = [row.name for row in Client().get(address).context["filters"]]
    assert names
    for name in (*names, "page"):
        for values in TWICE:
            assert Client().get(address, {name: values}).status_code == 200, (name, values)


@pytest.mark.parametrize("name", ["q", "kind", "project", "year", "topic", "page"])
def test_a_search_with_something_twice_is_one_search(name: str) -> None:
    for values in TWICE:
        assert Client().get("/search/", {"q": "trade", name: values}).status_code == 200, values
    assert "nothing-has-this" not in Client().get("/search/", {"q": ["nothing-has-this", "FAIT"]}).content.decode()


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/oembed", ["url", "format", "maxwidth", "maxheight"]),
        ("/api/v1/news/", ["page", "search", "language", "updated_since"]),
        ("/campaigns/against-smuggling/", ["page", "utm_source"]),
    ],
)
def test_what_programs_ask_twice_breaks_nothing(address: str, names: list[str]) -> None:
    for name in names:
        for values in TWICE:
            status = Client(raise_request_exception=False).get(address, {name: values}).status_code
            assert status in (200, 400, 404, 501), (name, values)


@pytest.mark.parametrize(
    ("screen", "names"),
    [
        ("social_calendar:index", ["campaign", "channel", "language", "person", "state", "view", "date", "page"]),
        ("social_audit:index", ["what", "who", "since", "until", "before", "q"]),
        ("social_translations:index", ["campaign", "language"]),
    ],
)
def test_a_filter_of_staff_that_is_given_twice_breaks_nothing(screen: str, names: list[str]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_user(superuser=True))
    for name in names:
        for values in TWICE:
            assert client.get(reverse(screen), {name: values}).status_code in (200, 404), (name, values)


@pytest.mark.parametrize("folder", ["images", "channels"])
@pytest.mark.parametrize("length", [300, 5000])
def test_a_picture_of_an_endless_name_is_not_there(folder: str, length: int) -> None:
    assert Client().get(f"/media/{folder}/{'a' * length}").status_code == 404


def test_a_missing_file_of_ours_is_found_by_nobody() -> None:
    assert finders.find("missing") is None
