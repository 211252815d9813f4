"""The deployment examples hold together: what they name is there, and programs that read them can."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from campaign_site.settings import base

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("systemd/*.service")), ids=lambda path: path.name)
def test_units_run_commands_that_exist_and_give_nothing_away(unit: Path) -> None:
    text = unit.read_text()
    for command in re.findall(r"manage\.py (\w+)", text):
        found = list(ROOT.glob(f"*/management/commands/{command}.py"))
        assert found, command
    for line in ("NoNewPrivileges=true", "ProtectSystem=strict", "ProtectHome=true", "User=campaigns"):
        assert line in text
    # Only the daily work, which makes the backup, knows the tables' owner.
    assert ("/etc/campaigns/owner" in text) == (unit.name == "campaigns-daily.service")


def test_every_variable_of_the_example_is_one_that_is_documented() -> None:
    documented = (ROOT / "docs" / "deploy.md").read_text()
    for name in re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "systemd" / "environment.example").read_text(), re.MULTILINE):
        assert f"`{name}`" in documented, name


def test_proxies_pass_no_address_on_that_a_reader_says() -> None:
    for path in (DEPLOY / "nginx" / "campaigns-proxy.conf", DEPLOY / "caddy" / "Caddyfile"):
        text = path.read_text()
        assert "proxy_add_x_forwarded_for" not in text
        assert "X-Forwarded-For" in text


def test_alerts_are_about_numbers_that_are_told() -> None:
    told = (ROOT / "social_publisher" / "reports" / "metrics.py").read_text()
    told += (ROOT / "campaign_site" / "page_cache" / "start.py").read_text()
    for name in re.findall(r"\bcampaign_[a-z_]+", (DEPLOY / "prometheus" / "alerts.yml").read_text()):
        assert re.sub("_bucket$", "", name) in told, name


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed; `make bench-page-cache` installs it")
def test_nginx_reads_its_example(tmp_path: Path) -> None:
    conf = (DEPLOY / "nginx" / "campaigns.conf").read_text().replace("/var/cache/nginx/campaigns", str(tmp_path / "c"))
    conf = conf.replace("/etc/nginx/snippets/campaigns-proxy.conf", str(DEPLOY / "nginx" / "campaigns-proxy.conf"))
    conf = conf.replace("/var/log/nginx/campaigns.log", str(tmp_path / "log"))
    conf = re.sub(r"ssl_certificate\w*\s.*;|listen 443 ssl;|http2 on;", "", conf).replace("listen 80;", "listen 8080;")
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{conf}\n}}\n")
    command = ["nginx", "-t", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "errors")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_session_cookie_of_the_examples_is_ours() -> None:
    assert not hasattr(base, "SESSION_COOKIE_NAME")
    assert "(__Host-)?sessionid=" in (DEPLOY / "nginx" / "campaigns.conf").read_text()
