from __future__ import annotations

from content.pages.choices import Item, chosen_of, filters, left

ITEMS = [
    Item(1, {"theme": frozenset({"arms"}), "country": frozenset({"RO", "IT"})}),
    Item(2, {"theme": frozenset({"arms", "drugs"}), "country": frozenset({"RO"})}),
    Item(3, {"theme": frozenset(), "country": frozenset({"IT"})}),
]
LABELS = {"theme": ("Theme", "All"), "country": ("Country", "All"), "status": ("Status", "Any")}
NAMES = {"theme": {"arms": "Arms", "drugs": "Drugs"}, "country": {"IT": "Italy", "RO": "Romania"}, "status": {}}


def test_choices_of_several_filters_all_hold() -> None:
    assert left(ITEMS, {}) == [1, 2, 3]
    assert left(ITEMS, {"theme": "arms", "country": "IT"}) == [1]


def test_a_count_says_what_the_choice_would_leave_beside_the_others() -> None:
    theme, country = filters(ITEMS, {"country": "IT"}, LABELS, NAMES)
    assert [(option.value, option.count) for option in theme.options] == [("arms", 1), ("drugs", 0)]
    assert [(option.value, option.count) for option in country.options] == [("IT", 2), ("RO", 2)]
    assert (theme.chosen, country.chosen.label) == (None, "Italy")


def test_a_filter_that_lets_nobody_choose_is_not_shown() -> None:
    assert [row.name for row in filters(ITEMS, {}, LABELS, NAMES)] == ["theme", "country"]


def test_removing_one_filter_keeps_the_others() -> None:
    theme, country = filters(ITEMS, {"theme": "arms", "country": "RO"}, LABELS, NAMES)
    assert (theme.without, country.without) == ("country=RO", "theme=arms")


def test_what_no_item_has_is_no_choice() -> None:
    query = {"theme": "gone", "country": " RO ", "page": "2", "theme__in": "x"}
    assert chosen_of(query, ITEMS, ["theme", "country"]) == {"country": "RO"}
    assert chosen_of({"theme": ""}, [], ["theme"]) == {}
