from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class SiteContentChecker(ContentCheckerItem):
    """Wagtail's checks of a previewed page, and more of axe's rules: what the public pages' tests hold to."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "color-contrast",
        "document-title",
        "duplicate-id-aria",
        "html-has-lang",
        "identical-links-same-purpose",
        "image-alt",
        "image-redundant-alt",
        "link-in-text-block",
        "list",
        "listitem",
        "page-has-heading-one",
        "scope-attr-valid",
        "summary-name",
        "table-duplicate-name",
        "target-size",
        "td-headers-attr",
        "th-has-data-cells",
        "valid-lang",
        "video-caption",
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "color-contrast": {
            "error_name": _("Text is hard to tell from its background"),
            "help_text": _("Colours come from the design: tell the people who run the site"),
        },
        "identical-links-same-purpose": {
            "error_name": _("Links with the same text lead to different places"),
            "help_text": _("Say in each link's text where it leads"),
        },
        "image-alt": {
            "error_name": _("A picture has no description"),
            "help_text": _("Describe the picture, or mark it as decoration"),
        },
        "image-redundant-alt": {
            "error_name": _("A description repeats the text beside it"),
            "help_text": _("Write what the picture shows, or mark it as decoration"),
        },
        "video-caption": {
            "error_name": _("A video has no captions"),
            "help_text": _("Upload a WebVTT file with the video"),
        },
    }
