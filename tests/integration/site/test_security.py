from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("starting_content")


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
