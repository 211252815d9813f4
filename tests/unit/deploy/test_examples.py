"""The deployment examples hold together: what they name is there, and programs that read them can."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from campaign_site.encrypted_only import FOR_PROGRAMS
from campaign_site.settings import base

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
NGINX, NGINX_PROXY = DEPLOY / "nginx" / "campaigns.conf", DEPLOY / "nginx" / "campaigns-proxy.conf"
CADDY = DEPLOY / "caddy" / "Caddyfile"
HSTS = "max-age=31536000; includeSubDomains"
SAID_BY_PROXIES = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Request-ID")


def blocks(text: str, kind: str) -> list[str]:
    """What stands between the braces of each block of this kind, of nginx."""
    found = []
    for opening in re.finditer(rf"^\s*{kind}\b.*{{$", text, re.MULTILINE):
        depth, end = 1, opening.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found.append(text[opening.end() : end - 1])
    return found


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


def test_nginx_says_itself_who_asks_how_and_under_which_number() -> None:
    said = dict(re.findall(r"^proxy_set_header\s+(\S+)\s+(.*);$", NGINX_PROXY.read_text(), re.MULTILINE))
    assert {name: said.get(name) for name in SAID_BY_PROXIES} == {
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
        "X-Request-ID": "$request_id",
    }
    assert not [value for value in said.values() if "$http_" in value or "proxy_add" in value]


def test_nginx_says_it_with_every_request_to_the_site() -> None:
    """A block with a header of its own would lose those of the snippet, and one without the snippet passes all on."""
    text = NGINX.read_text()
    assert "proxy_set_header" not in text
    assert "proxy_pass " not in text
    answered_here = ("alias ", "root ", "return ")
    to_the_site = [block for block in blocks(text, "location") if not any(word in block for word in answered_here)]
    assert len(to_the_site) >= 2
    assert all("include /etc/nginx/snippets/campaigns-proxy.conf;" in block for block in to_the_site)


def test_caddy_says_itself_who_asks_how_and_under_which_number() -> None:
    text = CADDY.read_text()
    said = dict(re.findall(r"^\s*header_up (\S+) (.*)$", text, re.MULTILINE))
    assert said["X-Forwarded-For"] == "{remote_host}"
    assert said["X-Request-ID"] == "{http.request.uuid}"
    # Caddy replaces X-Forwarded-Proto by itself, unless a proxy before it is trusted or a line of ours passes it on.
    assert "trusted_proxies" not in text
    assert said.get("X-Forwarded-Proto", "{scheme}") == "{scheme}"
    assert not [value for value in said.values() if "{header." in value or "{http.request.header." in value]
    assert len(re.findall(r"\breverse_proxy\b", text)) == 1


def test_nginx_speaks_no_old_tls() -> None:
    (server,) = [block for block in blocks(NGINX.read_text(), "server") if "listen 443" in block]
    (protocols,) = re.findall(r"^\s*ssl_protocols\s+(.*);$", NGINX.read_text(), re.MULTILINE)
    assert set(protocols.split()) == {"TLSv1.2", "TLSv1.3"}
    assert f"{protocols};" in server


def test_nginx_takes_ciphers_with_forward_secrecy_the_strongest_first() -> None:
    text = NGINX.read_text()
    (ciphers,) = (found.split(":") for found in re.findall(r"^\s*ssl_ciphers\s+(.*);$", text, re.MULTILINE))
    assert "ssl_prefer_server_ciphers on;" in text
    assert not [
        cipher for cipher in ciphers if not re.fullmatch(r"ECDHE-\w+-(AES\d+-GCM-\w+|CHACHA20-POLY1305)", cipher)
    ]
    assert ciphers == sorted(ciphers, key=lambda cipher: "AES128" in cipher)


def test_caddy_gives_files_with_hsts() -> None:
    text = CADDY.read_text()
    (matcher,) = re.findall(rf'^\theader (@\w+) Strict-Transport-Security "{HSTS}"$', text, re.MULTILINE)
    (pattern,) = re.findall(rf"^\t{matcher} path_regexp (\S+)$", text, re.MULTILINE)
    # Where it gives files itself; the site says it of its own pages.
    assert re.findall(r"^\t(?:handle_path|handle) (\S+) {$", text, re.MULTILINE) == ["/static/*", "@pictures"]
    assert all(
        re.search(pattern, path) for path in ("/static/a/b.css", "/media/images/x.webp", "/media/channels/x.png")
    )
    assert not any(re.search(pattern, path) for path in ("/", "/news/static/", "/admin/"))


def test_nginx_gives_files_with_what_the_site_gives_pages_with() -> None:
    files = [block for block in blocks(NGINX.read_text(), "location") if "alias " in block or "root " in block]
    assert len(files) >= 2
    for block in files:
        # "always", as refusals have to say it too.
        assert f'add_header Strict-Transport-Security "{HSTS}" always;' in block
        assert "add_header X-Content-Type-Options nosniff always;" in block
        assert "autoindex" not in block


def test_nginx_answers_without_tls_by_leading_to_it() -> None:
    (server,) = [block for block in blocks(NGINX.read_text(), "server") if "listen 80;" in block]
    assert "return 301 https://" in server
    assert all("return " in block for block in blocks(server, "location"))
    assert not re.search("proxy_pass|include|root |alias ", server)


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
    conf = re.sub(r"ssl_certificate\w*\s.*;|listen 443 ssl http2;", "", conf).replace("listen 80;", "listen 8080;")
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{conf}\n}}\n")
    command = ["nginx", "-t", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "errors")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_session_cookie_of_the_examples_is_ours() -> None:
    assert not hasattr(base, "SESSION_COOKIE_NAME")
    assert "(__Host-)?sessionid=" in (DEPLOY / "nginx" / "campaigns.conf").read_text()


def test_what_carries_a_key_is_never_led_from_http_to_https() -> None:
    plain = next(block for block in blocks(NGINX.read_text(), "server") if "listen 80;" in block)
    assert f"location ~ ^/({'|'.join(path.strip('/') for path in FOR_PROGRAMS)})/ {{" in plain
    assert "return 403;" in blocks(plain, "location")[0]
    for caddy in (CADDY, DEPLOY / "compose" / "Caddyfile"):
        block = re.search(r"^http://\S+ \{\n(.*?)^\}", caddy.read_text(), re.MULTILINE | re.DOTALL)
        assert block
        assert f"@keys path {' '.join(f'{path}*' for path in FOR_PROGRAMS)}\n\trespond @keys 403" in block[1]


def test_logs_go_to_another_machine_by_tls_that_both_sides_show() -> None:
    lines = (DEPLOY / "systemd" / "journal-upload.conf").read_text().splitlines()
    told = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    assert told["URL"].startswith("https://")
    assert {"ServerKeyFile", "ServerCertificateFile", "TrustedCertificateFile"} <= told.keys()
