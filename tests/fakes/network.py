"""A network module over HTTP, in the shape every real one has: it sorts what goes wrong through `networks.http`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx

from social_publisher.messages.render import Attachment
from social_publisher.messages.rules import Counting, TextRules
from social_publisher.networks.base import (
    Absent,
    Account,
    CannotTell,
    Engagement,
    Found,
    Network,
    Outgoing,
    Receipt,
    Uploaded,
    Witness,
)
from social_publisher.networks.errors import RefusedError, TemporaryError, UnknownOutcomeError
from social_publisher.networks.http import failed_answer, failed_call
from tests.fakes.profiles import Profile

TIMEOUT = float(os.environ.get("FAKE_TIMEOUT", "5"))


class FakeNetwork(Network):
    """Speaks to the fake server as one of the six networks."""

    def __init__(self, profile: Profile, base: str) -> None:
        self.profile = profile
        self.slug = f"fake-{profile.slug}"
        self.name = f"Fake {profile.slug}"
        self.capabilities = profile.capabilities
        self._http = httpx.Client(base_url=f"{base}/{profile.slug}", timeout=TIMEOUT, trust_env=False)

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def rules(self, account: Account) -> TextRules:
        return TextRules(self.name, 500, Counting.CODE_POINTS, max_parts=self.profile.max_parts)

    def record_key(self, created_at: datetime) -> str:
        return os.urandom(8).hex() if self.profile.lever == "record" else ""

    def upload(self, account: Account, attachment: Attachment, content: bytes) -> Uploaded:
        answer = self._call("/upload", {"sha256": attachment.sha256, "size": len(content)})
        return Uploaded(answer["id"])

    def send(self, account: Account, post: Outgoing) -> Receipt:
        if len(post.text) > self.rules(account).limit:
            raise RefusedError("The text is too long.")
        body = {
            "handle": account.handle,
            "text": post.text,
            "idempotency_key": post.idempotency_key,
            "record_key": post.record_key,
            "reply_to": post.reply_to,
            "media": [item if isinstance(item, str) else len(item) for item in post.media],
        }
        return self._receipt(self._call("/posts", body))

    def find(self, account: Account, post: Outgoing) -> Witness:
        if not self.profile.witness:
            return CannotTell("A bot cannot list its own posts.")
        asked = {"handle": account.handle, "key": post.record_key, "text": post.text, "reply_to": post.reply_to}
        try:
            response = self._http.get("/posts", params=asked)
            posts = response.json()["posts"]
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise TemporaryError("The network could not be asked.") from error
        return Found(self._receipt(posts[0])) if posts else Absent()

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        return {remote_id: Engagement(likes=0) for remote_id in remote_ids}

    def recall(self, account: Account, remote_id: str) -> None:
        return None

    def _call(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        try:
            response = self._http.post(path, json=body, headers={"x-caller": str(os.getpid())})
        except httpx.HTTPError as error:
            raise failed_call(error) from error
        if response.status_code != httpx.codes.OK:
            words = response.json().get("error", "")
            raise failed_answer(response, words)
        try:
            answer: dict[str, Any] = response.json()
        except json.JSONDecodeError as error:
            raise UnknownOutcomeError("The network's answer could not be read.") from error
        return answer

    def _receipt(self, post: Mapping[str, Any]) -> Receipt:
        url = f"https://{self.profile.slug}.example/{post['id']}"
        return Receipt(post["id"], url, datetime.fromisoformat(post["at"]), {"id": post["id"]})
