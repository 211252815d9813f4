"""The database is away and comes back: what readers, editors and the clock see meanwhile, and that nothing is lost."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import psutil
import pytest

from campaign_site.launcher.database import FOLDER, server_process
from tests.crash.test_kill import DUE_POST, RECORD
from tests.load.people import NEW, Fields, token
from tests.load.rush import CAMPAIGN
from tests.soak.__main__ import START_DATABASE
from tests.support.product import ROOT, Product

UNKEPT = "/search/?q=smuggling"
WRITTEN = """
import json
from social_publisher.models import Post
print(json.dumps(Post.objects.filter(text__startswith="Written while").count()))
"""


@pytest.fixture
def editor(product: Product) -> Iterator[httpx.Client]:
    """Signed in, with a browser's headers."""
    with httpx.Client(base_url=product.base, timeout=30, headers={"referer": product.base}) as client:
        page = client.get("/admin/login/").text
        form = {"login": "editor", "password": product.passwords()["editor"], "csrfmiddlewaretoken": token(page)}
        assert client.post("/admin/login/", data=form).status_code == 302
        yield client


@contextlib.contextmanager
def database_away(product: Product) -> Iterator[None]:
    """Stopped as a crash stops it, then started again."""
    server = server_process(product.folder / FOLDER)
    assert server is not None
    server.send_signal(signal.SIGQUIT)
    with contextlib.suppress(psutil.NoSuchProcess):
        server.wait(30)
    try:
        yield
    finally:
        subprocess.run([sys.executable, "-c", START_DATABASE, str(product.folder)], cwd=ROOT, check=True)


def eventually(client: httpx.Client, path: str) -> int:
    """The answer when the site has found its database again."""
    until = time.monotonic() + 60
    while (status := client.get(path).status_code) >= 500 and time.monotonic() < until:
        time.sleep(0.2)
    return status


@pytest.fixture
def reader(product: Product) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=product.base, timeout=30) as client:
        yield client


def test_while_the_database_is_away_and_after(product: Product, editor: httpx.Client, reader: httpx.Client) -> None:
    new = f"{NEW}?campaign={product.ask(CAMPAIGN)}"
    form = Fields(editor.get(new).text).found
    form["text"] = "Written while the database was away."
    post = product.ask(DUE_POST.replace("SECONDS", "6"))
    reader.get("/projects/")
    time.sleep(1)
    kept = reader.get("/projects/")
    with database_away(product):
        page = reader.get("/projects/")
        assert (page.status_code, page.text) == (200, kept.text), "readers get the last good page"
        for who, path in ((reader, UNKEPT), (editor, "/admin/social/queue/")):
            answer = who.get(path)
            assert answer.status_code == 503, path
            assert "cannot reach its data" in answer.text
            assert int(answer.headers["retry-after"]) > 0
        refused = editor.post(new, data=form)
        assert refused.status_code == 503
        assert "copy your text" in refused.text
        assert reader.get("/health/live").status_code == 200
        assert reader.get("/health/ready").status_code == 503
        time.sleep(6)
    assert eventually(reader, UNKEPT) == 200
    assert eventually(editor, "/admin/social/queue/") == 200
    assert editor.post(new, data=form).status_code == 302, "the form that was refused is taken as it stands"
    assert product.ask(WRITTEN) == 1
    deadline = time.monotonic() + 60
    record = product.ask(RECORD.replace("POST", str(post)))
    while set(record[0]) != {"published"} and time.monotonic() < deadline:
        time.sleep(0.5)
        record = product.ask(RECORD.replace("POST", str(post)))
    assert record == [["published", "published"], 2], json.dumps(record)
    assert "Traceback" not in reader.get(UNKEPT).text
