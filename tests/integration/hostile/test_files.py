"""Files that are not what they say: refused or cleaned, whichever way they come in, and nothing of them is stored.

The rules one by one are told in tests/integration/media.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from wagtail.models import UploadedFile

from media import captions
from media.cleaning import clean_image
from media.files import checked_document
from media.models import CampaignDocument, CampaignImage, CampaignVideo
from media.video import clean_video
from social_publisher.connections import picture
from tests.factories import picture_bytes
from tests.integration.hostile.asking import asked, signed_in
from tests.integration.media.test_documents import packed, word
from tests.support import samples
from tests.support.hostile import MARK, TRAVERSALS

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>hx9()</script>"
TEMPLATE = '<Relationship Type="http://x/attachedTemplate" Target="//hx9.example" TargetMode="External"/>'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes) -> bytes:
    """A PNG of a few bytes that says it is as large as this."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(more)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def gif(width: int, height: int, frames: int) -> bytes:
    """A GIF of many frames, each as large as this and all but empty."""
    frame = b"\x2c\0\0\0\0" + struct.pack("<HH", width, height) + b"\0\x02\x02\x4c\x01\0"
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";"


def drawn(kind: str, **more: Any) -> bytes:
    target = BytesIO()
    Image.new("RGB", (40, 20), "green").save(target, format=kind, **more)
    return target.getvalue()


