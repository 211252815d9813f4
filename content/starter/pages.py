"""The pages every page links to. True of the program as it is; what only the organisation knows is left for its staff.

`page:<slug>` in a link stands for another of these pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from content.pages import AccessibilityPage, ContactPage, ReportPage, StandardPage
from content.starter.bodies import Part
from content.starter.countries import SELEC


@dataclass(frozen=True)
class PageFacts:
    """One page: its type, where it is linked from, and its words."""

    slug: str
    title: str
    summary: str
    body: tuple[Part, ...]
    kind: type[StandardPage] = StandardPage
    in_menu: bool = False
    in_footer: bool = True


def _text(html: str) -> Part:
    return ("paragraph", html)


def _heading(words: str) -> Part:
    return ("heading", words)


REPORT = PageFacts(
    "report",
    "How to report",
    "Where to tell the authorities what you have seen, country by country, and how to do it safely.",
    (
        _heading("Before you report"),
        _text(
            "<ul><li>Do not put yourself in danger. Keep your distance, and do not follow anybody.</li>"
            "<li>Do not act on your own, and do not warn the people you have seen.</li>"
            "<li>Do not post pictures or names on social media. It can harm an investigation, and innocent people.</li></ul>"
        ),
        _heading("What helps"),
        _text(
            "<ul><li>Where and when you saw it, as exactly as you can.</li>"
            "<li>What happened, in the order it happened.</li>"
            "<li>What you saw yourself, kept apart from what you heard or suppose.</li>"
            "<li>Vehicles: kind, colour, number plate, direction.</li>"
            "<li>Goods: what they were, how many, how they were packed.</li></ul>"
            "<p>You need no proof, and you need not know the law. A small detail can be the missing one.</p>"
        ),
        _heading("What this site does not do"),
        _text(
            "<p>SELEC supports the authorities of its member states. This site takes no reports of crimes, and "
            "the form on our contact page is not watched day and night.</p>"
        ),
    ),
    kind=ReportPage,
    in_menu=True,
    in_footer=False,
)

ABOUT = PageFacts(
    "about",
    "About this site",
    "Who speaks here, and how.",
    (
        _text(
            "<p>This site belongs to SELEC, the Southeast European Law Enforcement Center. It shows SELEC's projects against cross-border crime, and the awareness campaigns that belong to them.</p>"
        ),
        _text(
            "<p>SELEC has eleven member states: Albania, Bosnia and Herzegovina, Bulgaria, Greece, Hungary, Moldova, Montenegro, North Macedonia, Romania, Serbia and Türkiye.</p>"
        ),
        ("map", ("The eleven member states of SELEC", SELEC)),
        _heading("How our posts are made"),
        (
            "steps",
            (
                ("One person writes", "<p>A post belongs to a campaign, and the campaign's page names its funder.</p>"),
                (
                    "Another person approves",
                    "<p>They see exactly what leaves, on each network. A later change needs a new approval.</p>",
                ),
                (
                    "It leaves once, at its time",
                    "<p>What was published stays on the campaign's page, so that everybody can compare.</p>",
                ),
            ),
        ),
        _heading("How our pages are made"),
        _text(
            "<p>Facts about projects, such as partners, targets and funders, are kept in one place and shown from there. What we do not know is not on the page: an empty place means that nobody has told us yet, not that it is zero.</p>"
        ),
        _heading("Who pays"),
        _text(
            "<p>Each project has its own funder. The project's page, its campaign and its news name the funder at the top, in the words that the funder asks for. A private funder is named as such.</p>"
        ),
        _heading("Write to us"),
        _text('<p>Questions and corrections are welcome on our <a href="page:contact">contact page</a>.</p>'),
    ),
)

CONTACT = PageFacts(
    "contact",
    "Contact",
    "Ask a question, correct a mistake, or tell us what does not work.",
    (
        _text("<p>Write in any language of this site. We read every message.</p>"),
        _heading("Before you write"),
        (
            "accordion",
            (
                (
                    "Can I report a crime here?",
                    '<p>No. Tell the police or the customs of your country: see <a href="page:report">how to report</a>. This form is not watched day and night.</p>',
                ),
                (
                    "What happens with what I write?",
                    '<p>Our staff read it on this site, and it is deleted after some time. The page on <a href="page:privacy">privacy</a> says what is kept.</p>',
                ),
                (
                    "Something on this site does not work for me. Is that known?",
                    '<p>The page on <a href="page:accessibility">accessibility</a> says what may not work yet. If it is not there, please write to us.</p>',
                ),
            ),
        ),
    ),
    kind=ContactPage,
)

ACCESSIBILITY = PageFacts(
    "accessibility",
    "Accessibility",
    "How this site is built for everybody, and what does not work yet.",
    (
        _text(
            "<p>This site is built to the Web Content Accessibility Guidelines (WCAG) 2.2, level AA. The European standard EN 301 549 asks for level AA of WCAG 2.1, which is part of it.</p>"
        ),
        _heading("What you can count on"),
        _text(
            "<ul><li>Everything works with a keyboard alone, and the place where you are is always visible.</li>"
            "<li>Pages have a clear order of headings, and pictures that say something have a description.</li>"
            "<li>Text can be enlarged to 200%, and at 320 pixels of width nothing has to be scrolled sideways.</li>"
            "<li>There is a light and a dark look, as your device asks for it, and a look for print.</li>"
            "<li>The site works without JavaScript, and nothing moves by itself.</li>"
            "<li>Passages in another language are marked, so that a screen reader can speak them.</li></ul>"
        ),
        _heading("What has been checked"),
        _text(
            "<p>Its page types are tested automatically at every change. An audit by people who depend on assistive technology has not been made yet, so we do not claim full conformance.</p>"
        ),
        _heading("What may not work yet"),
        _text(
            "<ul><li>Documents that others have made, such as reports in PDF, may not be accessible.</li>"
            "<li>Pages that are not translated yet are in English only.</li></ul>"
        ),
    ),
    kind=AccessibilityPage,
)

PRIVACY = PageFacts(
    "privacy",
    "Privacy",
    "What is counted here, and what is never stored.",
    (
        _text(
            "<p>Reading this site sets no cookie. No page loads anything from another company: no font, no script, no embedded post.</p>"
        ),
        _heading("Tracked links"),
        _text(
            "<p>The links in our posts carry a code for the post and its channel, never for a person. We count how often a link was followed, by hour and by language. We store no address, no device and no profile.</p>"
        ),
        _heading("If you search"),
        _text(
            "<p>We count which words are searched for, by day and language, to see what readers miss. The words are kept for 90 days, without anything about who searched. What looks like a name, an address or a number of a person is not counted.</p>"
        ),
        _heading("If you write to us"),
        _text(
            '<p>The form on the <a href="page:contact">contact page</a> stores your message, its topic and the language of the page, and your name and email address if you give them. Our staff read it on this site. Where a topic has somebody in charge, the message is also sent to that person by mail. The contact page says for how many days messages are kept; then they are deleted here.</p>'
            "<p>Against spam, we count how many messages come from one connection within an hour. For this your network address is turned into a code with a secret that changes every day. The code is deleted after a few hours and the secret the next day. The address itself is not stored.</p>"
        ),
        _heading("Technical records"),
        _text(
            "<p>The program behind this site keeps no record of who reads which page. The servers that carry the site may keep a technical log for their own security; this site does not read it.</p>"
        ),
        _heading("Links to other sites"),
        _text(
            "<p>When you follow a link to a social network or another site, that site's own rules apply. Nothing is sent to it before you follow the link.</p>"
        ),
        _heading("Your questions"),
        _text(
            '<p>Do you want to know what we keep of you, or have it corrected or deleted? <a href="page:contact">Write to us</a>, and name the reference of your message if you have one. What we do not store, we cannot look up.</p>'
        ),
    ),
)

COOKIES = PageFacts(
    "cookies",
    "Cookies",
    "There are none for readers.",
    (
        _text(
            "<p>This site sets no cookie when you read it, search it or write to us, and it keeps nothing in your browser's storage. So there is no banner to close.</p>"
        ),
        _text(
            "<p>People who edit the site sign in. Their browsers get a cookie that keeps them signed in, and one that protects their forms. They are deleted or run out after they sign out.</p>"
        ),
        _text('<p>What we count without cookies is on the page about <a href="page:privacy">privacy</a>.</p>'),
    ),
)

LEGAL = PageFacts(
    "legal",
    "Legal notice",
    "Who publishes this site, and what its pages are for.",
    (
        _heading("Publisher"),
        _text("<p>This site is published by SELEC, the Southeast European Law Enforcement Center.</p>"),
        _heading("What the pages are for"),
        _text(
            '<p>The pages inform the public in general. They are no legal advice, and they do not replace a report to the authorities: see <a href="page:report">how to report</a>.</p>'
            "<p>Pages about projects carry the statement that their funder asks for.</p>"
        ),
        _heading("Languages"),
        _text("<p>English is the first language of this site. Where a translation differs from it, tell us.</p>"),
        _heading("Outside links"),
        _text("<p>We choose links with care, but we do not run the sites they lead to.</p>"),
        _heading("Names, pictures and program"),
        _text(
            "<p>Names and signs of networks and organisations belong to their owners. Each picture names its maker. The program behind this site is free software under the European Union Public Licence (EUPL), version 1.2; its letters are Source Sans 3, under the SIL Open Font License.</p>"
        ),
    ),
)

PRESS = (
    "Press",
    "Words and pictures to use, and the latest news.",
    "<p>SELEC is the Southeast European Law Enforcement Center. Its eleven member states are Albania, Bosnia and Herzegovina, Bulgaria, Greece, Hungary, Moldova, Montenegro, North Macedonia, Romania, Serbia and Türkiye. Together they work against cross-border crime.</p>",
)

ACCOUNTS = (
    "Official accounts",
    "Which accounts speak for us, and how to know a real post from a fake.",
)
CHECKS = (
    (
        "Find the account on this page",
        "Compare its name with our list, letter by letter. A fake often differs by one letter, or by a letter of another alphabet.",
    ),
    (
        "Go from here to the network",
        "Use the link in our list. The other way proves nothing: every profile can show this site's address.",
    ),
    (
        "Look for the post on its campaign's page",
        "Each campaign's page shows the posts that were published. If a post is not there, be careful with it.",
    ),
    (
        "Look at the link in the post",
        "A link in a post of ours begins with the address of this site, and leads on from there.",
    ),
)
NEVER = (
    ("Ask for money", "We ask for no payment, no donation and no bank details."),
    ("Ask for a password or a code", "Not in a post, not in a message, not on the telephone."),
    (
        "Take reports of crimes in comments or messages",
        "Comments and messages are not safe for that. Tell the police or the customs of your country.",
    ),
)
FAKES = (
    ("Keep the address", "Copy the address of the account or of the post before it disappears."),
    ("Report it to the network", "Every network has a way to report an account that pretends to be somebody else."),
    ("Do not answer it", "Do not share it, not even as a warning: that makes it more visible."),
)
PAGES = (REPORT, ABOUT, CONTACT, ACCESSIBILITY, PRIVACY, COOKIES, LEGAL)


def linked(body: tuple[Part, ...], ids: dict[str, int]) -> list[Any]:
    """Return the body with its links leading to pages, as Wagtail stores them."""
    return [(kind, _linked(value, ids)) for kind, value in body]


def _linked(value: Any, ids: dict[str, int]) -> Any:
    if isinstance(value, tuple):
        return tuple(_linked(part, ids) for part in value)
    if isinstance(value, str):
        for slug, number in ids.items():
            value = value.replace(f'href="page:{slug}"', f'linktype="page" id="{number}"')
    return value
