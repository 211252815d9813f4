"""What nginx gives by itself, as the example sets it up, says how it is to be read."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from campaign_site.launcher.preflight import free_port
from tests.support.nginx import running_nginx

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """nginx with a file of each kind, packed and not, and no site behind it."""
    folder = Path(tmp_path_factory.mktemp("static"))
    for ending in KINDS:
        (folder / f"a.{ending}").write_text("č")
        (folder / f"a.{ending}.gz").write_bytes(gzip.compress("č".encode()))
    with (
        running_nginx(free_port(), folder) as (port, believes),
        httpx.Client(base_url=f"https://localhost:{port}", verify=believes, trust_env=False) as client,
    ):
        yield client


@pytest.mark.parametrize("packed", ["identity", "gzip"])
@pytest.mark.parametrize("ending", KINDS)
def test_every_static_text_names_its_type_and_charset(ending: str, packed: str, nginx: httpx.Client) -> None:
    answer = nginx.get(f"/static/a.{ending}", headers={"accept-encoding": packed})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == KINDS[ending]
    assert answer.headers.get("content-encoding", "identity") == packed
    assert answer.text == "č"
