"""News to start with: what the projects are, told as short articles. No event is invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NewsFacts:
    """One article; `project` and `topics` are slugs."""

    slug: str
    title: str
    summary: str
    project: str
    topics: tuple[str, ...]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class TopicFacts:
    """What news is about, beyond one project."""

    slug: str
    name: str
    about: str


# The organisation signs; people are named when they agreed to it.
AUTHOR_SLUG = "selec"
AUTHOR_NAME = "SELEC"
AUTHOR_ABOUT = "The Southeast European Law Enforcement Center."

TOPICS = (
    TopicFacts(
        "awareness", "Public awareness", "What everybody should know about smuggling, and what each of us can do."
    ),
    TopicFacts("firearms", "Firearms trafficking", "How states work together against the illegal trade in firearms."),
    TopicFacts("joint-operations", "Joint operations", "Patrols, investigations and operations across borders."),
    TopicFacts("smuggling", "Smuggling of goods", "Illegal trade across borders, and the work against it."),
)


NEWS = (
    NewsFacts(
        slug="athena-2-in-figures",
        title="What ATHENA 2 sets out to do, in figures",
        summary="Twenty-four joint operations, twenty-four patrols, about three hundred officers: the project's targets.",
        project="athena-2",
        topics=("joint-operations",),
        paragraphs=(
            "<p>ATHENA 2 counts what it wants to reach: 24 cross-border observations, 24 joint operations, 12 joint investigations and 24 joint patrols. 24 bilateral meetings plan, coordinate and evaluate them. Six thematic workshops come with them, and about 300 officers are to be involved.</p>",
            "<p>Its project page lists every indicator. A figure that has not been reported yet says so.</p>",
        ),
    ),
    NewsFacts(
        slug="ecofit-five-instruments",
        title="ECOFIT: five instruments, thirty-four states",
        summary="How researchers look for the gaps in cooperation against firearms trafficking.",
        project="ecofit",
        topics=("firearms",),
        paragraphs=(
            "<p>How do you measure cooperation? ECOFIT takes five operational instruments as its indicators, and looks for their gaps in 34 states: the 27 members of the European Union and seven SELEC member states outside it.</p>",
            "<p>Transcrime coordinates the project from the Università Cattolica del Sacro Cuore in Italy, with Tilburg University in the Netherlands and SELEC as partners.</p>",
        ),
    ),
    NewsFacts(
        slug="campaign-against-smuggling",
        title="A campaign against smuggling, on social media",
        summary="FAIT's third objective is an awareness campaign against smuggling. Its page is now on this site.",
        project="fait",
        topics=("awareness", "smuggling"),
        paragraphs=(
            "<p>FAIT has three objectives: an operational unit, training for 120 specialists, and an awareness campaign. The campaign's page is now on this site, with its key messages, its funder and its posts.</p>",
            "<p>Each post is seen by two people before it leaves.</p>",
        ),
    ),
)
