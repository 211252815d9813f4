from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.networks.base import ACCOUNT_ID, Account, Outgoing
from social_publisher.networks.bluesky.addresses import RecordAddress, profile_page, read_post
from social_publisher.networks.bluesky.facets import Kind, facets, marks, mentioned
from social_publisher.networks.bluesky.record import record_of
from social_publisher.networks.bluesky.tid import ALPHABET, new_tid
from social_publisher.networks.errors import RefusedError

LINK = "https://example.org/go/abc"
FAMILY = "👩‍👩‍👧‍👦"
YEARS = [datetime(year, 1, 1) for year in (1970, 2200)]  # noqa: DTZ001 (the strategy adds the zone)
MOMENTS = st.datetimes(*YEARS, timezones=st.just(UTC))
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
ACCOUNT = Account("selec.example", {ACCOUNT_ID: DID, "server": "https://bsky.social"})
SENTENCES = {
    "en": "Ask where it comes from – it’s your right.",
    "sq": "Pyet nga vjen; është e drejta jote, çdo ditë.",
    "bs": "Pitaj odakle dolazi, šta piše i čije je.",
    "hr": "Pitaj odakle dolazi, što piše i čije je.",
    "sr": "Питај одакле долази, шта пише и чије је.",
    "bg": "Попитай откъде идва, щом купуваш нещо.",
    "el": "Ρώτησε από πού προέρχεται· είναι δικαίωμά σου;",
    "hu": "Kérdezd meg, honnan jön, és őrizd a számlát!",
    "ro": "Întreabă de unde vine și păstrează bonul, țara ta.",
    "mk": "Прашај од каде доаѓа, што пишува и чие е; ѓ, ќ, ѕ.",
    "tr": "Nereden geldiğini sor; fişini sakla, İğdır’da da.",
}
TEXTS = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [LINK, "#StopSmuggling", "＃Стоп", "@friend.example", FAMILY, "(", ")", "„", "“", ".", " ", "\n", "#", "@"]
        ),
    ),
    max_size=20,
).map("".join)


def shown(text: str) -> list[tuple[Kind, str]]:
    """What is marked, as the bytes of the text say it."""
    return [(mark.kind, text.encode()[mark.start : mark.end].decode()) for mark in marks(text)]


@pytest.mark.parametrize("language", SENTENCES)
def test_marks_lie_on_the_right_bytes_in_every_language(language: str) -> None:
    text = f"{SENTENCES[language]} {FAMILY} #Шверц2026 @friend.example: {LINK}."
    assert shown(text) == [(Kind.TAG, "#Шверц2026"), (Kind.MENTION, "@friend.example"), (Kind.LINK, LINK)]
    assert [facet["features"][0] for facet in facets(text, {"friend.example": DID})] == [
        {"$type": "app.bsky.richtext.facet#tag", "tag": "Шверц2026"},
        {"$type": "app.bsky.richtext.facet#mention", "did": DID},
        {"$type": "app.bsky.richtext.facet#link", "uri": LINK},
    ]


@given(text=TEXTS)
def test_every_slice_is_what_it_marks_and_none_overlap(text: str) -> None:
    content, end = text.encode(), 0
    for mark in marks(text):
        assert end <= mark.start < mark.end <= len(content)
        end = mark.end
        said = content[mark.start : mark.end].decode()
        if mark.kind is Kind.LINK:
            assert said == mark.value
            assert re.fullmatch(r"\w+:(?://)?[^\s/]\S*", said)
        elif mark.kind is Kind.MENTION:
            assert said.lower() == f"@{mark.value}"
        else:
            assert said[0] in "#＃"
            assert said[1:] == mark.value
            assert len(mark.value) <= 64


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.org", "https://example.org"),
        ("http://example.org/a?b=c&d=%20#e", "http://example.org/a?b=c&d=%20#e"),
        ("HTTPS://Example.org/", "HTTPS://Example.org/"),
        ("See https://example.org/a.", "https://example.org/a"),
        ("See https://example.org/a?!…", "https://example.org/a"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("(https://example.org/a_(b)).", "https://example.org/a_(b)"),
        ("[https://example.org/a]", "https://example.org/a"),
        ("„https://example.org/a“", "https://example.org/a"),
        ("«https://example.org/a»", "https://example.org/a"),
        ("'https://example.org/a'", "https://example.org/a"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("Γιατί; https://example.org/a;", "https://example.org/a"),
        ("https://example.org/a\u200b", "https://example.org/a"),
        ("https://пример.example/путь", "https://пример.example/путь"),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(text: str, link: str) -> None:
    assert shown(text) == [(Kind.LINK, link)]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("#StopSmuggling", "StopSmuggling"),
        ("＃Стоп", "Стоп"),
        ("Yes #StopSmuggling!", "StopSmuggling"),
        ("#κάπνισμα·", "κάπνισμα"),
        ("#2026goals", "2026goals"),
        ("#a_b", "a_b"),
        ("##double", "#double"),
        ("#😀", "😀"),
        ("#" + "ш" * 64, "ш" * 64),
    ],
)
def test_a_hashtag_is_what_bluesky_takes_for_one(text: str, tag: str) -> None:
    assert [(mark.kind, mark.value) for mark in marks(text)] == [(Kind.TAG, tag)]


