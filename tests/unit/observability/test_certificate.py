"""The doctor meets the certificate that readers meet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from campaign_site.observability.certificate import LEAST_DAYS, certificate
from tests.support import tls


@pytest.fixture
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Serve a certificate as the site's, whose authority this machine believes or not, and ask."""

    def asked(shown: tls.Certificate, *, believed: bool = True) -> tuple[bool, str]:
        if believed:
            monkeypatch.setenv("SSL_CERT_FILE", str(shown.authority))
        with tls.listening(shown) as heard:
            settings.PUBLIC_BASE_URL = f"https://localhost:{heard.port}"
            return certificate()

    return asked


def test_a_good_one_says_for_how_long(site: Any, tmp_path: Path) -> None:
    assert site(tls.certificate(tmp_path, "localhost", days=60.5)) == (
        True, "The certificate of localhost is believed, and good for 60 days.",
    )  # fmt: skip


@pytest.mark.parametrize("days", [LEAST_DAYS - 0.5, 0.5])
def test_one_that_ends_soon_is_said(site: Any, tmp_path: Path, days: float) -> None:
    is_well, words = site(tls.certificate(tmp_path, "localhost", days=days))
    assert (is_well, f"ends in {int(days)} days" in words) == (False, True)


@pytest.mark.parametrize(
    ("names", "given", "believed"),
    [
        (["another.example"], {"days": 60}, True),
        (["localhost"], {"days": 60}, False),
        (["localhost"], {"days": 60, "self_signed": True}, False),
        (["localhost"], {"days": -0.5}, True),
    ],
)
def test_one_that_browsers_do_not_believe_is_said(
    site: Any, tmp_path: Path, names: list[str], given: dict[str, Any], believed: bool
) -> None:
    is_well, words = site(tls.certificate(tmp_path, *names, **given), believed=believed)
    assert not is_well
    assert words.startswith("Browsers do not believe the certificate of localhost")


def test_a_site_that_is_not_reached_is_said_as_that(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://localhost:1"
    is_well, words = certificate()
    assert not is_well
    assert "could not be reached from here" in words


def test_a_site_without_one_is_said(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "http://localhost:8000"
    assert certificate()[0] is False
