from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from content.pages import ProjectPage

GOOD = "old,new\nproject-fait,/projects/fait/\n/old-report,https://europa.eu/report\n"
BAD = "project-fait,/projects/fait/\n/a,/nowhere/\n"


def file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "map.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_old_addresses_lead_to_the_new_pages_for_good(tmp_path: Path) -> None:
    call_command("import_redirects", file(tmp_path, GOOD))
    for old in ("/project-fait", "/project-fait/"):
        response = Client().get(old)
        assert (response.status_code, response["Location"]) == (301, "/projects/fait/")
    page = ProjectPage.objects.get(slug="fait")
    page.slug = "fight"
    page.save_revision().publish()
    assert Client().get("/project-fait")["Location"] == "/projects/fight/"


def test_a_dry_run_reports_and_stores_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_redirects", file(tmp_path, GOOD), dry_run=True)
    said = capsys.readouterr().out
    assert "project-fait -> /projects/fait/" in said
    assert "new: 2" in said
    assert not Redirect.objects.exists()


def test_one_bad_row_stops_them_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_redirects", file(tmp_path, BAD))
    assert "There is no public page at the new address" in capsys.readouterr().out
    assert not Redirect.objects.exists()


def test_importing_again_changes_only_what_differs(tmp_path: Path) -> None:
    call_command("import_redirects", file(tmp_path, GOOD))
    before = Redirect.objects.get(old_path="/project-fait").pk
    call_command("import_redirects", file(tmp_path, GOOD.replace("/report\n", "/other\n")))
    assert Redirect.objects.get(old_path="/project-fait").pk == before
    assert Redirect.objects.get(old_path="/old-report").redirect_link == "https://europa.eu/other"


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("boss", "boss@x.example", "x"))
    return client


def test_the_screen_shows_first_and_stores_then(boss: Client) -> None:
    url = reverse("import-old-addresses")
    assert url in boss.get(reverse("wagtailadmin_home")).content.decode()
    shown = boss.post(url, {"file": SimpleUploadedFile("map.csv", GOOD.encode())})
    assert "Every row is in order" in shown.content.decode()
    assert not Redirect.objects.exists()
    boss.post(url, {"text": shown.context["text"], "store": "1"})
    assert Redirect.objects.count() == 2


def test_the_screen_offers_no_import_while_a_row_is_refused(boss: Client) -> None:
    url = reverse("import-old-addresses")
    shown = boss.post(url, {"file": SimpleUploadedFile("map.csv", BAD.encode())}).content.decode()
    assert "1 row is refused" in shown
    assert "Import all rows" not in shown
    boss.post(url, {"text": BAD, "store": "1"})
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("data", [{}, {"text": " "}, {"file": SimpleUploadedFile("map.csv", b"\xff\xfe")}])
def test_the_screen_says_what_is_wrong_with_a_file(boss: Client, data: dict[str, object]) -> None:
    response = boss.post(reverse("import-old-addresses"), data)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_the_screen_is_for_those_who_may_add_redirects(client: Client) -> None:
    editor = get_user_model().objects.create_user("editor", "e@x.example", "x")
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    assert client.post(reverse("import-old-addresses"), {"text": GOOD, "store": "1"}).status_code != 200
    assert not Redirect.objects.exists()


def test_old_addresses_come_in_by_our_screen_alone(admin_client: Client) -> None:
    for address in ("/admin/redirects/import/", "/admin/redirects/import/process/"):
        for answer in (admin_client.get(address), admin_client.post(address, {"import_file": "x"})):
            assert answer.status_code == 302
            assert answer["Location"] == reverse("import-old-addresses")
