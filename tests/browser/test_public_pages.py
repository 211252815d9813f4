"""Every kind of public page, in three languages: axe finds nothing, nothing scrolls sideways or is lost when text is
twice as large, nobody else is asked; and one walk each for keyboard, motion, forced colours and paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.look import WIDTHS, violations
from tests.support.product import Product
from tests.support.public import BELOW

HEIGHT = 900
LANGUAGES = ["sr", "el"]
SCREENS = {"wall": "/rehearsal/", "not-found": "/no/such/page/", **BELOW}
FIND = """
import json
from wagtail.models import Locale
from tests.support.public import add_resource, one_of_each, pages
add_resource()
chosen = one_of_each([page for page in pages() if page.locale.language_code == "en"])
for code in LANGUAGES:
    for page in pages():
        locale = Locale.objects.get(language_code=code)
        if page.locale.language_code == "en" and not page.has_translation(locale):
            page.copy_for_translation(locale).save_revision().publish()
found = {kind.split()[0].lower(): {"en": page.get_url(),
    **{code: page.get_translation(Locale.objects.get(language_code=code)).get_url() for code in LANGUAGES}}
    for kind, page in chosen.items()}
print(json.dumps(found))
""".replace("LANGUAGES", json.dumps(LANGUAGES))
FORGET = """
from wagtail.models import Locale, Page
from content.pages import ResourcePage
while page := ResourcePage.objects.first():
    page.delete()
for home in Page.objects.filter(depth=2).exclude(locale__language_code="en"):
    home.specific.delete()
print("null")
"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LARGER_TEXT = "(size) => { document.documentElement.style.fontSize = size; }"
# Words that their own box cuts off; what is hidden from the eye on purpose is one pixel wide.
CUT_OFF = """
() => [...document.querySelectorAll('main *, header *, footer *')].filter((element) => {
  const style = getComputedStyle(element);
  return style.overflowX === 'hidden' && element.clientWidth > 1 && element.textContent.trim()
    && element.scrollWidth > element.clientWidth + 1 && !element.matches('svg, svg *, .hero');
}).map((element) => element.outerHTML.slice(0, 120))
"""
MOVES = """
() => [...document.querySelectorAll('*')].filter((element) => {
  const style = getComputedStyle(element);
  const longest = (list) => Math.max(...list.split(',').map(parseFloat));
  return longest(style.transitionDuration) > 0.01 || style.scrollBehavior === 'smooth'
    || (style.animationName !== 'none' && longest(style.animationDuration) > 0.01);
}).map((element) => element.tagName + '.' + element.className)
"""
FOCUS = """
() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const area = element.closest('li, article, section') || element;
  return {
    who: element.outerHTML.slice(0, 100), body: element === document.body,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
  };
}
"""
FOCUSABLE = """
() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(
  (element) => !element.disabled && element.type !== 'hidden' && element.checkVisibility({visibilityProperty: true})
).length
"""
BORDERLESS = """
() => [...document.querySelectorAll('.button')].filter((button) => getComputedStyle(button).borderTopStyle === 'none')
  .map((button) => button.outerHTML.slice(0, 100))
"""
# axe goes by the text's fill, which does not tell the colour that is forced on it.
FAINT = """
() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => numbers(colour).slice(0, 3).map((part) => part / 255).map(
    (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  ).reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return (numbers(colour)[3] ?? 1) > 0 || !element.parentElement ? colour : ground(element.parentElement);
  };
  return [...document.body.querySelectorAll('*')].filter((element) => {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!text || !element.checkVisibility() || element.closest('svg, script, style')) return false;
    const [one, other] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05) < 4.5;
  }).map((element) => element.outerHTML.slice(0, 120));
}
"""
UNPRINTED = """
() => [...document.querySelectorAll('main a[href]')].filter((link) => {
  const address = link.getAttribute('href');
  return link.checkVisibility() && !address.startsWith('#')
    && !getComputedStyle(link, '::after').content.includes(address);
}).map((link) => link.outerHTML.slice(0, 100))
"""


@pytest.fixture(scope="module")
def addresses(product: Product) -> Iterator[dict[str, dict[str, str]]]:
    """One page of each kind, by language; the translations are gone afterwards."""
    try:
        found: dict[str, dict[str, str]] = product.ask(FIND)
        assert len(found) >= 10
        yield found
    finally:
        product.ask(FORGET)


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that the visitor's browser asked for."""
    return []


