"""The pages every page links to."""

from __future__ import annotations

ABOUT = (
    "About this site",
    "Who speaks here, and how.",
    (
        (
            "paragraph",
            "<p>This site belongs to SELEC, the Southeast European Law Enforcement Center. It shows SELEC's projects against cross-border crime, and the awareness campaigns that belong to them.</p>",
        ),
        (
            "paragraph",
            "<p>SELEC has eleven member states: Albania, Bosnia and Herzegovina, Bulgaria, Greece, Hungary, Moldova, Montenegro, North Macedonia, Romania, Serbia and Türkiye.</p>",
        ),
        ("heading", "How our posts are made"),
        (
            "paragraph",
            "<p>One person writes a post, another approves exactly what leaves. The funder of a campaign is named on the campaign's page.</p>",
        ),
    ),
)

ACCESSIBILITY = (
    "Accessibility",
    "How this site is built for everybody, and what does not work yet.",
    (
        (
            "paragraph",
            "<p>This site is built to the Web Content Accessibility Guidelines (WCAG) 2.2, level AA. It works with a keyboard alone, with a screen reader, at 320 pixels of width, in dark and in printed form, and without JavaScript.</p>",
        ),
        ("heading", "What has been checked"),
        (
            "paragraph",
            "<p>Its page types are tested automatically at every change. An audit by people who depend on assistive technology has not been made yet, so we do not claim full conformance.</p><p>This statement was prepared on 23 November 2026.</p>",
        ),
    ),
)

PRIVACY = (
    "Privacy",
    "What is counted here, and what is never stored.",
    (
        (
            "paragraph",
            "<p>Reading this site sets no cookie. No page loads anything from another company: no font, no script, no embedded post.</p>",
        ),
        ("heading", "Tracked links"),
        (
            "paragraph",
            "<p>The links in our posts carry a code for the post and its channel, never for a person. We count how often a link was followed, by hour and by language. We store no address, no device and no profile.</p>",
        ),
    ),
)
