"""Who pays is in sight on landing, without scrolling: on any width, on low screens, with the longest title."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.look import violations
from tests.support.product import Product

SCREENS = [(320, 480), (768, 480), (1440, 560)]
MAKE_PAGES = """
import json
from content.pages import CampaignPage, NewsPage, ResourceIndexPage, ResourcePage
from content.records import Campaign, Project
project = Project.objects.get(acronym="ECOFIT")
title = ("Law enforcement agencies of thirty-four states compare how they investigate " * 4)[:250]
def made(model, parent, **fields):
    found = model.objects.filter(slug=fields["slug"]).first()
    return (found or parent.add_child(instance=model(title=title, summary="A summary.", **fields))).url
news = NewsPage.objects.first().get_parent()
campaigns = CampaignPage.objects.first().get_parent()
campaign, _made = Campaign.objects.get_or_create(code="funded", defaults={"name": "Funded", "project": project})
print(json.dumps([
    made(NewsPage, news, slug="longest", project=project),
    made(ResourcePage, ResourceIndexPage.objects.first(), slug="longest-resource", project=project),
    made(CampaignPage, campaigns, slug="longest-campaign", campaign=campaign),
]))
"""
IN_SIGHT = """
() => [...document.querySelectorAll('.funding__emblem, .funding__statement')].map((part) => {
  const box = part.getBoundingClientRect();
  return box.width > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
})
"""
SIZES = """
() => ['.funding__emblem', '.funding__logo'].map((name) => {
  const box = document.querySelector(name).getBoundingClientRect();
  return [box.width, box.height];
})
"""


@pytest.fixture(scope="module")
def addresses(product: Product) -> list[str]:
    """A funded page of each kind, those made here with the longest titles."""
    made: list[str] = product.ask(MAKE_PAGES)
    return ["/projects/ecofit/", "/projects/transborder-cooperation/", "/events/ecofit-final-conference/", *made]


def test_emblem_and_statement_are_in_sight_without_scrolling(
    product: Product, browser: Browser, addresses: list[str]
) -> None:
    context = browser.new_context(base_url=product.base)
    page = context.new_page()
    hidden: list[Any] = []
    for address in addresses:
        page.goto(address)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate(IN_SIGHT) != [True, True]:
                hidden.append((address, width, height))
    assert hidden == []
    context.close()


def test_the_emblem_is_at_least_as_large_as_a_logo_beside_it(
    product: Product, browser: Browser, addresses: list[str]
) -> None:
    context = browser.new_context(base_url=product.base)
    page = context.new_page()
    page.goto(addresses[0])
    page.evaluate(
        """() => {
          const logo = new Image(400, 400);
          logo.className = 'funding__logo';
          logo.alt = 'A programme';
          logo.src = document.querySelector('.funding__emblem').src;
          document.querySelector('.funding__pictures').append(logo);
        }"""
    )
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        emblem, logo = page.evaluate(SIZES)
        assert emblem[0] >= logo[0]
        assert emblem[1] >= logo[1]
    context.close()


def test_projects_are_filtered_by_keyboard_without_a_script(product: Product, browser: Browser) -> None:
    context = browser.new_context(
        base_url=product.base, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto("/projects/")
    page.get_by_label("Theme", exact=True).select_option("firearms")
    page.get_by_role("button", name="Show projects").press("Enter")
    page.wait_for_url("**/projects/?theme=firearms**")
    assert page.get_by_role("heading", name="1 of 5 projects").is_visible()
    assert page.get_by_role("link", name="ECOFIT", exact=True).is_visible()
    page.get_by_role("link", name="Clear all filters").press("Enter")
    page.wait_for_url("**/projects/#results")
    context.close()


def test_a_filtered_list_is_accessible(product: Product, browser: Browser) -> None:
    context = browser.new_context(base_url=product.base, viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.goto("/projects/?country=RO&theme=human-trafficking")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    context.close()
