from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.groups import LINKS
from content.blocks.links import PageLinkBlock
from content.blocks.samples import SamplePage


class RelatedBlock(blocks.StructBlock):
    """Pages of this site that a reader may want next; each is shown in the reader's language where it exists."""

    pages = blocks.ListBlock(PageLinkBlock(label=_("Page")), label=_("Pages"), min_num=1, max_num=8)

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Related pages")
        group = LINKS
        description = _("Pages of this site that a reader may want next.")
        template = "content/blocks/related.html"
        preview_value = {"pages": [SamplePage(), SamplePage()]}
