from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from typing import Any

import pytest

from campaign_site.machine.contact import contact_address
from campaign_site.machine.feeds.document import Entry, Feed, as_atom, as_json
from campaign_site.machine.linked_data import nodes
from campaign_site.machine.linked_data.graph import as_script
from campaign_site.machine.reading import identity
from campaign_site.machine.robots import rules
from campaign_site.machine.security_txt import security_text
from campaign_site.machine.sitemap import with_default

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(**changes: object) -> Feed:
    entry = Entry(
        identity="urn:uuid:1", url="https://x.example/a/", title="A < B & \x0bC", summary="<b>Whole</b> & more",
        language="ro", published=NOW, updated=NOW, image="https://x.example/a.jpg", authors=["Ana"], topics=["Arme"],
    )  # fmt: skip
    facts: dict[str, object] = {
        "identity": "urn:uuid:0", "title": "News", "subtitle": "What is new", "language": "ro", "owner": "Owner",
        "home": "https://x.example/", "url": "https://x.example/news/", "atom": "https://x.example/f.atom",
        "json": "https://x.example/f.json", "updated": NOW, "entries": [entry],
    }  # fmt: skip
    return Feed(**{**facts, **changes})


def test_atom_has_what_its_standard_requires() -> None:
    root = ET.fromstring(as_atom(feed()))
    for name in ("id", "title", "updated", "author"):
        assert root.find(f"a:{name}", ATOM) is not None, name
    assert {link.get("rel") for link in root.findall("a:link", ATOM)} == {"self", "alternate"}
    entry = root.find("a:entry", ATOM)
    assert entry.findtext("a:id", None, ATOM) == "urn:uuid:1"
    assert entry.findtext("a:title", None, ATOM) == "A < B & C"
    assert entry.findtext("a:updated", None, ATOM) == "2026-05-04T12:00:00+00:00"
    # The summary is HTML, so its text shows the signs as they are.
    assert entry.findtext("a:summary", None, ATOM) == "&lt;b&gt;Whole&lt;/b&gt; &amp; more"
    assert entry.find("a:link[@rel='enclosure']", ATOM).get("type") == "image/jpeg"


def test_an_empty_feed_stands_still() -> None:
    empty = feed(entries=[], updated=datetime(1970, 1, 1, tzinfo=UTC))
    assert as_atom(empty) == as_atom(empty)
    assert "1970-01-01" in as_atom(empty)


def test_json_feed_has_what_its_version_requires() -> None:
    made = json.loads(as_json(feed()))
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["feed_url"].endswith(".json")
    (item,) = made["items"]
    assert item["id"] == "urn:uuid:1"
    assert item["content_text"] == item["summary"] == "<b>Whole</b> & more"
    assert item["authors"] == [{"name": "Ana"}]


def test_a_name_that_never_changes_differs_by_language() -> None:
    key = "0d3c5f38-1a4e-4b52-9d0d-111111111111"
    assert identity(key, "en") == identity(key, "en") != identity(key, "ro")


def test_robots_are_kept_out_of_staffs_rooms_and_of_what_is_not_public() -> None:
    public = rules(True, "https://x.example/sitemap.xml")
    assert "Disallow: /admin/" in public
    assert "Disallow: /rehearsal/" in public
    assert "Disallow: /\n" not in public
    assert public.endswith("Sitemap: https://x.example/sitemap.xml\n")
    assert "Disallow: /\n" in rules(False, "")


def test_security_txt_has_what_its_standard_requires() -> None:
    text = security_text(
        ["team@x.example", "https://x.example/report"], NOW, "https://x.example/s.txt", languages=["en"]
    )
    assert text.splitlines() == [
        "Contact: mailto:team@x.example",
        "Contact: https://x.example/report",
        "Expires: 2026-10-31T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://x.example/s.txt",
    ]


@pytest.mark.parametrize(
    "contact", ["nobody", "http://x.example", "mailto:a@b.example\nExpires: never", "javascript:a@b"]
)
def test_what_is_no_contact_is_refused(contact: str) -> None:
    with pytest.raises(ValueError, match="is no contact"):
        contact_address(contact)


def test_versions_come_in_the_sites_order_with_a_default() -> None:
    versions = {"ro": "/ro/", "en": "/"}
    assert with_default(versions, ["en", "ro"]) == [("en", "/"), ("ro", "/ro/"), ("x-default", "/")]
    assert with_default({"ro": "/ro/"}, ["en", "ro"]) == []


def test_linked_data_cannot_end_its_script() -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    script = as_script([{"@type": "WebPage", "name": hostile}])
    assert not set("<>&\u2028") & set(script)
    assert json.loads(script)["@graph"][0]["name"] == hostile


def test_an_event_without_a_day_or_a_place_is_not_told() -> None:
    facts: dict[str, Any] = {
        "url": "u", "title": "t", "summary": "", "language": "en", "image": "i", "ends": None,
        "zone": "Europe/Athens", "status": "planned", "organizer": {}, "about": {},
    }  # fmt: skip
    at_place: dict[str, Any] = {**facts, "whole_days": False, "place": "Athens", "online": ""}
    assert nodes.event(**at_place, starts=None) == {}
    assert nodes.event(**{**at_place, "place": ""}, starts=NOW) == {}
    told = nodes.event(**at_place, starts=NOW)
    assert told["startDate"] == "2026-05-04T15:00+03:00"
    assert told["location"]["name"] == "Athens"
    assert told["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert "endDate" not in told
    both = nodes.event(
        **{**at_place, "whole_days": True, "online": "https://x.example/", "status": "moved"}, starts=NOW
    )
    assert (both["startDate"], len(both["location"])) == ("2026-05-04", 2)
    assert both["eventStatus"] == "https://schema.org/EventRescheduled"
