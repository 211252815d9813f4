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


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Import the production settings in a process of their own."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    code = "import campaign_site.settings.production as p; print(p.DEBUG, p.SESSION_COOKIE_SECURE)"
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
    ],
)
def test_anything_made_for_development_is_refused_by_name(change: dict[str, str], word: str) -> None:
    result = start({**GOOD, **change})
    assert result.returncode != 0
    assert word in result.stderr.strip().splitlines()[-1]
