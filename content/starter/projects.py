"""The five projects: facts for their records, copy for their pages."""

from __future__ import annotations

from dataclasses import dataclass

from content.starter.countries import EU, SELEC, SELEC_OUTSIDE_EU


@dataclass(frozen=True)
class IndicatorFacts:
    """What a project set out to reach."""

    code: str
    label: str
    target: int
    approximate: bool = False


THEMES = {
    "smuggling": "Smuggling and illicit trade",
    "firearms": "Firearms trafficking",
    "drugs": "Drug trafficking",
    "human-trafficking": "Trafficking in human beings",
    "migration": "Illegal migration",
    "financial-crime": "Financial and computer crime",
    "property-crime": "Property crime",
    "joint-operations": "Joint operations",
}


@dataclass(frozen=True)
class ProjectFacts:
    """One project's record and page."""

    slug: str
    name: str
    summary: str
    acronym: str = ""
    alternative_name: str = ""
    funding: str = ""
    duration_months: int | None = None
    country_role: str = "covered"
    countries: tuple[str, ...] = ()
    countries_note: str = ""
    partners: tuple[tuple[str, str], ...] = ()
    indicators: tuple[IndicatorFacts, ...] = ()
    body: tuple[tuple[str, str], ...] = ()
    objectives: tuple[str, ...] = ()
    activities: tuple[tuple[str, str], ...] = ()
    benefits: tuple[str, ...] = ()
    status: str = ""
    themes: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    deliverables: tuple[tuple[str, str], ...] = ()


FAIT = ProjectFacts(
    slug="fait",
    acronym="FAIT",
    name="Fight Against Illegal Trade",
    funding="fait",
    themes=("smuggling",),
    countries=SELEC,
    countries_note="SELEC and its member states",
    summary=(
        "FAIT sets out to make SELEC and its member states operationally stronger against smuggling: with a new unit, with training, and with a public awareness campaign."
    ),
    body=(
        ("heading", "Why it is needed"),
        (
            "paragraph",
            "<p>For organised crime, illicit trade has become more profitable over the past decades. States pay for it with lost revenue, those of the European Union above all, and the damage may reach further, to the financial stability of whole markets, inside the Union and outside it.</p>",
        ),
        ("heading", "What it aims at"),
        (
            "paragraph",
            "<p>FAIT is to raise the operational capacity of SELEC and of its member states to act against smuggling.</p>",
        ),
    ),
    objectives=(
        "Give SELEC a state-of-the-art Operational Centre Unit (OCU).",
        "Prepare 120 specialists for work against goods smuggling, with training in the latest technology, special techniques and special investigative methods.",
        "Run an awareness campaign against smuggling on social media.",
    ),
    indicators=(
        IndicatorFacts("specialists-trained", "Specialists trained", 120),
        IndicatorFacts("operational-units", "Operational centre units set up", 1),
        IndicatorFacts("awareness-campaigns", "Awareness campaigns run", 1),
    ),
)

ECOFIT = ProjectFacts(
    slug="ecofit",
    acronym="ECOFIT",
    name="Options for Enhancing Operational Instruments in the area of Firearms Trafficking",
    alternative_name="Options for Enhancing Investigative Tool in the area of Firearms Trafficking",
    funding="ecofit",
    themes=("firearms",),
    countries=EU + SELEC_OUTSIDE_EU,
    countries_note="27 EU member states and 7 SELEC member states outside the EU",
    partners=(
        ("Transcrime - Università Cattolica del Sacro Cuore", "coordinator"),
        ("Tilburg University", "partner"),
        ("SELEC", "partner"),
    ),
    summary=(
        "A research project on how law-enforcement agencies of 34 states work together when they investigate firearms trafficking, and on what would make that work better."
    ),
    body=(
        ("heading", "What it aims at"),
        (
            "paragraph",
            "<p>ECOFIT wants law-enforcement agencies to cooperate better in firearms-trafficking investigations. It looks at five operational instruments and reads from them how well cooperation works in each of the states it covers: the 27 members of the European Union, and Albania, Bosnia and Herzegovina, Moldova, Montenegro, North Macedonia, Serbia and Türkiye.</p>",
        ),
    ),
    objectives=(
        "Find where five operational instruments have gaps in the states covered. The instruments are the project's indicators of operational cooperation.",
        "Set policy objectives under which these instruments work as effectively and efficiently as they can.",
        "Assess the impact of the policy options.",
        "Recommend the best option or options: recommendations to the European Union, guidelines to law-enforcement agencies.",
    ),
    deliverables=(
        ("Recommendations to the European Union", "For the best policy option or options."),
        ("Guidelines to law-enforcement agencies", "For the best policy option or options."),
    ),
    indicators=(
        IndicatorFacts("instruments-assessed", "Operational instruments assessed", 5),
        IndicatorFacts("states-covered", "States covered (27 EU and 7 outside it)", 34),
    ),
)

