from __future__ import annotations

from social_publisher.messages.announcement import announcement
from social_publisher.messages.counting import measure
from social_publisher.messages.rules import BLUESKY, MASTODON, X

LINK = "https://example.org/go/abcdefghij"
TITLE, TAGS = "A new route is closed", ["#StopSmuggling"]


def test_everything_stands_where_it_fits() -> None:
    text = announcement(TITLE, "One sentence. Another one.", TAGS, [MASTODON], LINK)
    assert text == "A new route is closed\n\nOne sentence. Another one.\n\n#StopSmuggling"


def test_the_summary_is_cut_at_a_sentences_end_for_the_shortest_network() -> None:
    summary = " ".join(f"Sentence number {number} says something of the matter." for number in range(12))
    text = announcement(TITLE, summary, TAGS, [MASTODON, X, BLUESKY], LINK)
    assert text.endswith("matter.\n\n#StopSmuggling")
    assert "number 0 " in text
    assert measure(f"{text}\n\n{LINK}", X) <= 280
    longer = announcement(TITLE, summary, TAGS, [MASTODON], LINK)
    assert len(longer) > len(text)


def test_a_summary_of_one_long_sentence_is_left_out_whole() -> None:
    assert announcement(TITLE, "word " * 100, TAGS, [X], LINK) == "A new route is closed\n\n#StopSmuggling"


def test_a_title_that_does_not_fit_is_kept_for_a_person_to_shorten() -> None:
    assert announcement("t" * 400, "More.", [], [X]) == "t" * 400


def test_hashtags_come_once_and_numbers_are_no_sentence_ends() -> None:
    text = announcement("Title", "It grew by 3. 5 million left.", ["#A", "#B", "#A"], [X])
    assert text == "Title\n\nIt grew by 3. 5 million left.\n\n#A #B"
