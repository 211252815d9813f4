"""Account pictures come from anybody's server: only public machines are asked, and only small pictures are opened."""

from __future__ import annotations

import socket
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from social_publisher.connections import picture
from social_publisher.models import Channel
from tests.factories import make_channel, picture_bytes
from tests.fakes.http import Answer, Call, FakeNetwork, route, serving

pytestmark = pytest.mark.django_db


class Server(FakeNetwork):
    """Pictures of all kinds, and ways to lead elsewhere."""

    @route("GET", "/good.png")
    def good(self, call: Call) -> Answer:
        return Answer(200, picture_bytes(size=(300, 200)), {"content-type": "image/png"})

    @route("GET", "/there")
    def there(self, call: Call) -> Answer:
        return Answer(302, None, {"location": "/good.png"})

    @route("GET", "/round")
    def round(self, call: Call) -> Answer:
        return Answer(302, None, {"location": "/round"})

    @route("GET", "/inside")
    def inside(self, call: Call) -> Answer:
        return Answer(302, None, {"location": "http://169.254.169.254/latest"})

    @route("GET", "/bomb.png")
    def bomb(self, call: Call) -> Answer:
        target = BytesIO()
        Image.new("1", (6000, 6000)).save(target, format="PNG")
        return Answer(200, target.getvalue(), {"content-type": "image/png"})

    @route("GET", "/heavy")
    def heavy(self, call: Call) -> Answer:
        return Answer(200, b"x" * 3_000_000)

    @route("GET", "/script.eps")
    def script(self, call: Call) -> Answer:
        return Answer(200, b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n")


@pytest.fixture(autouse=True)
def own_media_folder(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def channel() -> Channel:
    return make_channel()


@pytest.mark.parametrize("path", ["/good.png", "/there"])
def test_a_small_copy_is_kept(channel: Channel, settings: Any, path: str) -> None:
    settings.NETWORKS_ON_LOOPBACK = True
    with serving(Server()) as server:
        assert picture.fetch(channel, f"{server.base}{path}")
    channel.refresh_from_db()
    with Image.open(channel.picture.path) as kept:
        assert max(kept.size) == 96


def test_a_new_picture_takes_the_old_ones_place(channel: Channel, settings: Any) -> None:
    settings.NETWORKS_ON_LOOPBACK = True
    with serving(Server()) as server:
        for _time in range(2):
            assert picture.fetch(channel, f"{server.base}/good.png")
    assert len(channel.picture.storage.listdir("channels")[1]) == 1


@pytest.mark.parametrize("path", ["/round", "/inside", "/bomb.png", "/heavy", "/script.eps", "/nothing"])
def test_what_is_no_small_picture_is_left(channel: Channel, settings: Any, path: str) -> None:
    settings.NETWORKS_ON_LOOPBACK = True
    with serving(Server()) as server:
        assert not picture.fetch(channel, f"{server.base}{path}")
    assert not channel.picture


@pytest.mark.parametrize("scheme", ["http", "https", "ftp", "file"])
def test_no_machine_behind_us_is_asked(channel: Channel, scheme: str) -> None:
    with serving(Server()) as server:
        assert not picture.fetch(channel, server.base.replace("http", scheme, 1) + "/good.png")
        assert server.calls == []


def test_a_name_that_leads_inside_is_not_followed(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", ("10.0.0.1", 443))])
    assert not picture.fetch(channel, "https://pictures.example.org/a.png")
