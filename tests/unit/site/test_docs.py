"""The documentation: it builds without a warning, every link leads somewhere, and it says what the screens say."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
FRONT = Path("docs/index.html")
FOR_GITHUB = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "deploy/README.md")),
    *sorted(DOCS.rglob("*.md")),
]
EDITORS = sorted((DOCS / "handbook" / "editors").glob("*.md"))
# What a browser fetches by itself when it opens a page.
LOADED = {
    "script": "src",
    "link": "href",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
}
CODE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
INLINE_CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
# Where the words of the screens come from: our own, and those of what the desk stands on.
CATALOGUES = [
    *(ROOT / room / "locale" / "ro" / "LC_MESSAGES" / "django.po"
      for room in ("campaign_site", "content", "media", "social_publisher")),
]  # fmt: skip
FOREIGN = ("wagtail", "wagtail.admin", "wagtail.images", "wagtail.snippets", "wagtail_localize", "django.contrib.auth",
           "allauth")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-n", "-c", "docs", "-d"]
    done = subprocess.run(
        [*command, str(folder / "trees"), ".", str(folder / "site")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, BeautifulSoup]:
    """Every page of the site, by its place in it."""
    return {
        file.relative_to(site): BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for file in site.rglob("*.html")
    }


def inside(page: Path, address: str) -> tuple[Path, str] | None:
    """Where an address on a page leads within the site, and to which anchor; None if it leads out of it."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    target = page if not parts.path else Path(str((Path("/") / page.parent / unquote(parts.path)).resolve())[1:])
    return target, parts.fragment


def test_every_link_of_the_site_leads_somewhere(site: Path, pages: dict[Path, BeautifulSoup]) -> None:
    anchors = {page: {tag["id"] for tag in soup.find_all(id=True)} for page, soup in pages.items()}
    lost = []
    for page, soup in pages.items():
        for tag in soup.find_all(["a", "img", "link", "script"]):
            address = str(tag.get("href") or tag.get("src") or "")
            found = inside(page, address)
            if not address or address == "#" or found is None:
                continue
            target, anchor = found
            if not (site / target).is_file() or (anchor and target in anchors and anchor not in anchors[target]):
                lost.append(f"{page}: {address}")
    assert lost == []


def test_the_site_loads_nothing_from_elsewhere(site: Path, pages: dict[Path, BeautifulSoup]) -> None:
    fetched = [
        f"{page}: {tag[attribute]}"
        for page, soup in pages.items()
        for name, attribute in LOADED.items()
        for tag in soup.find_all(name, attrs={attribute: True})
        if inside(page, str(tag[attribute])) is None
    ]
    styles = [
        f"{file.relative_to(site)}: {address}"
        for file in site.rglob("*.css")
        for address in re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)", file.read_text())
    ]
    assert fetched + styles == []


def test_every_page_of_the_documentation_is_reached_from_the_front(pages: dict[Path, BeautifulSoup]) -> None:
    reached, ahead = set(), [FRONT]
    while ahead:
        page = ahead.pop()
        if page in reached or page not in pages:
            continue
        reached.add(page)
        for link in pages[page].find_all("a", href=True):
            found = inside(page, str(link["href"]))
            ahead += [found[0]] if found else []
    written = {file.relative_to(ROOT).with_suffix(".html") for file in DOCS.rglob("*.md")}
    assert written - reached == set()


def links(file: Path) -> Iterator[str]:
    """The addresses that a Markdown file links to."""
    yield from LINK.findall(INLINE_CODE.sub("", CODE.sub("", file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("file", FOR_GITHUB, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_of_a_file_leads_somewhere_on_github(file: Path) -> None:
    for address in links(file):
        parts = urlsplit(address)
        if parts.scheme:
            assert parts.scheme in {"https", "http", "mailto"}, address
            assert parts.scheme == "mailto" or re.fullmatch(r"[\w.-]+(:\d+)?", parts.netloc), address
        elif parts.path:
            assert (file.parent / unquote(parts.path)).exists(), f"{file.name}: {address} is not there"


@cache
def words_of_the_screens() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Everything the screens say, in small letters: whole sentences, and those with a gap as patterns."""
    places = [
        *CATALOGUES,
        *(Path(str(files(name))) / "locale" / "ro" / "LC_MESSAGES" / "django.po" for name in FOREIGN),
    ]
    said: set[str] = set()
    for place in filter(Path.exists, places):
        with place.open("rb") as stream:
            for message in read_po(stream, ignore_obsolete=True):
                said.update([message.id] if isinstance(message.id, str) else message.id)
    whole = frozenset(plain(text) for text in said)
    gaps = [re.split(r"%\(\w+\)[sd]", text) for text in whole if re.search(r"%\(\w+\)[sd]", text)]
    # "%(name)s" alone says nothing.
    patterns = [re.compile(".+".join(map(re.escape, gap))) for gap in gaps if any(len(part) > 3 for part in gap)]
    return whole, tuple(patterns)


def plain(text: str) -> str:
    """A text as it is compared: in small letters, on one line."""
    return " ".join(text.split()).casefold()


def is_said(text: str) -> bool:
    """Whether these words stand on a screen."""
    whole, patterns = words_of_the_screens()
    return plain(text) in whole or any(pattern.fullmatch(plain(text)) for pattern in patterns)


@pytest.mark.parametrize("file", EDITORS, ids=lambda file: file.stem)
def test_bold_words_of_the_editors_handbook_stand_on_the_screens(file: Path) -> None:
    text = INLINE_CODE.sub("", CODE.sub("", file.read_text(encoding="utf-8"))).replace("\n", " ")
    bold = {word for words in re.findall(r"\*\*(.+?)\*\*", text) for word in words.split(" › ")}
    # It says of itself which words are bold.
    assert sorted(word for word in bold - {"bold"} if not is_said(word)) == []
