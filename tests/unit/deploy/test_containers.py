"""Containers: nobody's, on a root that cannot be written, with secrets as files and one door."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from campaign_site.settings import secret_files

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose"
ONE: dict[str, Any] = yaml.safe_load((COMPOSE / "one-machine.yml").read_text())
SEVERAL: dict[str, Any] = yaml.safe_load((COMPOSE / "several.yml").read_text())
OURS = ("prepare", "site", "clock")
CONTAINERFILE = (DEPLOY / "container" / "Containerfile").read_text()


@pytest.mark.parametrize("name", sorted(ONE["services"]))
def test_no_service_can_write_its_root_or_gain_rights(name: str) -> None:
    service = ONE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", OURS)
def test_ours_run_as_nobody_and_add_no_capability(name: str) -> None:
    service = ONE["services"][name]
    assert service["user"] == "65534:65534"
    assert "cap_add" not in service
    assert all(mount.endswith(":/srv/campaigns/var") for mount in service["volumes"])


def test_one_service_has_doors_to_the_outside_and_the_database_none() -> None:
    assert [name for name, service in ONE["services"].items() if "ports" in service] == ["proxy"]
    assert ONE["services"]["database"]["networks"] == ["inside"]
    assert ONE["networks"]["inside"]["internal"] is True


def test_secrets_are_files_and_only_what_changes_tables_knows_their_owner() -> None:
    for name, service in ONE["services"].items():
        environment = service.get("environment", {})
        for variable, value in environment.items():
            assert variable not in secret_files.NAMES, f"{name} has {variable} in its environment"
            if variable.endswith("_FILE") and variable.removesuffix("_FILE") in secret_files.NAMES:
                assert Path(value).name in service["secrets"], f"{name} is not given {variable}"
        assert ("owner_database_url" in service.get("secrets", [])) == (name == "prepare")
    given = {secret for service in ONE["services"].values() for secret in service.get("secrets", [])}
    assert given == set(ONE["secrets"])
    made = (COMPOSE / "README.md").read_text()
    assert all(name in made for name in ONE["secrets"])


def test_every_setting_is_documented_and_every_command_exists() -> None:
    documented = (ROOT / "docs" / "deploy.md").read_text()
    for services in (ONE["services"], SEVERAL["services"]):
        for name, service in services.items():
            if name in {"database", "broker", "proxy"}:
                continue
            for variable in service.get("environment", {}):
                assert f"`{variable.removesuffix('_FILE')}`" in documented, variable
            for command in re.findall(r"manage\.py[\", ]+(\w+)", json.dumps(service.get("command", ""))):
                own = list(ROOT.glob(f"*/management/commands/{command}.py"))
                assert own or command == "collectstatic", command


def test_several_machines_change_only_services_that_are_there() -> None:
    added = set(SEVERAL["services"]) - set(ONE["services"])
    assert added == {"broker", "worker"}
    assert SEVERAL["services"]["worker"]["extends"]["service"] in ONE["services"]


def test_the_image_is_nobodys_and_holds_the_program_alone() -> None:
    final = CONTAINERFILE.rsplit("FROM ", 1)[1]
    assert "USER 65534:65534" in final
    copied = re.findall(r"^COPY (?!--from)(\S+) ", final, re.MULTILINE)
    assert sorted(copied) == ["campaign_site", "content", "manage.py", "media", "social_publisher"]
    assert all((ROOT / name).exists() for name in copied)
    assert "--require-hashes" in CONTAINERFILE
    ignored = (DEPLOY / "container" / "Containerfile.containerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == {*copied, "requirements.txt"}


def test_both_examples_of_caddy_say_the_same_headers() -> None:
    inside, alone = ((DEPLOY / place / "Caddyfile").read_text() for place in ("compose", "caddy"))
    for line in re.findall(r"^\s*(header.*|header_up.*)$", alone, re.MULTILINE):
        assert line.strip() in inside, line


def told_names() -> set[str]:
    """The metrics' names, counters as Prometheus stores them."""
    told = (ROOT / "social_publisher" / "reports" / "metrics.py").read_text()
    told += (ROOT / "campaign_site" / "page_cache" / "start.py").read_text()
    kinds = re.findall(r'(\w+)MetricFamily\(\s*"(campaign_[a-z_]+)"', told)
    ends = {"Counter": "_total", "GaugeHistogram": "_bucket", "Gauge": ""}
    return {name + ends[kind] for kind, name in kinds}


def test_the_dashboard_shows_every_number_that_is_told_and_no_other() -> None:
    board = json.loads((DEPLOY / "grafana" / "campaigns.json").read_text())
    shown = set(re.findall(r"\bcampaign_[a-z_]+", json.dumps(board["panels"])))
    assert shown == told_names()
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    places = [tuple(panel["gridPos"].values()) for panel in board["panels"]]
    assert len(set(places)) == len(places)


def test_the_broker_lets_in_its_own_user_alone() -> None:
    broker = SEVERAL["services"]["broker"]
    assert "/run/secrets/broker_users" in broker["command"]
    assert broker["secrets"] == ["broker_users"]
    for name in ("site", "clock", "worker"):
        service = SEVERAL["services"][name]
        assert "CELERY_BROKER_URL" not in service["environment"]
        assert Path(service["environment"]["CELERY_BROKER_URL_FILE"]).name in service["secrets"]
        assert set(ONE["services"]["site"]["secrets"]) <= set(service["secrets"])
    made = (COMPOSE / "README.md").read_text()
    assert "user default off" in made
    assert all(name in made for name in SEVERAL["secrets"])
