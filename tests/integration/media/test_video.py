"""Videos are taken as every network takes them, without anything else that was in the file."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

import av
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from media.models import CampaignVideo
from media.video import clean_video
from social_publisher.models import RehearsalPost
from tests.factories import make_editor, picture_bytes
from tests.fakes.http import FakeNetwork, serving
from tests.support import samples

pytestmark = pytest.mark.django_db
PLACE = "+44.4323+026.1063/"


@pytest.fixture(autouse=True)
def own_media_folder(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def with_place(content: bytes) -> bytes:
    """The same video as a telephone writes it: with where and by what it was made."""
    target = BytesIO()
    with av.open(BytesIO(content)) as read, av.open(target, "w", format="mov") as written:
        written.metadata.update({"location": PLACE, "comment": "made by a telephone"})
        copy = written.add_stream_from_template(read.streams.video[0])
        for packet in read.demux(read.streams.video[0]):
            if packet.dts is not None:
                packet.stream = copy
                written.mux(packet)
    assert PLACE.encode() in target.getvalue()
    return target.getvalue()


def test_place_and_device_stay_behind() -> None:
    cleaned = clean_video(BytesIO(with_place(samples.mp4())))
    content = cleaned.content.read()
    assert (cleaned.width, cleaned.height) == (320, 240)
    assert cleaned.seconds == pytest.approx(4, abs=0.2)
    assert PLACE.encode() not in content
    assert b"telephone" not in content
    assert content[4:8] == b"ftyp"
    # The index comes before the pictures, so that it plays while it loads.
    assert content.index(b"moov") < content.index(b"mdat")


def test_the_pictures_are_the_same_as_before() -> None:
    def frames(content: bytes) -> list[bytes]:
        with av.open(BytesIO(content)) as read:
            return [bytes(packet) for packet in read.demux(read.streams.video[0]) if packet.dts is not None]

    assert len(frames(clean_video(BytesIO(samples.mp4())).content.read())) == len(frames(samples.mp4())) == 40


def test_a_file_that_was_stored_past_the_form_is_cleaned_too() -> None:
    video = CampaignVideo(title="A")
    video.file.save("a.mp4", ContentFile(with_place(samples.mp4())), save=True)
    assert video.seconds
    assert PLACE.encode() not in video.file.read()


@pytest.mark.parametrize("content", [b"", b"no video at all", samples.mp4()[:2000], picture_bytes()])
def test_what_is_no_video_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_video(BytesIO(content))
    assert "MP4" in str(caught.value) or "video" in str(caught.value)


def test_another_codec_is_refused_by_name() -> None:
    target = BytesIO()
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _frame in range(10):
            for packet in stream.encode(av.VideoFrame(64, 48, "yuv420p")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    with pytest.raises(ValidationError, match=r"H\.264.*mpeg4"):
        clean_video(BytesIO(target.getvalue()))


def test_an_editor_uploads_one_and_keeps_the_form_when_it_is_refused() -> None:
    client = Client()
    client.force_login(make_editor())
    add = reverse("wagtailsnippets_media_campaignvideo:add")
    refused = client.post(add, {"title": "Kept", "file": ContentFile(b"nothing", name="a.mp4")})
    assert refused.status_code == 200
    assert "not a readable video" in refused.content.decode()
    assert "Kept" in refused.content.decode()
    whole = {"title": "A", "file": ContentFile(samples.mp4(), name="a.mov"), "captions": inline_formset([])}
    assert client.post(add, nested_form_data(whole)).status_code == 302
    video = CampaignVideo.objects.get()
    assert (video.width, video.height, round(video.seconds)) == (320, 240, 4)
    assert video.file.name.endswith(".mp4")


def test_a_file_that_names_other_files_or_addresses_reads_none(serve_nothing: list[str]) -> None:
    """A play list, a session description and a list of files are videos to a player that guesses."""
    client = Client()
    client.force_login(make_editor())
    add = reverse("wagtailsnippets_media_campaignvideo:add")
    address = serve_nothing[0]
    lists = {
        "a.m3u8": f'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{address}/key"\n#EXTINF:1,\n{address}/a.ts\n',
        "b.mp4": f'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{address}/key"\n#EXTINF:1,\n{address}/a.ts\n',
        "c.mp4": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
        "d.mov": "ffconcat version 1.0\nfile manage.py\n",
    }
    for name, content in lists.items():
        answer = client.post(add, {"title": "A", "file": ContentFile(content.encode(), name=name)})
        assert answer.status_code == 200, name
    assert serve_nothing[1:] == []
    assert not CampaignVideo.objects.exists()


@pytest.fixture
def serve_nothing() -> Any:
    """The address of a server, and after it the paths that were asked for there."""
    with serving(FakeNetwork()) as server:
        heard = [server.base]
        yield heard
        heard += [path for _method, path in server.calls]
        assert heard[1:] == []


def test_a_video_is_seen_by_staff_and_by_all_once_it_is_on_the_wall() -> None:
    video = CampaignVideo.objects.create(title="A", file=ContentFile(samples.mp4(), name="a.mp4"))
    address = f"/media/{video.file.name}"
    reader, editor = Client(), Client()
    editor.force_login(make_editor())
    assert reader.get(address).status_code == 404
    content = video.file.read()
    assert body(editor.get(address)) == content
    RehearsalPost.objects.create(
        key=uuid4(), handle="a", rehearses="x", text="A", language="en", created_at=timezone.now(),
        attachments=[{"location": video.file.name}],
    )  # fmt: skip
    piece = reader.get(address, headers={"Range": "bytes=100-199"})
    assert (piece.status_code, piece["Content-Range"]) == (206, f"bytes 100-199/{len(content)}")
    assert body(piece) == content[100:200]
    rest = reader.get(address, headers={"Range": f"bytes={len(content) - 5}-"})
    assert body(rest) == content[-5:]
    assert reader.get(address, headers={"Range": f"bytes={len(content)}-"}).status_code == 416
    assert reader.get("/media/videos/..%2fcredential-keys").status_code == 404


def body(answer: Any) -> bytes:
    """All bytes of an answer that is sent piece by piece."""
    return b"".join(answer.streaming_content)
