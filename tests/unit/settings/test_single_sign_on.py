"""The organisation's own sign-in is there where it is configured."""

from __future__ import annotations

import os
import subprocess
import sys

ASK = """
import django
django.setup()
from django.urls import reverse
print(reverse("openid_connect_callback", args=["organisation"]))
"""


def test_its_addresses_are_there_when_it_is_configured() -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "campaign_site.settings.test",
        "OIDC_SERVER_URL": "https://sign-in.example.org",
        "OIDC_CLIENT_ID": "campaigns",
        "OIDC_CLIENT_SECRET": "only-for-this-test",
    }
    said = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "/admin/sign-in/single/oidc/organisation/login/callback/"
