from __future__ import annotations

import logging
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from social_publisher.messages.render import Composed, Draft
from social_publisher.networks.base import ACCOUNT_ID, Absent, Account, CannotTell, Found, Network, Scope
from social_publisher.networks.connect import App, Connector
from social_publisher.networks.errors import AuthError, NetworkError, RateLimitedError, RefusedError, TemporaryError
from social_publisher.networks.x import XNetwork
from tests.contract.faked import FakedContract
from tests.contract.oauth import OAuthContract
from tests.contract.suite import LINK, deliver, given_media, outgoing
from tests.fakes import x
from tests.fakes.http import Answer, FakeNetwork
from tests.fakes.x.common import problem
from tests.fakes.x.posts import DUPLICATE, withheld
from tests.fakes.x.text import weighted_length
from tests.support import samples

CONFIDENTIAL, PUBLIC = App(x.CLIENT_ID, x.SECRET), App(x.PUBLIC_ID)
TIMELINE = ("GET", f"/2/users/{x.number('selec')}/tweets")
LOOKUP = ("GET", "/2/tweets")


class TestX(OAuthContract, FakedContract):
    fake_type = x.X

    def make_network(self, base: str, seconds: float = 5) -> Network:
        return x.adapter(base, seconds)

    def make_account(self, base: str, handle: str = "selec") -> Account:
        return x.account(base, handle)

    def app(self, fake: FakeNetwork, connector: Connector) -> App:
        return CONFIDENTIAL

    # Connecting

    @pytest.mark.parametrize("app", [CONFIDENTIAL, PUBLIC])
    def test_a_refresh_token_is_replaced_and_using_it_twice_ends_the_permission(
        self, connector: Connector, app: App
    ) -> None:
        connection = self.connect(connector, app)[0]
        account = self.account_of(connection)
        grant = connector.refresh(app, account)
        assert grant.credentials["refresh"] != account.credentials["refresh"]
        assert grant.renews
        with pytest.raises(AuthError):
            connector.refresh(app, account)
        with pytest.raises(AuthError):
            connector.check(replace(account, credentials=grant.credentials))

    def test_access_lasts_two_hours(self, connector: Connector) -> None:
        grant = self.connect(connector, CONFIDENTIAL)[0].grant
        assert grant.expires_at is not None
        assert timedelta(minutes=119) < grant.expires_at - datetime.now(UTC) <= timedelta(hours=2)

    def test_a_permission_that_cannot_be_renewed_is_asked_for_again(
        self, connector: Connector, account: Account
    ) -> None:
        for app in (CONFIDENTIAL, None):
            with pytest.raises(AuthError):
                connector.refresh(app, account)

    @pytest.mark.parametrize("secret", ["not-the-secret", "секрет"])
    def test_wrong_keys_are_the_apps_fault_and_not_the_accounts(self, connector: Connector, secret: str) -> None:
        account = self.account_of(self.connect(connector, CONFIDENTIAL)[0])
        with pytest.raises(RefusedError, match="client ID and secret") as caught:
            connector.refresh(App(x.CLIENT_ID, secret), account)
        assert secret not in caught.value.words

    def test_a_permission_that_is_not_granted_is_named(self, connector: Connector, fake: x.X) -> None:
        fake.granted = ("tweet.read", "users.read", "offline.access")
        with pytest.raises(RefusedError, match=r"media\.write, tweet\.write"):
            self.connect(connector, CONFIDENTIAL)

    def test_connecting_and_renewing_leave_no_secret_in_a_log(
        self, connector: Connector, fake: x.X, caplog: pytest.LogCaptureFixture
    ) -> None:
        for logger in ("urllib3", "requests", "authlib", "pytwitter"):
            caplog.set_level(logging.DEBUG, logger)
        connector.refresh(CONFIDENTIAL, self.account_of(self.connect(connector, CONFIDENTIAL)[0]))
        assert "/2/oauth2/token" in caplog.text
        for secret in [x.SECRET, *fake.grants, *fake.refresh_tokens]:
            assert secret not in caplog.text

    # What X says no to

    def test_a_text_it_has_had_is_refused_and_found(self, network: Network, account: Account) -> None:
        first = deliver(network, account, outgoing())
        with pytest.raises(RefusedError, match=DUPLICATE):
            deliver(network, account, outgoing())
        found = network.find(account, outgoing())
        assert isinstance(found, Found)
        assert found.receipt.remote_id == first.remote_id

    @pytest.mark.parametrize(
        ("answer", "kind"),
        [
            (problem(402, "Payment Required", "credits depleted", "credits-depleted"), AuthError),
            (problem(429, "UsageCapExceeded", "Usage cap exceeded: Monthly product cap", "usage-capped"), AuthError),
            (
                problem(403, "Client Forbidden", "Not enrolled.", "client-forbidden", reason="client-not-enrolled"),
                AuthError,
            ),
            (problem(403, "Unsupported Authentication", "Use another.", "unsupported-authentication"), AuthError),
            (problem(403, "Forbidden", "Your account is suspended and may not do this."), AuthError),
            (problem(403, "Forbidden", "Forbidden"), AuthError),
            (problem(403, "Forbidden", DUPLICATE), RefusedError),
            (problem(400, "Invalid Request", "Your media IDs are invalid.", "invalid-request"), RefusedError),
        ],
    )
    def test_money_and_access_are_the_accounts_matter_and_content_is_the_posts(
        self, network: Network, account: Account, fake: x.X, answer: Answer, kind: type[NetworkError]
    ) -> None:
        fake.says = answer
        with pytest.raises(NetworkError) as caught:
            deliver(network, account, outgoing())
        assert type(caught.value) is kind
        assert answer.body["detail"] in caught.value.words

    @pytest.mark.parametrize(("limit", "app_wide", "hours"), [("user_limit", False, 0.25), ("app_limit", True, 24)])
    def test_a_limit_binds_whom_it_is_for_until_it_begins_anew(
        self, network: Network, account: Account, fake: x.X, limit: str, app_wide: bool, hours: float
    ) -> None:
        fake.control({limit: 1})
        receipt = deliver(network, account, outgoing("The first."))
        assert {left.scope: left.count for left in receipt.remaining}[Scope.APP if app_wide else Scope.CHANNEL] == 0
        assert all(left.resets_at > datetime.now(UTC) for left in receipt.remaining)
        with pytest.raises(RateLimitedError) as caught:
            deliver(network, account, outgoing("The second."))
        assert caught.value.app_wide is app_wide
        assert caught.value.retry_after == pytest.approx(timedelta(hours=hours), abs=timedelta(seconds=10))
        assert self.count_posts() == 1

    @pytest.mark.parametrize("character", ["\ufeff", "\ufffe", "\uffff"])
    def test_characters_that_no_post_may_hold_are_said_before(
        self, network: Network, account: Account, character: str
    ) -> None:
        text = f"Hidden{character} here."
        assert [one.code for one in network.render(account, Draft(text)).problems] == ["invalid-characters"]
        with pytest.raises(RefusedError):
            deliver(network, account, outgoing(text))

    def test_an_answer_to_what_is_gone_is_refused(self, network: Network, account: Account) -> None:
        first = deliver(network, account, outgoing("The first."))
        network.recall(account, first.remote_id)
        with pytest.raises(RefusedError):
            deliver(network, account, outgoing("The second.", reply_to=first.remote_id, thread=first.remote_id))

    def test_another_accounts_post_cannot_be_recalled(self, network: Network, account: Account, fake: x.X) -> None:
        receipt = deliver(network, self.make_account(fake.base, "harbour"), outgoing())
        with pytest.raises(RefusedError):
            network.recall(account, receipt.remote_id)

    # Pictures and videos

    def test_an_upload_is_kept_for_a_day(self, network: Network, account: Account) -> None:
        for item in (samples.picture(), samples.video()):
            upload = network.upload(account, *item)
            assert upload.kept_until is not None
            assert timedelta(hours=23) < upload.kept_until - datetime.now(UTC) <= timedelta(hours=24)

    def test_a_long_video_goes_in_pieces_and_is_waited_for(self, network: Network, account: Account, fake: x.X) -> None:
        video, content = samples.video()
        content += bytes(9_000_000 - len(content))
        upload = network.upload(account, replace(video, size=len(content)), content)
        assert sum(path.endswith("/append") for _method, path in fake.calls) == 3
        assert upload.processing
        assert network.upload_wait(account, video, upload.remote_id) == timedelta(seconds=3)
        with pytest.raises(RefusedError):
            network.send(account, outgoing(attachments=(video,), media=(upload.remote_id,)))
        assert network.upload_wait(account, video, upload.remote_id) is None
        network.send(account, outgoing(attachments=(video,), media=(upload.remote_id,)))

    def test_a_video_x_cannot_process_is_refused_in_its_words(
        self, network: Network, account: Account, fake: x.X
    ) -> None:
        fake.control({"broken_videos": True})
        with pytest.raises(RefusedError, match="file is currently unsupported"):
            given_media(network, account, *samples.video())

    def test_an_upload_that_cannot_be_looked_at_may_be_looked_at_again(
        self, network: Network, account: Account
    ) -> None:
        with pytest.raises(TemporaryError):
            network.upload_wait(account, samples.video()[0], "12")

    def test_no_account_can_use_anothers_upload(self, network: Network, account: Account, fake: x.X) -> None:
        picture, content = samples.picture()
        upload = network.upload(self.make_account(fake.base, "harbour"), picture, content)
        with pytest.raises(RefusedError):
            network.send(account, outgoing(attachments=(picture,), media=(upload.remote_id,)))

    # Finding a post again

    @pytest.mark.parametrize(
        ("text", "link"),
        [
            (f"In {LINK} the middle", LINK),
            ("Without the link", LINK),
            ("Nothing but words & <signs>: 1 > 0, “quoted”, ћирилица", ""),
            ("A bare address: example.org/where, and https://example.eu/a?b=1&lt=2.", ""),
            ("Two  spaces\n\nand lines", ""),
        ],
    )
    @pytest.mark.parametrize("pictures", [0, 2])
    def test_a_post_is_found_by_its_link_or_its_words(
        self, network: Network, account: Account, text: str, link: str, pictures: int
    ) -> None:
        post = outgoing(text, link=link)
        assert network.find(account, post) == Absent()
        receipt = deliver(
            network, account, post, *[samples.picture(color=name) for name in ("navy", "teal")[:pictures]]
        )
        found = network.find(account, post)
        assert isinstance(found, Found)
        assert (found.receipt.remote_id, found.receipt.url) == (receipt.remote_id, receipt.url)
        assert abs(found.receipt.published_at - receipt.published_at) < timedelta(seconds=2)

    def test_a_post_is_found_behind_many_newer_ones(self, network: Network, account: Account, fake: x.X) -> None:
        post = outgoing()
        receipt = deliver(network, account, post)
        for number in range(250):
            fake.put("selec", f"By hand, {number}.", datetime.now(UTC))
        found = network.find(account, post)
        assert isinstance(found, Found)
        assert found.receipt.remote_id == receipt.remote_id
        assert fake.calls.count(TIMELINE) == 3

    def test_what_is_older_or_answers_another_post_is_not_it(
        self, network: Network, account: Account, fake: x.X
    ) -> None:
        post = outgoing()
        fake.put("selec", post.text, datetime.now(UTC) - timedelta(hours=2))
        other = fake.put("selec", "Another.", datetime.now(UTC))
        fake.put("selec", post.text, datetime.now(UTC), reply_to=other["id"])
        assert network.find(account, post) == Absent()

    def test_the_parts_of_a_thread_with_the_same_link_are_told_apart(
        self, network: Network, account: Account, fake: x.X
    ) -> None:
        first = deliver(network, account, outgoing(f"One. {LINK}"))
        second = outgoing(f"Two. {LINK}", reply_to=first.remote_id, thread=first.remote_id)
        assert network.find(account, second) == Absent()
        receipt = deliver(network, account, second)
        third = outgoing(f"Three. {LINK}", reply_to=receipt.remote_id, thread=first.remote_id)
        assert network.find(account, third) == Absent()
        assert network.find(account, outgoing(f"One. {LINK}")).receipt.remote_id == first.remote_id

    @pytest.mark.parametrize("fields", [{"id", "text"}, {"id", "text", "entities"}])
    def test_an_answer_without_what_was_asked_for_proves_nothing(
        self, network: Network, account: Account, fake: x.X, monkeypatch: pytest.MonkeyPatch, fields: set[str]
    ) -> None:
        fake.put("selec", "Another.", datetime.now(UTC))
        told = fake.tell
        monkeypatch.setattr(
            fake,
            "tell",
            lambda post, query: {name: told(post, query)[name] for name in fields & told(post, query).keys()},
        )
        with pytest.raises(TemporaryError):
            network.find(account, outgoing())

    def test_a_timeline_that_cannot_be_read_proves_nothing(self, network: Network, account: Account, fake: x.X) -> None:
        stranger = replace(account, settings={ACCOUNT_ID: "12"})
        with pytest.raises(TemporaryError, match="Could not find user"):
            network.find(stranger, outgoing())
        fake.control({"revoke": True})
        with pytest.raises(AuthError):
            network.find(account, outgoing())

    def test_more_posts_than_x_lists_leave_it_to_a_person(self, network: Network, account: Account, fake: x.X) -> None:
        for number in range(3201):
            fake.put("selec", f"By hand, {number}.", datetime.now(UTC))
        assert isinstance(network.find(account, outgoing()), CannotTell)

    @pytest.mark.parametrize(
        "url",
        [
            "https://x.com/selec/status/1346889436626259968",
            "https://x.com/selec/status/1346889436626259968?s=20",
            "https://x.com/selec/status/1346889436626259968/photo/1",
            "https://mobile.twitter.com/selec/status/1346889436626259968/",
            "https://x.com/i/web/status/1346889436626259968",
        ],
    )
    def test_a_posts_address_is_known_however_it_is_copied(self, network: Network, account: Account, url: str) -> None:
        assert network.identify(account, url) == "1346889436626259968"

    @pytest.mark.parametrize(
        "url", ["https://x.com/selec", "https://example.org/selec/status/1", "https://x.com/selec/status/last", "1"]
    )
    def test_what_is_no_posts_address_is_refused(self, network: Network, account: Account, url: str) -> None:
        with pytest.raises(ValueError):
            network.identify(account, url)

    # Counts

    def test_many_posts_are_counted_in_pages_of_a_hundred(self, network: Network, account: Account, fake: x.X) -> None:
        ids = [fake.put("selec", f"Number {number}.", datetime.now(UTC))["id"] for number in range(150)]
        fake.counts = {one: {"likes": number} for number, one in enumerate(ids)}
        told = network.read_engagement(account, ids)
        assert [told[one].likes for one in ids] == list(range(150))
        assert (fake.calls.count(TIMELINE), fake.calls.count(LOOKUP)) == (2, 0)

    def test_few_posts_far_apart_are_not_worth_all_that_lies_between(
        self, network: Network, account: Account, fake: x.X
    ) -> None:
        ids = [fake.put("selec", f"Number {number}.", datetime.now(UTC))["id"] for number in range(300)]
        assert set(network.read_engagement(account, [ids[0], ids[-1]])) == {ids[0], ids[-1]}
        assert (fake.calls.count(TIMELINE), fake.calls.count(LOOKUP)) == (1, 1)

    def test_a_count_that_is_not_told_is_not_nought(
        self, network: Network, account: Account, fake: x.X, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        receipt = deliver(network, account, outgoing())
        monkeypatch.setattr(fake, "tell", lambda post, query: {"id": post["id"], "public_metrics": {"like_count": 0}})
        told = asdict(network.read_engagement(account, [receipt.remote_id])[receipt.remote_id])
        assert {name for name, value in told.items() if value is not None} == {"likes"}

    def test_a_post_that_is_there_and_not_shown_is_not_taken_for_gone(
        self, network: Network, account: Account, fake: x.X
    ) -> None:
        receipt = deliver(network, account, outgoing())
        fake.posts[0]["gone"] = True
        fake.says = withheld(receipt.remote_id)
        with pytest.raises(TemporaryError, match="not authorized"):
            network.read_engagement(account, [receipt.remote_id])

    # What it costs, and how it is counted

    @pytest.mark.parametrize(
        ("parts", "price"),
        [
            (("Words.",), "0.015"),
            ((f"A link: {LINK}",), "0.20"),
            (("A bare address: example.org",), "0.20"),
            (("Words.", f"A link: {LINK}", "Words, e.g. these."), "0.230"),
        ],
    )
    def test_each_part_has_its_price(
        self, network: Network, account: Account, parts: tuple[str, ...], price: str
    ) -> None:
        assert network.price(account, Composed(parts, "en")) == Decimal(price)

    def test_prices_are_settings(self, account: Account) -> None:
        network = XNetwork(price=Decimal("0.1"), price_with_link=Decimal(3))
        assert network.price(account, Composed(("Words.", f"A link: {LINK}"), "en")) == Decimal("3.1")
        network.close()

    @pytest.mark.parametrize(
        "text",
        [
            "Plain words, “quoted” – and dashes…",
            "Ћирилица, ελληνικά, ქართული, 日本語",
            f"A link {LINK}, and example.org.",
            "👩‍👩‍👧‍👦 🇧🇦 👍🏽 1️⃣ ☎️ ☺ ©",
            "Zu\u0308rich",
        ],
    )
    def test_a_text_has_the_length_that_x_counts(self, network: Network, account: Account, text: str) -> None:
        assert network.render(account, Draft(text)).length == weighted_length(text)

    def test_own_posts_are_read_only_where_that_is_paid_for(self, account: Account, fake: x.X) -> None:
        now = datetime.now(UTC)
        fake.put("selec", "Long ago.", now - timedelta(hours=3))
        by_hand = fake.put("selec", "By hand, see https://example.org/a", now)
        network = x.adapter(fake.base)
        assert network.own_posts(account, now - timedelta(hours=1)) is None
        assert TIMELINE not in fake.calls
        reading = XNetwork(fake.base, reads_own_posts=True)
        (seen,) = reading.own_posts(account, now - timedelta(hours=1)) or ()
        assert (seen.remote_id, seen.words) == (by_hand["id"], by_hand["text"])
        assert seen.url == f"https://x.com/selec/status/{by_hand['id']}"
        reading.close()
