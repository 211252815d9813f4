"""What the fake says of a server, said by a real one. Run by `python -m tests.bluesky`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from social_publisher.messages.render import Card
from social_publisher.networks.base import Absent, Account, Found, Outgoing
from social_publisher.networks.bluesky import BlueskyNetwork
from social_publisher.networks.errors import AuthError, RefusedError, TemporaryError
from tests.bluesky.conftest import Pds, signed_in
from tests.contract.suite import LINK, deliver, given_media, keyed, outgoing
from tests.support import samples
from tests.unit.networks.test_bluesky import FAMILY, SENTENCES

if "BLUESKY_PDS" not in os.environ:
    pytest.skip("needs a real Bluesky server: python -m tests.bluesky starts one", allow_module_level=True)


def test_an_account_is_connected_and_its_password_is_not_kept(network: BlueskyNetwork, answers: dict[str, str]) -> None:
    (connection,) = network.connector.sign_in(answers)
    assert connection.identity.handle == connection.identity.name == answers["handle"]
    assert connection.identity.settings == {"server": answers["server"]}
    assert connection.grant.expires_at > datetime.now(UTC)
    assert answers["password"] not in connection.grant.credentials.values()
    assert network.connector.check(signed_in(connection)) == connection.identity


def test_a_wrong_password_is_said(network: BlueskyNetwork, answers: dict[str, str]) -> None:
    with pytest.raises(RefusedError, match="Invalid identifier or password"):
        network.connector.sign_in({**answers, "password": "abcd-efgh-ijkl-mnop"})


@pytest.mark.parametrize("language", SENTENCES)
def test_every_language_is_taken_with_its_facets(
    network: BlueskyNetwork, account: Account, pds: Pds, language: str
) -> None:
    text = f"{SENTENCES[language]} {FAMILY} #Шверц2026 @{account.handle} @nobody.test {LINK}."
    receipt = deliver(network, account, outgoing(text, language=language))
    record = pds.record(receipt.remote_id)["value"]
    assert (record["text"], record["langs"]) == (text, [language])
    said = {
        facet["features"][0]["$type"].partition("#")[2]: text.encode()[
            facet["index"]["byteStart"] : facet["index"]["byteEnd"]
        ].decode()
        for facet in record["facets"]
    }
    assert said == {"tag": "#Шверц2026", "mention": f"@{account.handle}", "link": LINK}


def test_pictures_a_video_and_a_card_are_kept(network: BlueskyNetwork, account: Account, pds: Pds) -> None:
    picture, content = samples.picture("A dark field, „quoted“")
    shown = deliver(network, account, outgoing(), (picture, content), samples.picture(color="maroon"))
    images = pds.record(shown.remote_id)["value"]["embed"]["images"]
    assert [image["alt"] for image in images] == ["A dark field, „quoted“", "A dark field"]
    assert images[0]["aspectRatio"] == {"width": 64, "height": 48}
    moving = deliver(network, account, outgoing(), samples.video("Lorries"))
    assert pds.record(moving.remote_id)["value"]["embed"]["alt"] == "Lorries"
    thumb = given_media(network, account, picture, content)
    card = Card("Where it comes from", "A page", picture)
    carded = network.send(account, keyed(network, outgoing(card=card, card_media=thumb)))
    assert pds.record(carded.remote_id)["value"]["embed"]["external"]["uri"] == LINK


def test_a_repeat_is_the_same_record(network: BlueskyNetwork, account: Account, pds: Pds) -> None:
    post = keyed(network, outgoing(f"Again. {LINK}"))
    first, second = network.send(account, post), network.send(account, post)
    assert first.raw == second.raw
    assert len(pds.posts(account)) == 1


def test_what_is_out_is_never_overwritten(network: BlueskyNetwork, account: Account, pds: Pds) -> None:
    post = keyed(network, outgoing("The first words."))
    first = network.send(account, post)
    assert network.send(account, replace(post, text="Other words.")).raw == first.raw
    assert [record["value"]["text"] for record in pds.posts(account)] == ["The first words."]


def test_a_post_of_a_process_that_was_killed_is_found(network: BlueskyNetwork, account: Account, pds: Pds) -> None:
    post = keyed(network, outgoing("Sent, and never said so.", link=""))
    assert network.find(account, post) == Absent()
    assert _send_and_die(account, post) == -signal.SIGKILL
    witness = network.find(account, post)
    assert isinstance(witness, Found)
    assert network.send(account, post).raw == witness.receipt.raw
    assert len(pds.posts(account)) == 1


def test_a_thread_is_one_answer_after_the_other(network: BlueskyNetwork, account: Account, pds: Pds) -> None:
    first = deliver(network, account, outgoing("The first."))
    second = deliver(network, account, outgoing("The second.", reply_to=first.remote_id, thread=first.remote_id))
    third = deliver(network, account, outgoing("The third.", reply_to=second.remote_id, thread=first.remote_id))
    reply = pds.record(third.remote_id)["value"]["reply"]
    assert reply == {
        "root": {"uri": first.remote_id, "cid": first.raw["cid"]},
        "parent": {"uri": second.remote_id, "cid": second.raw["cid"]},
    }


@pytest.mark.parametrize(
    ("text", "taken"), [("a" * 300, True), ("a" * 301, False), (FAMILY * 121, False), (FAMILY * 120, True)]
)
def test_the_limits_are_those_of_the_rules(network: BlueskyNetwork, account: Account, text: str, taken: bool) -> None:
    if taken:
        assert deliver(network, account, outgoing(text, link="")).remote_id
    else:
        with pytest.raises(RefusedError, match="record: "):
            deliver(network, account, outgoing(text, link=""))


def test_what_was_never_uploaded_is_tried_again(network: BlueskyNetwork, account: Account) -> None:
    picture, content = samples.picture()
    known: dict[str, Any] = json.loads(given_media(network, account, picture, content))
    known["ref"]["$link"] = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
    with pytest.raises(TemporaryError):
        network.send(account, keyed(network, outgoing(attachments=(picture,), media=(json.dumps(known),))))


def test_a_server_without_an_appview_tells_no_counts(network: BlueskyNetwork, account: Account) -> None:
    receipt = deliver(network, account, outgoing())
    with pytest.raises(TemporaryError):
        network.read_engagement(account, [receipt.remote_id])


def test_a_post_is_taken_back_and_may_be_again(network: BlueskyNetwork, account: Account, pds: Pds) -> None:
    receipt = deliver(network, account, outgoing())
    network.recall(account, receipt.remote_id)
    network.recall(account, receipt.remote_id)
    assert pds.record(receipt.remote_id) is None


def test_a_session_is_renewed_and_a_lost_answer_asked_for_again(network: BlueskyNetwork, account: Account) -> None:
    grant = network.connector.refresh(None, account)
    again = network.connector.refresh(None, account)
    for fresh in (grant, again):
        assert network.connector.check(replace(account, credentials=fresh.credentials)).handle == account.handle
    with pytest.raises(AuthError):
        network.connector.refresh(None, replace(account, credentials={"refresh": account.credentials["access"]}))


def test_a_permission_that_was_taken_away_is_said_so(network: BlueskyNetwork, account: Account) -> None:
    nobody = replace(account, credentials={"access": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x"})
    with pytest.raises(AuthError):
        network.connector.check(nobody)
    with pytest.raises(AuthError):
        network.send(nobody, keyed(network, outgoing()))


def _send_and_die(account: Account, post: Outgoing) -> int:
    """How a process ends that sends the post and is killed with SIGKILL after the network took it."""
    told = {
        "text": post.text,
        "record_key": post.record_key,
        "created_at": post.created_at.isoformat(),
        "handle": account.handle,
        "settings": dict(account.settings),
        "credentials": dict(account.credentials),
    }
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "tests.bluesky.victim"]
    return subprocess.run(command, cwd=root, input=json.dumps(told), text=True, check=False).returncode
