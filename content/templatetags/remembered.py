"""`{% remembered "header" %}…{% endremembered %}`: HTML that is the same for every reader of a page, made once until
content changes. Nothing in it may depend on who reads, on the time or on the query."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from content.memory import asks_nothing, remember

register = template.Library()
register.filter("asks_nothing", asks_nothing)


class RememberedNode(Node):
    """The block, rendered once a page, site and language; on a screen that is no page, every time."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Any) -> SafeString:
        """Return the block's HTML."""
        page, request = context.get("page"), context.get("request")
        if getattr(page, "pk", None) is None or request is None:
            return self.nodelist.render(context)
        key = ("html", self.name, page.pk)
        # As a plain string: what is rendered may hold on to the context it was rendered in.
        return mark_safe(remember(request, key, lambda: str(self.nodelist.render(context))))  # noqa: S308


@register.tag("remembered")
def remembered(parser: Parser, token: Token) -> RememberedNode:
    """Parse the tag with its one name in quotes."""
    parts = token.split_contents()
    if len(parts) != 2:
        raise template.TemplateSyntaxError('Write {% remembered "name" %}.')
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(parts[1].strip("\"'"), nodelist)
