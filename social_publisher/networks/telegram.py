"""Telegram channels, through a bot that is one of their administrators. Source: core.telegram.org/bots/api.

There is no key against doubling and a bot cannot read a channel back: a person settles what is unknown. The bot's token
is part of every address: no address is ever put into an error, and what httpx logs of them is cut.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from django.utils.translation import gettext as _

from social_publisher.messages.rules import TELEGRAM, TextRules
from social_publisher.networks.base import (
    ACCOUNT_ID,
    Account,
    CannotTell,
    Capabilities,
    Engagement,
    Network,
    Outgoing,
    RateLimit,
    Receipt,
    Scope,
    Witness,
)
from social_publisher.networks.connect import Connection, Connector, Grant, Identity, Question
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from social_publisher.networks.http import Clients, clean, failed_answer, failed_call

API = "https://api.telegram.org"
TOKEN_IN_ADDRESS = re.compile(r"/bot\d+:[\w-]+/")
PAGES = "https://t.me"
SECONDS = 20.0
# What a 400 says when the bot may no longer post; the account's permission is gone, not the content wrong.
NO_RIGHTS = (
    "chat not found",
    "not enough rights",
    "need administrator rights",
    "have no rights",
    "chat_write_forbidden",
)


class _NoTokens(logging.Filter):
    """Cuts bot tokens out of the addresses that httpx logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without a token."""
        record.msg, record.args = TOKEN_IN_ADDRESS.sub("/bot…/", record.getMessage()), ()
        return True


logging.getLogger("httpx").addFilter(_NoTokens())


class BotApi:
    """The Bot API: one call, its result or a NetworkError."""

    def __init__(self, base: str, seconds: float) -> None:
        self._base, self._clients = base, Clients(seconds)
        self.close = self._clients.close

    def call(self, token: str, method: str, values: Mapping[str, Any], files: Mapping[str, Any] | None = None) -> Any:
        """Call a method. With files its values are form fields, else JSON."""
        given: dict[str, Any] = {"json": dict(values)}
        if files:
            given = {"data": {name: _as_field(value) for name, value in values.items()}, "files": files}
        try:
            response = self._clients.at(self._base).post(f"/bot{token}/{method}", **given)
        except httpx.InvalidURL as error:
            raise AuthError(_("This is no bot token. Copy it from BotFather.")) from error
        except httpx.HTTPError as error:
            raise failed_call(error) from None
        try:
            answer = response.json()
        except ValueError:
            if response.is_success:
                raise UnknownOutcomeError("The network's answer could not be read.") from None
            raise failed_answer(response, "") from None
        if response.is_success and answer.get("ok"):
            return answer["result"]
        raise _sorted(response, answer, token)

    def ask(self, token: str, method: str, **values: Any) -> Any:
        """Call a method that changes nothing: what fails may simply be asked again."""
        try:
            return self.call(token, method, values)
        except UnknownOutcomeError as error:
            raise TemporaryError(error.words) from error

    def file_url(self, token: str, path: str) -> str:
        """Where a file of Telegram's can be read. It holds the token: for our own reading alone."""
        return f"{self._base}/file/bot{token}/{path}"


