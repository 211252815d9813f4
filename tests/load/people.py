"""Who comes to the site: readers at a steady pace, and editors who write and look on. Each counts what went wrong."""

from __future__ import annotations

import random
import re
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGES = ("/", "/projects/", "/campaigns/", "/campaigns/against-smuggling/", "/news/", "/about/", "/sitemap.xml")
ASKED = ("/search/?q=smuggling", "/search/?q=border", "/api/v1/projects/", "/feeds/news.atom", "/robots.txt")
QUEUE, LIVE = "/admin/social/queue/", "/admin/social/queue/live/"
NEW = "/admin/snippets/social_publisher/post/add/"


@dataclass
class Seen:
    """What people met: answers by what was asked for, how long they took in seconds, and what went wrong."""

    answers: Counter[str] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, seconds: float, trouble: str = "") -> None:
        """One answer."""
        with self.lock:
            self.answers[kind] += 1
            self.times.setdefault(kind, []).append(seconds)
            if trouble:
                self.wrong.append(f"{kind}: {trouble}")


class Person(ABC, threading.Thread):
    """Does something again and again, so many times a second, until told to leave."""

    client: httpx.Client

    def __init__(self, name: str, rate: float, leave: threading.Event, seen: Seen) -> None:
        super().__init__(name=name, daemon=True)
        self.rate, self.leave, self.seen = rate, leave, seen

    def run(self) -> None:
        """Keep the pace, whether the site does or not."""
        due = time.monotonic()
        while not self.leave.is_set():
            try:
                self.act()
            except Exception as error:
                self.seen.note(self.name, 0.0, f"{type(error).__name__}: {error}")
            due = max(due + 1 / self.rate, time.monotonic() - 1)
            self.leave.wait(max(due - time.monotonic(), 0))
        self.client.close()

    @abstractmethod
    def act(self) -> None:
        """Once."""


class Reader(Person):
    """Reads pages, searches, and reads what is meant for programs."""

    def __init__(self, base: str, rate: float, leave: threading.Event, seen: Seen, seed: int) -> None:
        super().__init__("reader", rate, leave, seen)
        self.chance = random.Random(seed)
        self.client = httpx.Client(base_url=base, headers={"user-agent": AGENT}, timeout=30)

    def act(self) -> None:
        """Mostly pages; one in ten asks for what is made anew."""
        path = self.chance.choice(ASKED if self.chance.random() < 0.1 else PAGES)
        kind = "search" if "search" in path else "page" if path in PAGES else "for programs"
        begun = time.monotonic()
        answer = self.client.get(path)
        trouble = "" if answer.status_code == 200 else f"{path} gave {answer.status_code}"
        self.seen.note(kind, time.monotonic() - begun, trouble)


class Editor(Person):
    """Writes a draft, saves it, and has the queue open beside it."""

    def __init__(
        self, base: str, password: str, campaign: int, rate: float, leave: threading.Event, seen: Seen
    ) -> None:
        super().__init__("editor", rate, leave, seen)
        self.client = httpx.Client(base_url=base, headers={"user-agent": AGENT, "referer": base}, timeout=30)
        self.number = 0
        self.new = f"{NEW}?campaign={campaign}"
        page = self.client.get("/admin/login/").text
        form = {"login": "editor", "password": password, "csrfmiddlewaretoken": token(page)}
        assert self.client.post("/admin/login/", data=form).status_code == 302, "the editor did not get in"

    def act(self) -> None:
        """A new draft now and then; the queue and what is new in it in between."""
        self.number += 1
        if self.number % 4:
            path = QUEUE if self.number % 4 == 1 else LIVE
            self._timed("queue", lambda: self.client.get(path), 200)
            return
        page = self._timed("composer", lambda: self.client.get(self.new), 200)
        fields = Fields(page.text).found
        fields["text"] = f"Written under load, number {self.number}."
        saved = self._timed("saving", lambda: self.client.post(self.new, data=fields), 302)
        if saved.status_code == 302:
            self._timed("composer", lambda: self.client.get(saved.headers["location"]), 200)

    def _timed(self, kind: str, ask: Callable[[], httpx.Response], expected: int) -> httpx.Response:
        begun = time.monotonic()
        answer = ask()
        trouble = "" if answer.status_code == expected else f"{answer.url.path} gave {answer.status_code}"
        if trouble and answer.status_code == 200:
            trouble += " " + " ".join(re.findall(r'class="error-message"[^>]*>([^<]+)', answer.text))[:200]
        self.seen.note(kind, time.monotonic() - begun, trouble)
        return answer


class Fields(HTMLParser):
    """What a browser would send of a page's main form, as it is shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select, self._area = "", ""
        self._chosen = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what has a value."""
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name and "__prefix__" not in name and "disabled" not in given:
            kind = given.get("type") or "text"
            if kind in {"checkbox", "radio"}:
                if "checked" in given:
                    self.found[name] = given.get("value") or "on"
            elif kind not in {"submit", "button", "file", "image"}:
                self.found.setdefault(name, given.get("value") or "")
        elif tag == "select" and "__prefix__" not in name:
            self._select, self._chosen = name, False
        elif tag == "option" and self._select:
            if "selected" in given or (not self._chosen and self._select not in self.found):
                self.found[self._select] = given.get("value") or ""
                self._chosen = self._chosen or "selected" in given
        elif tag == "textarea" and "__prefix__" not in name:
            self._area = name
            self.found[name] = ""

    def handle_endtag(self, tag: str) -> None:
        """The end of a field."""
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """What stands in a text area."""
        if self._area:
            self.found[self._area] += data


def token(page: str) -> str:
    """The form's own token."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "no form"
    return found[1]
