from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GOOD = {
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "postgresql://user@db/campaigns",
    "ALLOWED_HOSTS": "campaigns.example.org",
    "PUBLIC_BASE_URL": "https://campaigns.example.org",
    "CREDENTIAL_KEYS": "nVUmk7Tj1gRGvMR3nzuPvBn0oE0Y5X0SAvpOXUDJ3pA=",
}


def start(environment: dict[str, str], *told: str) -> subprocess.CompletedProcess[str]:
    """Import the production settings in a process of their own, and tell something of them."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    what = ", ".join(told or ("p.DEBUG", "p.SESSION_COOKIE_SECURE"))
    code = f"import campaign_site.settings.production as p; print({what})"
    return subprocess.run([sys.executable, "-c", code], env=clean, capture_output=True, text=True, cwd=ROOT)


def test_a_complete_environment_starts() -> None:
    result = start(GOOD)
    assert result.stdout.strip() == "False True", result.stderr


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SECRET_KEY": "development-only-not-a-secret"}, "SECRET_KEY"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"PUBLIC_BASE_URL": "http://campaigns.example.org"}, "PUBLIC_BASE_URL"),
        ({"CREDENTIAL_KEYS": ""}, "CREDENTIAL_KEYS"),
        ({"CREDENTIAL_KEYS": "no key"}, "CREDENTIAL_KEYS"),
        ({"NETWORK_ADDRESSES": '{"x": "http://127.0.0.1:9"}'}, "NETWORK_ADDRESSES"),
        ({"NETWORKS_ON_LOOPBACK": "1"}, "NETWORKS_ON_LOOPBACK"),
        ({"DATABASE_URL": "postgresql://user:password@db/campaigns"}, "guesses"),
    ],
)
def test_anything_made_for_development_is_refused_by_name(change: dict[str, str], word: str) -> None:
    result = start({**GOOD, **change})
    assert result.returncode != 0
    assert word in result.stderr.strip().splitlines()[-1]


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    place = tmp_path / "secret_key"
    place.write_text("k" * 60 + "\n")
    result = start({**GOOD, "SECRET_KEY": "", "SECRET_KEY_FILE": str(place)})
    assert result.stdout.strip() == "False True", result.stderr


@pytest.mark.parametrize("content", [None, ""])
def test_a_secret_file_that_is_missing_or_empty_is_named(content: str | None, tmp_path: Path) -> None:
    place = tmp_path / "secret_key"
    if content is not None:
        place.write_text(content)
    result = start({**GOOD, "SECRET_KEY": "", "SECRET_KEY_FILE": str(place)})
    assert "SECRET_KEY_FILE" in result.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgresql://user@db.example.org/campaigns", "verify-full"),
        ("postgresql://user@db.example.org/campaigns?sslmode=disable", "disable"),
        ("postgresql://user@127.0.0.1/campaigns", "None"),
    ],
)
def test_a_database_elsewhere_is_spoken_to_by_tls_unless_the_address_says_otherwise(address: str, mode: str) -> None:
    result = start({**GOOD, "DATABASE_URL": address}, 'p.DATABASES["default"]["OPTIONS"].get("sslmode")')
    assert result.stdout.strip() == mode, result.stderr


@pytest.mark.parametrize(
    ("address", "more", "starts"),
    [
        ("redis://broker.example.org:6379/0", {}, False),
        ("amqp://user:word@broker.example.org/", {}, False),
        ("rediss://broker.example.org:6379/0", {}, True),
        ("redis://127.0.0.1:6379/0", {}, True),
        ("redis://broker:6379/0", {"BROKER_WITHOUT_TLS": "true"}, True),
    ],
)
def test_so_is_a_broker(address: str, more: dict[str, str], starts: bool) -> None:
    result = start({**GOOD, "CELERY_BROKER_URL": address, **more})
    assert (result.returncode == 0) is starts, result.stderr
    assert starts or "BROKER_WITHOUT_TLS" in result.stderr
