from __future__ import annotations

import re
from typing import Any

from content.maps.draw import draw, outlines
from content.starter.countries import EU, SELEC


def box(drawing: Any) -> tuple[int, int, int, int]:
    left, top, width, height = map(int, drawing.view_box.split())
    return left, top, left + width, top + height


def test_every_country_of_the_records_is_on_the_map() -> None:
    assert set(SELEC) | set(EU) <= set(outlines()["countries"])


def test_the_part_shown_holds_every_country_named() -> None:
    for codes in (SELEC, EU, ("MT",), ("CY", "IE"), ("MK",)):
        left, top, right, bottom = box(draw(codes))
        for code in codes:
            west, north, east, south = outlines()["countries"][code]["box"]
            clipped = (max(west, 0), max(north, 0), min(east, outlines()["width"]), min(south, outlines()["height"]))
            assert left <= clipped[0]
            assert top <= clipped[1]
            assert clipped[2] <= right
            assert clipped[3] <= bottom


def test_a_country_too_small_to_see_has_a_mark() -> None:
    assert len(draw(["MT", "LU"]).marks) == 2
    assert draw(["RO"]).marks == ()


def test_a_country_is_drawn_once_as_named_or_as_land_around() -> None:
    romania = outlines()["countries"]["RO"]["path"]
    assert romania in draw(["RO"]).shown
    assert romania not in draw(["RO"]).land
    assert romania in draw(["BG"]).land


def test_countries_that_are_not_on_the_map_are_no_map() -> None:
    assert draw(["US"]) is None
    assert draw([]) is None
    assert draw(["US", "RO"]) == draw(["RO"])


def test_outlines_are_paths_and_stay_small() -> None:
    for country in outlines()["countries"].values():
        assert re.fullmatch(r"(M-?\d+ ?-?\d+l[-\d ]+z)+", country["path"])
    assert sum(len(country["path"]) for country in outlines()["countries"].values()) < 20_000
