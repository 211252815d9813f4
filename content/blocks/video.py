from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.checked import CheckedBlock, Findings
from content.blocks.choosers import PictureBlock, VideoChooserBlock
from content.blocks.groups import MEDIA
from content.blocks.languages import endonym, language_choices
from content.blocks.samples import SampleVideo
from content.blocks.text import ParagraphBlock
from content.quality import Finding


class VideoValue(blocks.StructValue):
    """A video with its captions, those in the page's language first."""

    @property
    def tracks(self) -> list[tuple[str, str, Any]]:
        """Language code, the language's own name and the captions, for each of the video's languages."""
        own = get_language()
        captions = getattr(self["video"], "captions", None)
        rows = [] if captions is None else list(captions.all())
        rows.sort(key=lambda row: row.language != own)
        return [(row.language, endonym(row.language), row) for row in rows]


class VideoBlock(CheckedBlock):
    """A video that this site serves itself, with captions and its text."""

    video = VideoChooserBlock(
        label=_("Video"), help_text=_("Captions are uploaded with the video, one WebVTT file a language.")
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    poster = PictureBlock(
        label=_("Still picture"), required=False, help_text=_("Shown before the video is played. It is not described.")
    )
    silent = blocks.BooleanBlock(
        label=_("Nobody speaks"),
        required=False,
        help_text=_("There is no speech and no sound that matters. Captions are not needed then; the text is."),
    )
    transcript = ParagraphBlock(
        label=_("The video as text"),
        required=False,
        help_text=_("Everything that is said, and what is to be seen where it matters."),
    )

    def findings(self, value: Any) -> Findings:
        """Who cannot hear has captions, who cannot see has the text."""
        found: Findings = {}
        video = value["video"]
        if video is not None and not value["silent"] and not video.captions.all():
            found["video"] = [
                Finding(
                    "video-captions",
                    _("This video has no captions."),
                    _("Upload a WebVTT file with the video, or mark that nobody speaks in it."),
                )
            ]
        if not value["transcript"]:
            found["transcript"] = [
                Finding(
                    "video-text",
                    _("This video has no text."),
                    _("Write down what is said and what is to be seen, for readers who cannot hear, see or load it."),
                )
            ]
        return found

    class Meta:
        icon = "media"
        label = _("Video")
        group = MEDIA
        description = _("A video of the library, with captions and its text. Nothing is loaded before it is played.")
        template = "content/blocks/video.html"
        value_class = VideoValue
        label_format = "{title}"
        preview_value = {
            "video": SampleVideo(),
            "title": "Title of the video",
            "silent": True,
            "transcript": "<p>Everything that is said and shown in the video.</p>",
        }


class OutsideVideoValue(blocks.StructValue):
    """A video elsewhere."""

    @property
    def host(self) -> str:
        """Whose site it is on."""
        return (urlsplit(self["url"] or "").hostname or "").removeprefix("www.")

    @property
    def language_name(self) -> str:
        """The language by its own name."""
        return endonym(self["language"] or "")


class OutsideVideoBlock(CheckedBlock):
    """A video on another site: two clicks away, and nothing is asked of that site before the second."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    url = blocks.URLBlock(label=_("Address"), help_text=_("The page of the video on the other site."))
    summary = blocks.TextBlock(
        label=_("What it says"),
        max_length=600,
        help_text=_("So that readers who do not go there know it too."),
    )
    language = blocks.ChoiceBlock(choices=language_choices, required=False, label=_("Spoken language"))
    captioned = blocks.BooleanBlock(
        label=_("It has captions"), required=False, help_text=_("Look at the video on the other site.")
    )

    def findings(self, value: Any) -> Findings:
        """A video without captions shuts out who cannot hear, wherever it is."""
        if value["captioned"]:
            return {}
        return {
            "captioned": [
                Finding(
                    "video-captions",
                    _("The captions of this video are not confirmed."),
                    _("Look whether it has captions, then tick this. Do not link to a video without."),
                )
            ]
        }

    class Meta:
        icon = "link-external"
        label = _("Video on another site")
        group = MEDIA
        description = _("A notice first, then a link. The other site learns nothing before that.")
        template = "content/blocks/outside_video.html"
        value_class = OutsideVideoValue
        label_format = "{title}"
        preview_value = {
            "title": "Title of the video",
            "url": "https://video.example/watch",
            "summary": "What the video says, in a few sentences.",
            "language": "en",
            "captioned": True,
        }
