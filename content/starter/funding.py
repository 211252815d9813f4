"""Funders, programmes, grants and the wording each requires."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FundingFacts:
    """One line of funding, from funder to grant."""

    key: str
    funder: str
    kind: str
    about: str
    programme: str
    grant: str
    statement: str
    disclaimer: str = ""
    period: str = ""
    funds: str = ""
    call: str = ""
    emblem: bool = False


FUNDING = (
    FundingFacts(
        key="fait",
        funder="PMI IMPACT",
        kind="private",
        about=(
            "The global grant initiative of Philip Morris International. It supports projects against illegal trade and related crime."
        ),
        programme="PMI IMPACT",
        grant="FAIT grant",
        statement="Funded by PMI IMPACT, the global grant initiative of Philip Morris International.",
        disclaimer="PMI IMPACT is a private funder.",
    ),
    FundingFacts(
        key="ecofit",
        funder="European Union",
        kind="eu",
        about="",
        programme="Internal Security Fund - Police",
        period="2014-2020",
        grant="ECOFIT grant",
        call="ISFP-2018-AG-OC-FIRE",
        emblem=True,
        statement="Co-funded by the European Union's Internal Security Fund – Police.",
        disclaimer=(
            "This text reflects only the view of its author. The European Commission is not responsible for any use that may be made of it."
        ),
    ),
    FundingFacts(
        key="danube",
        funder="European Union",
        kind="eu",
        about="",
        programme="Danube Transnational Programme",
        period="2014-2020",
        funds="ERDF, IPA, ENI",
        grant="Transborder cooperation grant",
        emblem=True,
        statement="Programme co-funded by European Union funds (ERDF, IPA, ENI).",
    ),
)
