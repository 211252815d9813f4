"""A running product and the address of one public page of each kind, for tools that look from outside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.support.product import running_product

FIND = """
import json
from tests.support.public import BELOW, add_resource, one_of_each, pages
add_resource()
found = {name: page.get_url() for name, page in one_of_each(pages()).items()} | BELOW
if SPECIMEN:
    from content.pages import HomePage
    from tests.specimen import make_specimen
    found["every block"] = make_specimen(2, HomePage.objects.get(locale__language_code="en")).get_url()
print(json.dumps(found))
"""
# The pages that every installation has, for a site that is asked from outside alone.
KNOWN = {"home": "/", "projects": "/projects/", "campaigns": "/campaigns/", "news": "/news/", "about": "/about/"}


@contextmanager
def public_pages(*, specimen: bool = False) -> Iterator[dict[str, str]]:
    """Start the product and give its pages by kind, with a page of every block if asked for. SITE names a site that
    runs already."""
    if site := os.environ.get("SITE"):
        yield {name: site.rstrip("/") + path for name, path in KNOWN.items()}
        return
    # As an installation that readers find: one of development asks search engines to stay away.
    with running_product(SEARCH_ENGINES="true") as product:
        found: dict[str, str] = product.ask(FIND.replace("SPECIMEN", str(specimen)))
        yield {kind: product.base + urlsplit(address).path for kind, address in found.items()}