@pytest.mark.parametrize(
    "text",
    [
        "#",
        "#2026",
        "#...",
        "a#tag",
        "#️⃣",
        "# tag",
        "#" + "a" * 65,
        "https://",
        "https://.",
        "https:///a",
        "xhttps://example.org",
    ],
)
def test_what_is_none_is_not_marked(text: str) -> None:
    assert marks(text) == []


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@friend.example", ["friend.example"]),
        ("(@Friend.Example), @friend.example.", ["friend.example"]),
        ("„@a-b.c.example“ @d.example’s", ["a-b.c.example", "d.example"]),
        ("box@example.org @nobody @1.2 @-a.example @a.b.cž @a.example@b.example", []),
        ("https://example.org/(@friend.example", []),
    ],
)
def test_a_mention_is_a_whole_handle(text: str, handles: list[str]) -> None:
    assert mentioned(text) == handles


def test_a_mention_of_nobody_stays_text() -> None:
    assert facets("@friend.example", {}) == []


def test_the_same_message_is_the_same_record() -> None:
    at = datetime(2026, 11, 25, 12, 30, 0, 123456, tzinfo=UTC)
    post = Outgoing(f"Питај #Шверц {LINK}", "sr", (), LINK, "key", "3lbqta5yhzs2a", at)
    first, again = record_of(post, {}, None), record_of(replace(post, created_at=at.astimezone()), {}, None)
    assert first == again
    assert first["createdAt"] == "2026-11-25T12:30:00.123Z"
    assert first["langs"] == ["sr"]


@given(at=MOMENTS)
def test_a_key_holds_the_time(at: datetime) -> None:
    key = new_tid(at)
    assert re.fullmatch("[234567a-j][234567a-z]{12}", key)
    value = 0
    for sign in key:
        value = value << 5 | ALPHABET.index(sign)
    told = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value >> 10)
    assert timedelta() <= told - at < timedelta(seconds=1)


@given(at=MOMENTS)
def test_keys_sort_as_their_times(at: datetime) -> None:
    assert new_tid(at) < new_tid(at + timedelta(seconds=1))


@pytest.mark.parametrize(
    "url",
    [
        "https://bsky.app/profile/selec.example/post/3lbqta5yhzs2a",
        "https://bsky.app/profile/Selec.Example/post/3lbqta5yhzs2a/",
        f"https://bsky.app/profile/{DID}/post/3lbqta5yhzs2a?ref=1#top",
        f"https://bsky.app/profile/{DID.replace(':', '%3A')}/post/3lbqta5yhzs2a",
        f"at://{DID}/app.bsky.feed.post/3lbqta5yhzs2a",
        " at://selec.example/app.bsky.feed.post/3lbqta5yhzs2a ",
    ],
)
def test_a_post_is_known_by_its_page_and_its_address(url: str) -> None:
    assert str(read_post(ACCOUNT, url)) == f"at://{DID}/app.bsky.feed.post/3lbqta5yhzs2a"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://bsky.app/profile/selec.example",
        "https://bsky.app/profile/other.example/post/3lbqta5yhzs2a",
        "https://example.org/profile/selec.example/post/3lbqta5yhzs2a",
        f"at://{DID}/app.bsky.feed.like/3lbqta5yhzs2a",
    ],
)
def test_what_is_none_of_the_accounts_posts_is_said(url: str) -> None:
    with pytest.raises(ValueError):
        read_post(ACCOUNT, url)


@pytest.mark.parametrize("uri", ["", "https://example.org/a/b", f"at://{DID}", f"at://{DID}/app.bsky.feed.post/"])
def test_a_records_address_has_three_parts(uri: str) -> None:
    with pytest.raises(RefusedError):
        RecordAddress.read(uri)


def test_a_lost_handle_is_not_shown() -> None:
    assert profile_page("handle.invalid", DID) == f"https://bsky.app/profile/{DID}"