PICTURES: dict[str, tuple[str, bytes]] = {
    "pixels": ("a.png", png(50_000, 50_000)),
    "more pixels than a number holds": ("a.png", png(2**31 - 1, 2**31 - 1)),
    "no pixels": ("a.png", png(0, 0)),
    "frames": ("a.gif", gif(8_000, 8_000, 200)),
    "a truncated JPEG": ("a.jpg", drawn("JPEG")[:-200]),
    "a truncated PNG": ("a.png", picture_bytes()[:60]),
    "a script in a picture's clothes": ("a.gif", b"GIF89a=1;hx9()"),
    "a drawing by another name": ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="hx9()"/>'),
    "a web page by another name": ("a.jpg", b"<!DOCTYPE html>" + SCRIPT),
    "PostScript": ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n"),
    "another kind of picture": ("a.png", drawn("TIFF")),
    "a picture by the wrong name": ("a.png", drawn("JPEG")),
    "a program": ("a.png", b"MZ" + SCRIPT),
    "nothing": ("a.png", b""),
    "a bomb of text": ("a.png", png(8, 8, chunk(b"zTXt", b"x\0\0" + zlib.compress(b"\0" * 80_000_000)))),
    "a bomb of colours": ("a.png", png(8, 8, chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\0" * 80_000_000)))),
}


def harmless() -> bytes:
    """A real PDF of one empty page."""
    target = BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(target)
    return target.getvalue()


def pdf(**save: Any) -> bytes:
    """A real PDF that runs a script when it is opened."""
    target = BytesIO()
    with pikepdf.open(BytesIO(harmless())) as file:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('hx9')"))
        file.Root.OpenAction = file.make_indirect(action)
        file.save(target, **save)
    return target.getvalue()


def plain_pdf(more: bytes) -> bytes:
    """A PDF of one page, written by hand, that does what its first object says when it is opened."""
    rest = (
        b"7 0 obj << /Type /Catalog /Pages 8 0 R /OpenAction 1 0 R >> endobj\n"
        b"8 0 obj << /Type /Pages /Kids [9 0 R] /Count 1 >> endobj\n"
        b"9 0 obj << /Type /Page /Parent 8 0 R /MediaBox [0 0 9 9] >> endobj\n"
    )
    return b"%PDF-1.7\n" + more + b"\n" + rest + b"trailer << /Root 7 0 R /Size 10 >>\n%%EOF"


ACTS = b"1 0 obj << /S /JavaScript /JS (hx9) >> endobj"
LEADS = b"/S /GoTo /D [9 0 R /Fit]"
STREAMS = pikepdf.ObjectStreamMode


def renamed(data: bytes) -> bytes:
    """The same file, as long, with the name of its streams of objects written with an escape."""
    assert b"/Type /ObjStm /" in data
    return data.replace(b"/Type /ObjStm /", b"/Type/O#62jStm/")


def without_index(data: bytes) -> bytes:
    """The same file with nothing that says where its objects are: readers look for them by themselves."""
    start = data.index(b"/Type /XRef")
    return data[:start] + b"/Type /Hx9f" + data[start + 11 :] + b"\ntrailer << /Root 1 0 R /Size 10 >>\n%%EOF"


def with_names(*names: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return target.getvalue()


DOCUMENTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a script, as it is": ("a.pdf", lambda: pdf(object_stream_mode=STREAMS.disable)),
    "a script, packed": ("a.pdf", lambda: pdf(object_stream_mode=STREAMS.generate, compress_streams=True)),
    "a script, written with escapes": (
        "a.pdf",
        lambda: plain_pdf(ACTS.replace(b"/JS", b"/#4a#53").replace(b"JavaScript", b"J#61vaScript")),
    ),
    "a program to start": ("a.pdf", lambda: plain_pdf(b"1 0 obj << /S /Launch /F (cmd.exe) >> endobj")),
    "a file inside": ("a.pdf", lambda: plain_pdf(b"1 0 obj << /Names << /EmbeddedFiles 2 0 R >> >> endobj")),
    "a form that is sent": (
        "a.pdf",
        lambda: plain_pdf(b"1 0 obj << /S /SubmitForm /F (https://hx9.example) >> endobj"),
    ),
    "a program called PDF": ("a.pdf", lambda: b"MZ" + b"\0" * 2_000 + b"%PDF-1.7"),
    "macros": ("a.docx", lambda: word(word__vbaProject_bin=b"x")),
    "macros called otherwise": ("a.xlsx", lambda: word(xl__macrosheets__a_xml=b"x")),
    "a program called DOCX": ("a.docx", lambda: b"MZ" + SCRIPT),
    "a template from elsewhere": (
        "a.docx",
        lambda: word(word__x_rels=TEMPLATE.encode()),
    ),
    "a zip bomb": ("a.zip", lambda: packed(a_txt=b"\0" * 20_000_000)),
    "a zip bomb in an office file": ("a.docx", lambda: word(a_txt=b"\0" * 20_000_000)),
    "a zip in a zip": ("a.zip", lambda: packed(a_zip=packed(a_txt=b"x"))),
    "a tar in a zip": ("a.zip", lambda: with_names("a.tar.gz")),
    "a name that goes up": ("a.zip", lambda: with_names("../../a.txt")),
    "a name that goes up a window": ("a.zip", lambda: with_names("..\\..\\a.txt")),
    "a name from the root": ("a.zip", lambda: with_names("/etc/a.txt")),
    "a name of a drive": ("a.zip", lambda: with_names("C:/a.txt")),
    "a program in a zip": ("a.zip", lambda: with_names("a.txt", "b/RUN.EXE")),
    "a page in a zip": ("a.zip", lambda: with_names("index.HTML")),
    "too many files": ("a.zip", lambda: with_names(*(f"{number}.txt" for number in range(5_001)))),
    "a page called text": ("a.txt", lambda: b"\xef\xbb\xbf \n<!DOCTYPE html>" + SCRIPT),
    "a program called a table": ("a.csv", lambda: b"MZ\x90\0"),
    "a kind nobody takes": ("a.html", lambda: SCRIPT),
    "a drawing": ("a.svg", lambda: b"<svg onload=hx9()>"),
    "a name with two endings": ("a.pdf.exe", lambda: b"%PDF-1.7"),
}
# What hides it better, and what of it is easily overlooked.
HIDDEN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "what stands between two comments, %stream and %endstream, is not read": ("a.pdf",
            lambda: plain_pdf(b"%stream\n" + ACTS + b"\n%endstream")),
    "a stream of objects is not known by /Type /O#62jStm": (
        "a.pdf",
        lambda: renamed(pdf(object_stream_mode=STREAMS.generate)),
    ),
    "a stream of objects that is not packed is not read": (
        "a.pdf",
        lambda: pdf(object_stream_mode=STREAMS.generate, compress_streams=False),
    ),
    "an encrypted file is taken, whose objects nobody can read here": ("a.pdf",
            lambda: pdf(object_stream_mode=STREAMS.generate, encryption=pikepdf.Encryption(owner="x", user=""))),
    "Windows takes the point off the end of a name: run.exe. is run.exe": ("a.zip",
            lambda: with_names("run.exe.")),
    "Windows takes the blank off the end of a name: run.exe␠ is run.exe": ("a.zip",
            lambda: with_names("run.exe ")),
    "a template from elsewhere is not known by TargetMode=&#69;xternal": ("a.docx",
            lambda: word(word__x_rels=b'<Relationship Type="http://x/attachedTemplate" TargetMode="&#69;xternal"/>')),
    "a template from elsewhere is not known in UTF-16": ("a.docx",
            lambda: word(word__x_rels=f"\ufeff{TEMPLATE}".encode("utf-16-le"))),
}  # fmt: skip


def kept(folder: Any) -> list[Path]:
    """The files that are stored."""
    return [path for path in Path(folder).rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", PICTURES)
def test_no_such_picture_comes_in(kind: str, settings: Any) -> None:
    name, data = PICTURES[kind]
    with pytest.raises(ValidationError):
        clean_image(BytesIO(data), name)
    if kind not in RENAMED:
        with pytest.raises((OSError, ValueError, SyntaxError, Image.DecompressionBombError)):
            picture.small(data)


@pytest.mark.parametrize("kind", PICTURES)
def test_the_forms_refuse_it_too(kind: str, settings: Any) -> None:
    name, data = PICTURES[kind]
    client = signed_in()
    for address, field in (("wagtailimages:add", "file"), ("wagtailimages:add_multiple", "files[]")):
        form = {"title": "x", field: SimpleUploadedFile(name, data), "credit": "x", "licence": "x", "people": "none"}
        answer, broken = asked(partial(client.post, reverse(address), form))
        assert (answer.status_code, broken) in {(200, ""), (400, "")}, address
    assert not CampaignImage.objects.exists()
    assert not UploadedFile.objects.exists()
    assert kept(settings.MEDIA_ROOT) == []


# Pictures they are, and a copy of 96 pixels is another one.
RENAMED = {"a picture by the wrong name"}


def carriers() -> dict[str, bytes]:
    """Pictures that carry a script where no pixel is."""
    text, exif = PngInfo(), Image.Exif()
    text.add_text("hx9", SCRIPT.decode())
    text.add_itxt("XML:com.adobe.xmp", SCRIPT.decode())
    exif[0x010E], exif[0x9286] = SCRIPT.decode(), SCRIPT
    frames = [Image.new("P", (8, 8), number) for number in range(3)]
    moving = BytesIO()
    frames[0].save(moving, format="GIF", save_all=True, append_images=frames[1:], comment=SCRIPT)
    return {
        "a.jpg": drawn("JPEG", exif=exif, comment=SCRIPT, xmp=SCRIPT) + SCRIPT,
        "b.png": drawn("PNG", pnginfo=text, exif=exif) + SCRIPT,
        "c.webp": drawn("WEBP", exif=exif, xmp=SCRIPT) + SCRIPT,
        "d.avif": drawn("AVIF", exif=exif, xmp=SCRIPT),
        "e.gif": drawn("GIF", comment=SCRIPT) + SCRIPT,
        "f.gif": moving.getvalue() + SCRIPT,
    }


@pytest.mark.parametrize("name", carriers())
def test_a_picture_leaves_its_script_behind(name: str) -> None:
    data = carriers()[name]
    assert MARK.encode() in data
    assert MARK.encode() not in clean_image(BytesIO(data), name).read()
    # Networks show no account in AVIF.
    assert name == "d.avif" or MARK.encode() not in picture.small(data)


def test_a_colour_profile_that_is_none_stays_behind() -> None:
    data = drawn("JPEG", icc_profile=SCRIPT)
    assert MARK.encode() not in clean_image(BytesIO(data), "a.jpg").read()


@pytest.mark.parametrize(("name", "data"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_no_such_document_comes_in(name: str, data: Callable[[], bytes], settings: Any) -> None:
    content = data()
    with pytest.raises(ValidationError):
        checked_document(BytesIO(content), name)
    client = signed_in()
    for address, field in (("wagtaildocs:add", "file"), ("wagtaildocs:add_multiple", "files[]")):
        form = {"title": "x", field: SimpleUploadedFile(name, content)}
        answer, broken = asked(partial(client.post, reverse(address), form))
        assert (answer.status_code, broken) in {(200, ""), (400, "")}, address
    with pytest.raises(ValidationError):
        CampaignDocument(title="x").file.save(name, ContentFile(content), save=False)
    assert not CampaignDocument.objects.exists()
    assert not UploadedFile.objects.exists()
    assert kept(settings.MEDIA_ROOT) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", harmless()),
        ("a.pdf", plain_pdf(b"1 0 obj << %s >> endobj" % LEADS)),
        ("a.docx", word()),
        ("a.zip", with_names("a.txt", "b/c.md")),
    ],
)
def test_what_is_harmless_is_taken(name: str, data: bytes) -> None:
    """So that what is refused is not refused for being made by hand."""
    assert checked_document(BytesIO(data), name).read()


def test_what_has_no_index_is_not_taken_on_trust() -> None:
    """Whoever opens it may find packed objects that are not found here."""
    with pytest.raises(ValidationError):
        checked_document(BytesIO(without_index(pdf(object_stream_mode=STREAMS.generate))), "a.pdf")


def test_packed_objects_that_no_index_names_are_looked_through_too() -> None:
    """The catalogue stands openly, the script it starts in a packed object: readers that rebuild indexes find it."""
    packed_one = zlib.compress(b"1 0 << /S /JavaScript /JS (hx9) >>")
    head = b"2 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n" % len(packed_one)
    with pytest.raises(ValidationError):
        checked_document(BytesIO(plain_pdf(head + packed_one + b"\nendstream endobj")), "a.pdf")


@pytest.mark.parametrize(("name", "data"), HIDDEN.values(), ids=HIDDEN)
def test_nor_does_one_that_hides_it_better(name: str, data: Callable[[], bytes]) -> None:
    with pytest.raises(ValidationError):
        checked_document(BytesIO(data()), name)


@pytest.mark.parametrize("name", [name for name in TRAVERSALS if "\0" not in name])
def test_no_name_leads_out_of_the_folder(name: str, settings: Any) -> None:
    client = signed_in()
    for ending, address, data in (
        ("pdf", "wagtaildocs:add", harmless()),
        ("png", "wagtailimages:add", picture_bytes()),
    ):
        file = SimpleUploadedFile("x", data)
        vars(file)["_name"] = f"{name}.{ending}"
        form = {"title": "x", "file": file, "credit": "x", "licence": "x", "people": "none", "description": "x"}
        _answer, broken = asked(partial(client.post, reverse(address), form))
        assert not broken
    root = Path(settings.MEDIA_ROOT).resolve()
    assert all(root in path.resolve().parents for path in kept(root.parent))
    stored_names = [
        *CampaignDocument.objects.values_list("file", flat=True),
        *CampaignImage.objects.values_list("file", flat=True),
    ]
    assert all(
        str(stored).startswith(("documents/", "original_images/")) and ".." not in Path(str(stored)).parts
        for stored in stored_names
    )


VIDEOS = {
    "nothing": b"",
    "the beginning of one": samples.mp4()[:3_000],
    "one without its index": samples.mp4().replace(b"moov", b"hx9!"),
    "a page": b"<!DOCTYPE html>" + SCRIPT,
    "a picture": picture_bytes(),
    "a play list": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "a list of files": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "boxes without end": (b"\0\0\0\x08moov" * 50_000),
    "a box larger than the file": b"\0\0\0\x01ftyp" + b"\xff" * 8 + b"isom" * 10,
    "a program": b"MZ" + b"\0" * 500,
}


@pytest.mark.parametrize("kind", VIDEOS)
def test_no_such_video_comes_in(kind: str, settings: Any) -> None:
    with pytest.raises(ValidationError):
        clean_video(BytesIO(VIDEOS[kind]))
    form = {
        "title": "x",
        "file": SimpleUploadedFile("a.mp4", VIDEOS[kind]),
        "credit": "x",
        "licence": "x",
        "people": "none",
    }
    form |= {"captions-TOTAL_FORMS": "0", "captions-INITIAL_FORMS": "0"}
    answer, broken = asked(lambda: signed_in().post(reverse("wagtailsnippets_media_campaignvideo:add"), form))
    assert (answer.status_code, broken) == (200, "")
    assert not CampaignVideo.objects.exists()
    assert kept(settings.MEDIA_ROOT) == []


@pytest.mark.parametrize(
    "data",
    [b"", SCRIPT, b"\xff\xfe", b"WEBVTT\n\n" + b"\0", b"WEBVTT" + b"x" * 100, b"MZ", b"WEBVTT\n\nSTYLE\n::cue{}\n"],
)
def test_no_such_captions_come_in(data: bytes) -> None:
    with pytest.raises(ValidationError):
        captions.clean_captions(data)


def test_captions_keep_no_style_and_no_script() -> None:
    told = (
        b"WEBVTT\n\nSTYLE\n::cue{background:url(//hx9.example)}\n\nNOTE hx9\n\n"
        b"00:00.000 --> 00:02.000\n<c.x><script>hx9()</script>Good.\n"
    )
    assert b"Good" in (cleaned := captions.clean_captions(told))
    assert b"STYLE" not in cleaned
    assert b"NOTE" not in cleaned
    assert b"hx9.example" not in cleaned


def test_whatever_is_served_is_never_a_page(client: Client) -> None:
    """A picture and a document of anybody's, as a browser meets them."""
    document = CampaignDocument.objects.create(title="x", file=ContentFile(harmless(), name="a.pdf"))
    answer = client.get(document.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
