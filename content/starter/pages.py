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