class TelegramConnector(Connector):
    """A bot's token and the channel it is an administrator of."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    def questions(self) -> Sequence[Question]:
        return (
            Question("token", _("Bot token"), _("From BotFather, after /newbot."), secret=True),
            Question(
                "chat", _("Channel"), _("Its public name with @, or its number. The bot is an administrator there.")
            ),
        )

    def sign_in(self, answers: Mapping[str, str]) -> Sequence[Connection]:
        token, chat = answers["token"].strip(), answers["chat"].strip()
        name = chat if chat.startswith("@") or chat.lstrip("-").isdecimal() else f"@{chat.rsplit('/', 1)[-1]}"
        return [Connection(self._identify(token, name), Grant({"token": token}))]

    def check(self, account: Account) -> Identity:
        return self._identify(account.credentials["token"], account.settings[ACCOUNT_ID])

    def _identify(self, token: str, chat: str) -> Identity:
        """Who the channel is, if the bot may post there."""
        bot = self._api.ask(token, "getMe")
        found = self._api.ask(token, "getChat", chat_id=chat)
        if found["type"] != "channel":
            raise RefusedError(_("This is no channel. Give the name of a channel, not of a group or a person."))
        member = self._api.ask(token, "getChatMember", chat_id=found["id"], user_id=bot["id"])
        if member["status"] != "creator" and not (
            member["status"] == "administrator" and member.get("can_post_messages")
        ):
            raise AuthError(_("The bot may not post there. Make it an administrator with the right to post messages."))
        username = found.get("username", "")
        return Identity(
            account_id=str(found["id"]),
            handle=username or str(found["id"]),
            name=found.get("title", username),
            page_url=f"{PAGES}/{username}" if username else "",
            picture_url=self._picture(token, found),
            settings={"username": username} if username else {},
        )

    def _picture(self, token: str, chat: Mapping[str, Any]) -> str:
        if "photo" not in chat:
            return ""
        try:
            return self._api.file_url(
                token, self._api.ask(token, "getFile", file_id=chat["photo"]["small_file_id"])["file_path"]
            )
        except NetworkError:
            return ""


class TelegramNetwork(Network):
    """A channel's posts: text, a picture or an album."""

    slug = "telegram"
    name = "Telegram"
    capabilities = Capabilities(
        lever=False,
        witness=False,
        recall=True,
        engagement=frozenset(),
        alt_text=False,
        # core.telegram.org/bots/faq: no more than one message a second in a chat, 30 a second in all; 20 a minute in
        # a group.
        limits=(
            RateLimit(Scope.CHANNEL, 20, timedelta(minutes=1)),
            RateLimit(Scope.APP, 1800, timedelta(minutes=1)),
        ),
    )

    def __init__(self, base: str = API, seconds: float = SECONDS) -> None:
        self._api = BotApi(base, seconds)
        self.connector = TelegramConnector(self._api)

    def close(self) -> None:
        self._api.close()

    def rules(self, account: Account) -> TextRules:
        return TELEGRAM

    def send(self, account: Account, post: Outgoing) -> Receipt:
        """Send a message, a picture with its caption, or an album. The text is plain: Telegram marks its links
        itself."""
        chat = {"chat_id": account.settings[ACCOUNT_ID]}
        token = account.credentials["token"]
        if not post.attachments:
            preview = {"url": post.link} if post.link else {"is_disabled": True}
            message = self._api.call(token, "sendMessage", {**chat, "text": post.text, "link_preview_options": preview})
            return self._receipt([message])
        if post.attachments[0].is_video:
            return self._receipt([self._send_video(token, chat, post)])
        files = {
            f"picture{place}": (f"{place}.jpg", content, attachment.content_type)
            for place, (attachment, content) in enumerate(zip(post.attachments, post.media, strict=True))
        }
        if len(files) == 1:
            sent = self._api.call(token, "sendPhoto", {**chat, "caption": post.text}, {"photo": files["picture0"]})
            return self._receipt([sent])
        album = [{"type": "photo", "media": f"attach://{name}"} for name in files]
        album[0]["caption"] = post.text
        return self._receipt(self._api.call(token, "sendMediaGroup", {**chat, "media": album}, files))

    def _send_video(self, token: str, chat: Mapping[str, Any], post: Outgoing) -> Any:
        video = post.attachments[0]
        shape = {"duration": round(video.seconds), "width": video.width, "height": video.height}
        values = {**chat, **shape, "caption": post.text, "supports_streaming": True}
        return self._api.call(token, "sendVideo", values, {"video": ("video.mp4", post.media[0], video.content_type)})

    def find(self, account: Account, post: Outgoing) -> Witness:
        return CannotTell(_("Telegram does not let a bot read a channel back."))

    def identify(self, account: Account, url: str) -> str:
        """The message's number, from https://t.me/channel/12 or https://t.me/c/1234567890/12. Raises ValueError."""
        number = super().identify(account, url.partition("?")[0])
        if not number.isdecimal():
            raise ValueError(url)
        return number

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        """The Bot API tells no counts of a channel's posts."""
        return {remote_id: Engagement() for remote_id in remote_ids}

    def recall(self, account: Account, remote_id: str) -> None:
        """Delete the message, or all messages of an album."""
        chat = {"chat_id": account.settings[ACCOUNT_ID]}
        for number in remote_id.split(","):
            try:
                self._api.call(account.credentials["token"], "deleteMessage", {**chat, "message_id": int(number)})
            except RefusedError as error:
                if "message to delete not found" not in error.words:
                    raise

    def _receipt(self, messages: Sequence[Mapping[str, Any]]) -> Receipt:
        numbers = [str(message["message_id"]) for message in messages]
        at = datetime.fromtimestamp(messages[0]["date"], UTC)
        chat = messages[0]["chat"]
        page = chat.get("username") or f"c/{str(chat['id']).removeprefix('-100')}"
        raw = {"message_ids": numbers, "date": messages[0]["date"], "chat_id": chat["id"]}
        return Receipt(",".join(numbers), f"{PAGES}/{page}/{numbers[0]}", at, raw)


def _as_field(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _sorted(response: httpx.Response, answer: Mapping[str, Any], token: str) -> NetworkError:
    words = clean(str(answer.get("description", "")), [token])
    told = answer.get("parameters") or {}
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        wait = told.get("retry_after")
        return RateLimitedError(words, timedelta(seconds=wait) if isinstance(wait, int) else None)
    if "migrate_to_chat_id" in told:
        return AuthError(_("The channel has moved. Connect it again."))
    gone = response.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND}
    if gone or any(sign in words.lower() for sign in NO_RIGHTS):
        return AuthError(words)
    return failed_answer(response, words, [token])