DANUBE = ProjectFacts(
    slug="transborder-cooperation",
    name="Strengthening cooperation against transborder organized crime",
    funding="danube",
    status="planned",
    themes=("financial-crime", "drugs", "human-trafficking", "migration"),
    country_role="participant",
    countries=SELEC,
    countries_note="SELEC member states, and law enforcement of the Danube region",
    summary=(
        "Three years, three conferences: law-enforcement experts of the region look for one approach to crime that crosses their borders."
    ),
    body=(
        ("heading", "What it aims at"),
        (
            "paragraph",
            "<p>The project seeks a common approach of the region to cross-border crime. It brings the region's law-enforcement experts together with international organisations and with the private sector, to work together and to share good practice. It is to be developed with money from the Danube Transnational Programme.</p>",
        ),
        (
            "paragraph",
            "<p>SELEC member states and law-enforcement agencies of the Danube region take part in its yearly conferences.</p>",
        ),
    ),
    activities=(
        ("Conference on financial and computer crime", ""),
        ("Conference on anti-drug trafficking", ""),
        ("Conference on countering trafficking in human beings and illegal migration", ""),
    ),
    years=(
        "Conference on financial and computer crime",
        "Conference on anti-drug trafficking",
        "Conference on countering trafficking in human beings and illegal migration",
    ),
    indicators=(IndicatorFacts("conferences-held", "Conferences held", 3),),
)

ATHENA = ProjectFacts(
    slug="athena-2",
    acronym="ATHENA 2",
    themes=("joint-operations",),
    name="Addressing Threat assessment through an European Network of Law Enforcement Agencies",
    country_role="beneficiary",
    countries=("BG", "IT", "LV", "MT", "RO", "SI"),
    countries_note="Six states and SELEC, working with their neighbouring countries",
    partners=(("SELEC", "beneficiary"),),
    summary=(
        "Patrols, investigation teams and surveillance across borders: ATHENA 2 supports the coordinated evaluation of what its beneficiaries do together with their neighbours."
    ),
    body=(
        ("heading", "What it supports"),
        (
            "paragraph",
            "<p>Bulgaria, Italy, Latvia, Malta, Romania, Slovenia and SELEC run joint activities with their neighbouring countries: patrols, investigation teams and cross-border surveillance. ATHENA 2 supports their coordinated evaluation.</p>",
        ),
    ),
    activities=(
        (
            "One work package: training",
            "For single points of operational contact (SPOCs) and field officers, together with CEPOL, ad hoc as joint operations need it. A SPOC platform, a mobile app and an analysis tool belong to it.",
        ),
    ),
    deliverables=(
        ("SPOC platform", "A place for the single points of operational contact on the CEPOL website."),
        ("Mobile app", "An app that supports joint operations."),
        ("Analysis tool", "A tool that can be integrated in national case-management systems."),
    ),
    indicators=(
        IndicatorFacts("cross-border-observations", "Cross-border observations", 24),
        IndicatorFacts("joint-operations", "Joint operations", 24),
        IndicatorFacts("joint-investigations", "Joint investigations", 12),
        IndicatorFacts("joint-patrols", "Joint patrols", 24),
        IndicatorFacts("thematic-workshops", "Thematic workshops", 6),
        IndicatorFacts("officers-involved", "Officers involved", 300, approximate=True),
        IndicatorFacts(
            "bilateral-meetings", "Bilateral meetings to plan, coordinate and evaluate joint activities", 24
        ),
    ),
)

IMOBEX = ProjectFacts(
    slug="imobex",
    acronym="IMOBEX",
    themes=("property-crime", "human-trafficking"),
    name="Improving enforcement at the intersection of mobile banditry and exploitation",
    duration_months=24,
    countries=EU,
    countries_note="27 EU member states and 7 Southeast European third countries",
    summary=(
        "Against property crime at the point where mobile banditry and human trafficking meet: IMOBEX looks for better EU policy and better operational action."
    ),
    body=(
        ("heading", "What it aims at"),
        (
            "paragraph",
            "<p>IMOBEX wants better EU policy and better operational action of law enforcement against one kind of property crime: that in which mobile banditry and human trafficking come together. It lasts 24 months and covers the 27 members of the European Union and seven third countries of Southeast Europe.</p>",
        ),
    ),
    activities=(
        ("Gathering up-to-date information", "On itinerant criminal groups in property crime."),
        (
            "Workshop",
            "Enforcement practitioners and other experts develop innovative ways to intervene, and a road map towards lower barriers where legal options are insufficient.",
        ),
        (
            "Organised-crime field lab",
            "A state-of-the-art lab in which enforcement experts are trained to apply the interventions.",
        ),
    ),
    deliverables=(
        ("Road map", "How to lower barriers that come from insufficient legal options."),
        ("Innovative intervention strategies", "Developed by enforcement practitioners and other experts."),
    ),
    benefits=(
        "Many stakeholders are to know more about modi operandi and about the problems of enforcement.",
        "Agencies are to get feasible interventions.",
        "In the long term, prevention is to come from better inclusion of the deprived communities in which the groups often have their origin.",
    ),
)

PROJECTS = (FAIT, ECOFIT, DANUBE, ATHENA, IMOBEX)

PARTNERS = {
    "SELEC": ("Southeast European Law Enforcement Center", None),
    "Transcrime - Università Cattolica del Sacro Cuore": ("Transcrime - Università Cattolica del Sacro Cuore", "IT"),
    "Tilburg University": ("Tilburg University", "NL"),
    "CEPOL": ("CEPOL", None),
}
