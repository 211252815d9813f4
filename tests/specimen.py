"""One page with every block that running text can have."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from content.blocks import BodyBlock
from content.pages import StandardPage
from content.records import Country, Partner
from media.models import CampaignDocument, CampaignVideo, VideoCaptions
from tests.factories import VIDEO_FACTS, make_campaign, make_image
from tests.pages import make_home

VTT = b"WEBVTT\n\nNOTE by the editor\n\n00:00.000 --> 00:02.000\n<v Officer>Good morning.</v>\n"
SOURCE = {"source": "A report", "source_url": "https://report.example/", "date": "2025-03-01", "precision": "month"}


def table(series: int = 1) -> dict[str, Any]:
    """A table of words and numbers, as it is stored."""
    names = ["Cars", "Lorries", "Ships", "Trains"][:series]
    return {
        "caption": "Checks at the border",
        "columns": [{"type": "text", "heading": "Year"}, *({"type": "number", "heading": name} for name in names)],
        "rows": [
            {"values": [year, *(str(value * (number + 1)) for number in range(series))]}
            for year, value in (("2023", 1200), ("2024", 1800), ("2025", 15000))
        ],
    }


def make_video(**captions: bytes) -> CampaignVideo:
    """A video that is only a row, with captions by language."""
    (video,) = CampaignVideo.objects.bulk_create(
        [CampaignVideo(title="A video", file="videos/a.mp4", width=640, height=360, seconds=2, **VIDEO_FACTS)]
    )
    for language, content in captions.items():
        VideoCaptions.objects.create(video=video, language=language, file=ContentFile(content, "captions.vtt"))
    return video


def blocks(page: Page, times: int = 1) -> list[tuple[str, Any]]:
    """Every block with its value, with `times` items in each that holds items."""
    images = [make_image(color) for color in ("navy", "red", "green", "blue")[: times + 1]]
    countries = [
        Country.objects.get_or_create(code=code, defaults={"selec_member": True})[0] for code in ("RO", "BG", "GR")
    ]
    partners = [
        Partner.objects.create(
            name=f"Partner {number} of {page.pk}-{times}", country=countries[0], website="https://a.example"
        )
        for number in range(times)
    ]
    documents = [
        CampaignDocument.objects.create(title=f"Report {number}", file=ContentFile(b"text", "report.txt"), file_size=4)
        for number in range(times)
    ]
    video = make_video(en=VTT)

    def figure(image: Any) -> dict[str, Any]:
        return {"image": image.pk, "alt_text": "A field of one colour.", "decorative": False, "caption": "One colour"}

    text = f'<p>Read the <a linktype="page" id="{page.pk}">home page of the site</a>.</p>'
    statistic = {"value": "12 tonnes", "label": "of goods were found", **SOURCE}
    parts: list[tuple[str, Any]] = [
        ("heading", "What changes at the border"),
        ("subheading", "At the green border"),
        *[("paragraph", text)] * times,
        ("quote", {"text": "Vrijeme je.", "source": "A report", "source_url": "", "language": "hr"}),
        ("fact", {"text": "Goods without papers are not safe.", "source": "A report", "source_url": ""}),
        ("steps", {"steps": [{"title": "Write down what you saw", "text": text}] * (times + 1)}),
        ("accordion", {"parts": [{"title": "Who may ask?", "text": text}] * (times + 1)}),
        *[("figure", figure(image)) for image in images[:times]],
        ("gallery", {"pictures": [figure(image) for image in images]}),
        (
            "video",
            {
                "video": video.pk,
                "title": "A morning at the border",
                "poster": images[0].pk,
                "silent": False,
                "transcript": "<p>An officer says good morning.</p>",
            },
        ),
        (
            "outside_video",
            {
                "title": "A talk about borders",
                "url": "https://www.video.example/watch",
                "summary": "What the talk says.",
                "language": "ro",
                "captioned": True,
            },
        ),
        ("statistics", {"numbers": [statistic] * times}),
        ("chart", {"kind": "bars", "table": table(), "unit": "cases", "summary": "Checks rose.", **SOURCE}),
        ("chart", {"kind": "bars", "table": table(4), "unit": "cases", "summary": "All rose.", **SOURCE}),
        ("chart", {"kind": "lines", "table": table(4), "unit": "cases", "summary": "All rose.", **SOURCE}),
        ("table", {"table": table(2), **SOURCE}),
        (
            "timeline",
            {
                "entries": [
                    {"date": "2026-03-01", "precision": "month", "title": "The route was closed", "text": "For good."},
                    {"date": "2025-01-01", "precision": "year", "title": "The work began", "text": ""},
                ]
            },
        ),
        ("map", {"countries": [country.pk for country in countries], "caption": "Where the officers work"}),
        (
            "action",
            {
                "title": "Report it",
                "text": "Tell the police.",
                "link_text": "How to report",
                "page": page.pk,
                "url": "",
            },
        ),
        (
            "downloads",
            {"documents": [{"document": row.pk, "title": "", "language": "ro", "text": "A text"} for row in documents]},
        ),
        (
            "people",
            {
                "people": [
                    {"name": "A. Person", "role": "Officer", "organisation": "Customs", "photo": image.pk}
                    for image in images[:times]
                ]
            },
        ),
        ("partners", {"partners": [partner.pk for partner in partners]}),
        ("related", {"pages": [page.pk] * times}),
        ("posts", {"campaign": make_campaign().pk, "number": 3}),
    ]
    stored = BodyBlock().to_python([{"type": kind, "value": value} for kind, value in parts])
    return [(child.block_type, child.value) for child in stored]


def make_specimen(times: int = 1, home: Any = None) -> StandardPage:
    """A published page with every block, below a home page that is there or one of its own."""
    home = home or make_home().get_parent()
    page: StandardPage = home.add_child(instance=StandardPage(title="Every block", slug="blocks", live=False))
    page.body = blocks(home, times)
    page.save_revision(clean=False).publish()
    return StandardPage.objects.get(pk=page.pk)
