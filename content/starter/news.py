"""News to start with: what the projects are, told as short articles. No event is invented."""

from __future__ import annotations

from dataclasses import dataclass

from content.starter import campaign
from content.starter.bodies import Part, TableFacts
from content.starter.countries import EU, SELEC_OUTSIDE_EU


@dataclass(frozen=True)
class NewsFacts:
    """One article; `project` and `topics` are slugs, and so are the related pages in its body."""

    slug: str
    title: str
    summary: str
    project: str
    topics: tuple[str, ...]
    body: tuple[Part, ...]


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
        slug="three-conferences",
        title="Three years, three conferences on crime across borders",
        summary="What the planned project on transborder cooperation will bring experts together for, year by year.",
        project="transborder-cooperation",
        topics=(),
        body=(
            (
                "paragraph",
                "<p>The project is to be developed with money from the Danube Transnational Programme. It seeks a common approach of the region to crime that crosses borders, and holds one conference a year. Law enforcement of SELEC's member states and of the Danube region takes part.</p>",
            ),
            (
                "steps",
                (
                    ("First year: financial and computer crime", ""),
                    ("Second year: work against drug trafficking", ""),
                    ("Third year: trafficking in human beings, and illegal migration", ""),
                ),
            ),
            ("related", ("transborder-cooperation",)),
        ),
    ),
    NewsFacts(
        slug="imobex-field-lab",
        title="IMOBEX: where mobile banditry and exploitation meet",
        summary="How a project of 24 months goes from what is known about itinerant groups to training in a field lab.",
        project="imobex",
        topics=("joint-operations",),
        body=(
            (
                "paragraph",
                "<p>Some groups that travel to steal also exploit people. IMOBEX looks at property crime where mobile banditry and trafficking in human beings meet, in the 27 member states of the European Union and in seven countries of Southeast Europe outside it.</p>",
            ),
            (
                "steps",
                (
                    (
                        "Gather what is known",
                        "<p>Up-to-date information on itinerant criminal groups in property crime.</p>",
                    ),
                    (
                        "Develop strategies",
                        "<p>In a workshop, practitioners and other experts work on new ways to intervene, and on a road map for lowering the barriers that too few legal options put up.</p>",
                    ),
                    (
                        "Train in a field lab",
                        "<p>An organised-crime field lab trains enforcement experts in applying them.</p>",
                    ),
                ),
            ),
            ("related", ("imobex",)),
        ),
    ),
    NewsFacts(
        slug="athena-2-in-figures",
        title="What ATHENA 2 sets out to do, in figures",
        summary="Twenty-four joint operations, twenty-four patrols, about three hundred officers: the project's targets.",
        project="athena-2",
        topics=("joint-operations",),
        body=(
            (
                "paragraph",
                "<p>ATHENA 2 counts what it wants to reach: 24 cross-border observations, 24 joint operations, 12 joint investigations and 24 joint patrols. 24 bilateral meetings plan, coordinate and evaluate them. Six thematic workshops come with them, and about 300 officers are to be involved.</p>",
            ),
            (
                "table",
                TableFacts(
                    "What ATHENA 2 wants to reach",
                    ("What is counted", "Target"),
                    (
                        ("Cross-border observations", 24),
                        ("Joint operations", 24),
                        ("Joint patrols", 24),
                        ("Bilateral meetings", 24),
                        ("Joint investigations", 12),
                        ("Thematic workshops", 6),
                    ),
                    "Project ATHENA 2, targets",
                ),
            ),
            (
                "paragraph",
                "<p>Its project page lists every indicator. A figure that has not been reported yet says so.</p>",
            ),
        ),
    ),
    NewsFacts(
        slug="ecofit-five-instruments",
        title="ECOFIT: five instruments, thirty-four states",
        summary="How researchers look for the gaps in cooperation against firearms trafficking.",
        project="ecofit",
        topics=("firearms",),
        body=(
            (
                "paragraph",
                "<p>How do you measure cooperation? ECOFIT takes five operational instruments as its indicators, and looks for their gaps in 34 states: the 27 members of the European Union and seven SELEC member states outside it.</p>",
            ),
            ("map", ("The 34 states that ECOFIT looks at", EU + SELEC_OUTSIDE_EU)),
            (
                "table",
                TableFacts(
                    "How many states ECOFIT looks at",
                    ("States", "Number"),
                    (
                        ("Members of the European Union", len(EU)),
                        ("Members of SELEC outside the European Union", len(SELEC_OUTSIDE_EU)),
                    ),
                    "Project ECOFIT",
                ),
            ),
            ("heading", "Who works on it"),
            (
                "paragraph",
                "<p>Transcrime coordinates the project from the Università Cattolica del Sacro Cuore in Italy, with Tilburg University in the Netherlands and SELEC as partners.</p>",
            ),
            ("partners", ("Transcrime - Università Cattolica del Sacro Cuore", "Tilburg University", "SELEC")),
        ),
    ),
    NewsFacts(
        slug="campaign-against-smuggling",
        title="A campaign against smuggling, on social media",
        summary="FAIT's third objective is an awareness campaign against smuggling. Its page is now on this site.",
        project="fait",
        topics=("awareness", "smuggling"),
        body=(
            (
                "paragraph",
                "<p>FAIT has three objectives: an operational unit, training for 120 specialists, and an awareness campaign. The campaign's page is now on this site, with its key messages, its funder and its posts.</p>",
            ),
            ("figure", (campaign.IMAGE_TITLE, campaign.IMAGE_ALT, campaign.IMAGE_CAPTION)),
            ("heading", "What leaves, and who sees it first"),
            (
                "fact",
                ("Each post is seen by two people before it leaves, exactly as it leaves.", "The program of this site"),
            ),
            ("posts", campaign.CODE),
            (
                "action",
                (
                    "Know a real post from a fake",
                    "The campaign's page shows every post that was published, and the accounts that publish them.",
                    "Open the campaign's page",
                    campaign.SLUG,
                ),
            ),
            ("related", (campaign.SLUG, "fait")),
        ),
    ),
)
