from __future__ import annotations

import pytest

from content.pages.account_check import Answer, ask
from content.slots import Account

X = Account("x", "X", "@selec", "https://x.com/selec", "SELEC", "en", True)
MASTODON = Account("mastodon", "Mastodon", "@selec@social.example", "https://social.example/@selec", "", "en", True)
PAGE = Account("facebook", "Facebook", "selec.page", "https://www.facebook.com/selec.page", "", "en", True)
POST = "https://x.com/selec/status/1"


def answer(question: str) -> Answer:
    return ask(question, [X, MASTODON, PAGE], lambda address: address == POST)


@pytest.mark.parametrize(
    ("question", "account"),
    [
        ("@selec", X),
        ("SELEC", X),
        ("  selec ", X),
        ("https://twitter.com/selec/", X),
        ("x.com/Selec", X),
        ("@selec@social.example", MASTODON),
        ("https://social.example/@selec", MASTODON),
        ("m.facebook.com/selec.page", PAGE),
    ],
)
def test_an_account_is_found_by_its_name_and_by_its_address(question: str, account: Account) -> None:
    assert answer(question) == Answer(Answer.Kind.ACCOUNT, (account,))


@pytest.mark.parametrize(
    "question",
    [
        "@ѕelec",  # a Cyrillic letter
        "@selec_",
        "https://x.com/selec2",
        "https://x.com.example/selec",
        "https://selec@evil.example/selec",
        "javascript:alert(1)",
        "https://[::1",
        "x.com",
        "@",
    ],
)
def test_a_lookalike_is_not_ours(question: str) -> None:
    assert answer(question).kind == Answer.Kind.UNKNOWN


def test_a_post_is_ours_only_where_we_know_it() -> None:
    assert answer(POST).kind == Answer.Kind.POST
    # X shows anybody's post under any account's name.
    assert answer("https://x.com/selec/status/2") == Answer(Answer.Kind.BELOW, (X,))
