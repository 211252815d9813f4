from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from social_publisher.messages.render import Draft, render
from social_publisher.messages.rules import BLUESKY, FACEBOOK, MASTODON, RULES, TextRules, X
from social_publisher.messages.threads import LONGEST, join, split

LINK = "https://selec.org/go/abcdefghij"
THREADED = [rules for rules in RULES.values() if rules.max_parts > 1]
# Words of prose with a few things that are hard to part at.
WORDS = st.sampled_from(
    [
        "Ask",
        "where",
        "it",
        "comes",
        "from.",
        "Εμπόριο;",
        "e.g.",
        "No.",
        "5",
        "контрабанда!",
        "krijumčarenje",
        "👮‍♂️",
        "https://example.org/a/long/one?with=things.",
        "#StopSmuggling",
        "{link}",
        "@press@social.example.org",
    ]
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", "\n", "\n\n", "\n---\n"])), max_size=120).map(
    lambda pieces: "".join(word + space for word, space in pieces)
)


def written(text: str) -> list[str]:
    """The words, without marks and the place of a link that had none."""
    return [word for word in text.split() if word not in {"---", "{link}"}]


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(THREADED), st.sampled_from(["", LINK]), st.sampled_from(["", "About violence"]))
def test_parts_fit_words_stay_and_a_second_time_changes_nothing(
    text: str, rules: TextRules, link: str, warning: str
) -> None:
    parted = split(text, rules, link, warning)
    assert written(parted) == written(text)
    assert split(parted, rules, link, warning) == parted
    rendered = render(Draft(parted, link, warning=warning), rules)
    assert {problem.code for problem in rendered.problems} <= {"empty", "too-many-parts"}


@settings(max_examples=40, deadline=None)
@given(TEXTS.filter(lambda text: "---" not in text and "\n\n\n" not in text))
def test_joining_gives_back_what_was_parted(text: str) -> None:
    assert join(split(text.strip(), X)) == text.strip()


def test_what_fits_is_not_parted() -> None:
    assert split("Ask. Then ask again.", X, LINK) == "Ask. Then ask again."


def test_a_network_without_threads_parts_nothing() -> None:
    assert split("Ask. " * 20_000, FACEBOOK) == "Ask. " * 20_000


def test_an_endless_text_is_left_alone() -> None:
    assert split("a " * LONGEST, X) == "a " * LONGEST


def parted(*sentences: str) -> list[str]:
    """Where a text is parted that is just too long for X as a whole."""
    filler = "a" * (275 - len(sentences[0]))
    return split(f"{filler} {' '.join(sentences)}", X).removeprefix(filler + " ").split("\n---\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ask where.", "Then ask again."),
        ("Защо е евтино?", "Попитай."),
        ("Γιατί είναι φτηνό;", "Ρώτησε."),
        ("De ce e ieftin?", "„Întreabă” e scris."),
        ("Neden ucuz?", "İyi sor."),
        ("Honnan jön?", "Árulkodik."),
        ("Pse?", "Çmimi flet."),
        ("„Zašto?“", "Šta je to?"),
    ],
)
def test_parts_end_where_sentences_end(before: str, after: str) -> None:
    assert parted(before, after + " " + "b" * 40) == [before, after + " " + "b" * 40]


@pytest.mark.parametrize(
    "kept",
    [
        "Yes! See No. 5",
        "Yes! See e.g. Monday",
        "Yes! By J. Smith",
        "Yes! Виж чл. 5",
        "Yes! Βλ. π.χ. Αθήνα",
        "Yes! Bkz. Ankara",
        "Yes! At 3.50 Euro",
        "Yes! Ask ... and",
    ],
)
def test_an_abbreviation_stays_with_what_follows(kept: str) -> None:
    assert parted(kept, "b" * 20)[0] == "Yes!"


def test_a_text_without_sentences_is_parted_between_words() -> None:
    parts = split("word " * 100, X).split("\n---\n")
    assert [len(part) for part in parts] == [279, 220]


def test_a_word_that_is_too_long_stays_whole() -> None:
    assert split("a" * 400 + " b", X) == "a" * 400 + "\n---\nb"


def test_a_link_is_never_parted_and_counts_as_the_network_counts_it() -> None:
    address = "https://example.org/" + "path/" * 80
    assert split(f"Ask. {address}", X) == f"Ask. {address}"
    assert split(f"Ask. {address} Now.", BLUESKY).split("\n---\n") == ["Ask.", address, "Now."]


def test_a_link_without_room_goes_alone() -> None:
    assert split("a" * 270, X, LINK) == "a" * 270 + "\n\n---\n\n{link}"


def test_the_last_sentence_goes_with_the_link() -> None:
    assert split("a" * 250 + ". Ask now.", X, LINK) == "a" * 250 + ".\n---\nAsk now."


def test_a_warning_counts_in_each_part_where_the_network_has_warnings() -> None:
    sentence = "a" * 244 + "."
    assert split(f"{sentence} {sentence}", MASTODON) == f"{sentence} {sentence}"
    assert "---" in split(f"{sentence} {sentence}", MASTODON, warning="About violence")