@pytest.fixture(scope="module")
def visitor(product: Product, browser: Browser, asked: list[str]) -> Iterator[Page]:
    context = browser.new_context(base_url=product.base, viewport={"width": 1280, "height": HEIGHT})
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()


def look_at(page: Page, name: str, shots: Path | None) -> list[str]:
    """Both widths, both themes."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{name} scrolls sideways at {width}")
        schemes: list[Any] = ["light", "dark"]
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            if shots is not None:
                page.screenshot(path=shots / f"{name}-{width}-{scheme}.png", full_page=True)
            found += [f"{name} at {width}, {scheme}: {what}" for what in violations(page)]
    return found


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_axe_finds_nothing_on_any_kind_of_page(
    product: Product, visitor: Page, asked: list[str], shots: Path, addresses: dict[str, Any], language: str
) -> None:
    asked.clear()
    found = []
    places = {name: urlsplit(of[language]).path for name, of in addresses.items()}
    for name, address in {**places, **(SCREENS if language == "en" else {})}.items():
        visitor.goto(address)
        found += look_at(
            visitor, name if language == "en" else f"{name}-{language}", shots if language == "en" else None
        )
    assert not found
    assert {urlsplit(address).netloc for address in asked} == {urlsplit(product.base).netloc}


def test_nothing_is_lost_when_everything_is_twice_as_large(visitor: Page, addresses: dict[str, Any]) -> None:
    found = []
    visitor.emulate_media(color_scheme="light")
    for name, of in addresses.items():
        visitor.goto(urlsplit(of["en"]).path)
        # A browser at 200% has half the pixels; one with text alone at 200% has the same.
        for size, width in (("100%", 640), ("200%", 1280), ("200%", 640)):
            visitor.set_viewport_size({"width": width, "height": HEIGHT})
            visitor.evaluate(LARGER_TEXT, size)
            if visitor.evaluate(SIDEWAYS) > 0:
                found.append(f"{name} scrolls sideways at {width} with text at {size}")
            found += [f"{name} at {width} with text at {size} cuts off {what}" for what in visitor.evaluate(CUT_OFF)]
    assert not found


def test_nothing_moves_for_who_wants_it_still(visitor: Page, addresses: dict[str, Any]) -> None:
    visitor.emulate_media(reduced_motion="reduce")
    for name, of in addresses.items():
        visitor.goto(urlsplit(of["en"]).path)
        assert visitor.evaluate(MOVES) == [], name
    visitor.emulate_media(reduced_motion="no-preference")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    visitor: Page, addresses: dict[str, Any], width: int
) -> None:
    visitor.set_viewport_size({"width": width, "height": HEIGHT})
    for name in ("homepage", "projectpage"):
        visitor.goto(urlsplit(addresses[name]["en"]).path)
        stops = []
        for _step in range(visitor.evaluate(FOCUSABLE) + 1):
            visitor.keyboard.press("Tab")
            stop = visitor.evaluate(FOCUS)
            if stop["body"]:
                break
            stops.append(stop)
        assert "#content" in stops[0]["who"]
        assert len(stops) == visitor.evaluate(FOCUSABLE), name
        assert [stop["who"] for stop in stops if not (stop["outlined"] and stop["seen"])] == [], name
    visitor.goto("/")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "content"


def test_forced_colours_keep_every_page_readable(visitor: Page, shots: Path, addresses: dict[str, Any]) -> None:
    visitor.set_viewport_size({"width": 1280, "height": HEIGHT})
    visitor.emulate_media(forced_colors="active")
    found = []
    for name, of in addresses.items():
        visitor.goto(urlsplit(of["en"]).path)
        visitor.screenshot(path=shots / f"{name}-forced.png", full_page=True)
        found += [f"{name}: {what}" for what in visitor.evaluate(FAINT)]
        found += [f"{name}: without a border {what}" for what in visitor.evaluate(BORDERLESS)]
    visitor.emulate_media(forced_colors="none")
    assert not found


def test_paper_shows_addresses_and_no_navigation(visitor: Page, shots: Path, addresses: dict[str, Any]) -> None:
    visitor.emulate_media(media="print", color_scheme="dark")
    for name, of in addresses.items():
        visitor.goto(urlsplit(of["en"]).path)
        visitor.screenshot(path=shots / f"{name}-print.png", full_page=True)
        assert (
            visitor.evaluate("[...document.querySelectorAll('nav')].filter((nav) => nav.checkVisibility()).length") == 0
        )
        assert visitor.evaluate(UNPRINTED) == [], name
        assert visitor.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", name
    visitor.emulate_media(media="screen", color_scheme="light")
