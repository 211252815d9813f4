"""The first campaign: FAIT's awareness campaign against smuggling."""

from __future__ import annotations

NAME = "FAIT awareness campaign against smuggling"
CODE = "fait-awareness"
HASHTAG = "#StopSmuggling"
GOAL = "More people in Southeast Europe know what smuggling costs, and who earns from it."

SLUG = "against-smuggling"
TITLE = "Smuggling takes from all of us"
SUMMARY = "What looks like a bargain pays organised crime and costs states their revenue. This campaign says how, and what each of us can do."
IMAGE_TITLE = "A route that takes"
IMAGE_ALT = "A field of equal blue dots. A trail of yellow dots runs through it and over a dashed border; along the trail the blue dots are hollow. Beyond the border lies a heap of yellow dots."
IMAGE_CAPTION = "What smuggling takes from everybody ends in few hands."

KEY_MESSAGES = (
    (
        "It pays for organised crime",
        "Illicit trade has become more profitable for organised crime over the past decades. Those who buy help to pay for it.",
    ),
    (
        "It costs public money",
        "Where goods are smuggled, states lose revenue, those of the European Union above all. What is missing there is missing for everybody.",
    ),
    (
        "It does not stop at one border",
        "The damage may reach the financial stability of whole markets, inside the European Union and outside it. SELEC's eleven member states answer together.",
    ),
)

STORY = (
    ("heading", "Why we campaign"),
    (
        "paragraph",
        "<p>Police and customs can intercept goods. Demand is in everybody's hands. The project FAIT therefore does both: it equips and trains those who work against smuggling, and it speaks to those who could buy.</p>",
    ),
    (
        "paragraph",
        "<p>The campaign runs on social media. Every post is checked by a second person before it leaves. This page says who speaks and who pays.</p>",
    ),
)

# Number, what it counts, source, and the page that shows it: a project by its slug, or a page directly below home.
FIGURES = (
    ("120", "specialists to be trained against the smuggling of goods", "Project FAIT, target", "fait"),
    ("1", "operational centre unit to be set up at SELEC", "Project FAIT, target", "fait"),
    ("11", "member states of SELEC", "SELEC", "about"),
)
HOME_FIGURES = (
    ("120", "specialists to be trained against the smuggling of goods", "Project FAIT, target", "fait"),
    ("24", "joint operations across borders", "Project ATHENA 2, target", "athena-2"),
    ("34", "states whose cooperation against firearms trafficking is studied", "Project ECOFIT", "ecofit"),
    (
        "3",
        "conferences, one a year, on crime across borders",
        "Project on transborder cooperation, target",
        "transborder-cooperation",
    ),
)
