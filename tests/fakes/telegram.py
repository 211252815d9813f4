"""Telegram's Bot API as core.telegram.org/bots/api describes it (Bot API 10.1), as far as a channel's posts go."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Mapping
from typing import Any

from PIL import Image

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.telegram import TelegramNetwork
from tests.fakes.http import Answer, Call, FakeNetwork, Part, route

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
BOT = {"id": 110201543, "is_bot": True, "first_name": "Campaign bot", "username": "campaign_bot"}
METHOD = r"/bot(?P<token>[^/]+)/"
SEND = {"chat_id", "message_thread_id", "disable_notification", "protect_content", "reply_parameters"}
PREVIEW = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
DAYS_2 = 48 * 3600


class Telegram(FakeNetwork):
    """One bot, an administrator of every channel that is asked for by name, but of those named here.

    `@missing` does not exist, `@group` is none, in `@reader` the bot may not post; `control` can take its token away.
    A channel's number is its name in another form, so that every process knows it.
    """

    slug = "telegram"

    def reset(self) -> None:
        super().reset()
        self.token = TOKEN
        self.messages = 0

    def control(self, wish: dict[str, Any]) -> None:
        super().control(wish)
        if wish.get("revoke"):
            self.token = ""

    def failure(self, kind: str, value: str) -> Answer:
        if kind == "429":
            return error(429, f"Too Many Requests: retry after {value}", retry_after=int(value))
        words = {
            "401": "Unauthorized",
            "refuse": "Bad Request: message text is not allowed",
            "500": "Internal Server Error",
        }[kind]
        return error({"401": 401, "refuse": 400, "500": 500}[kind], words)

    def unknown_path(self, call: Call) -> Answer:
        return error(404, "Not Found")

    @route("POST", METHOD + "getMe")
    def get_me(self, call: Call) -> Answer:
        self._values(call, set())
        return result({**BOT, "can_join_groups": True, "can_read_all_group_messages": False})

    @route("POST", METHOD + "getChat")
    def get_chat(self, call: Call) -> Answer:
        chat = self._chat(self._values(call, {"chat_id"})["chat_id"])
        return result({**chat, "photo": {"small_file_id": "small", "big_file_id": "big"}, "accent_color_id": 1})

    @route("POST", METHOD + "getChatMember")
    def get_chat_member(self, call: Call) -> Answer:
        values = self._values(call, {"chat_id", "user_id"})
        chat = self._chat(values["chat_id"])
        may = chat["username"] != "reader"
        if values["user_id"] != BOT["id"]:
            return error(400, "Bad Request: user not found")
        return result({"status": "administrator", "user": BOT, "can_post_messages": may, "can_delete_messages": may})

    @route("POST", METHOD + "getFile")
    def get_file(self, call: Call) -> Answer:
        self._values(call, {"file_id"})
        return result({"file_id": "small", "file_unique_id": "s", "file_size": 70, "file_path": "photos/small.png"})

    @route("GET", r"/file/bot(?P<token>[^/]+)/photos/small.png")
    def file(self, call: Call) -> Answer:
        self._check(call)
        picture = io.BytesIO()
        Image.new("RGB", (160, 160), "navy").save(picture, format="PNG")
        return Answer(200, picture.getvalue(), {"content-type": "image/png"})

    @route("POST", METHOD + "sendMessage", acts="post")
    def send_message(self, call: Call) -> Answer:
        values = self._values(call, SEND | {"text", "entities", "link_preview_options"})
        text = str(values.get("text", "")).strip()
        if not text:
            return error(400, "Bad Request: message text is empty")
        if _units(text) > 4096:
            return error(400, "Bad Request: message is too long")
        if set(values.get("link_preview_options", {})) - PREVIEW:
            return error(400, "Bad Request: can't parse link preview options")
        return result(self._take(values, text)[0])

    @route("POST", METHOD + "sendPhoto", acts="post")
    def send_photo(self, call: Call) -> Answer:
        values = self._values(call, SEND | {"caption", "caption_entities", "show_caption_above_media", "has_spoiler"})
        caption = _caption(values.get("caption", ""))
        _photo(call.files().get("photo", [None])[0])
        return result(self._take(values, caption, kind="picture")[0])

    @route("POST", METHOD + "sendVideo", acts="post")
    def send_video(self, call: Call) -> Answer:
        size = {"duration", "width", "height", "supports_streaming"}
        values = self._values(
            call, SEND | size | {"caption", "caption_entities", "show_caption_above_media", "has_spoiler"}
        )
        part = call.files().get("video", [None])[0]
        if part is None or part.content[4:8] != b"ftyp":
            return error(400, "Bad Request: wrong file type")
        if len(part.content) > 50_000_000:
            return error(413, "Request Entity Too Large")
        return result(self._take(values, _caption(values.get("caption", "")), kind="video")[0])

    @route("POST", METHOD + "sendMediaGroup", acts="post")
    def send_media_group(self, call: Call) -> Answer:
        values = self._values(call, SEND | {"media"})
        album, files = json.loads(values["media"]), call.files()
        if not 2 <= len(album) <= 10:
            return error(400, "Bad Request: there must be from 2 to 10 messages in an album")
        for item in album:
            if item["type"] != "photo" or set(item) - {"type", "media", "caption", "caption_entities", "has_spoiler"}:
                return error(400, "Bad Request: can't parse InputMedia")
            _photo(files.get(item["media"].removeprefix("attach://"), [None])[0])
        return result(self._take(values, _caption(album[0].get("caption", "")), len(album), "picture"))

    @route("POST", METHOD + "deleteMessage", acts="post")
    def delete_message(self, call: Call) -> Answer:
        values = self._values(call, {"chat_id", "message_id"})
        chat = self._chat(values["chat_id"])
        for post in self.posts:
            if post["chat"] == chat["id"] and values["message_id"] in post["numbers"]:
                if time.time() - post["date"] > DAYS_2:
                    return error(400, "Bad Request: message can't be deleted for everyone")
                post["numbers"].remove(values["message_id"])
                post["gone"] = not post["numbers"]
                return result(True)
        return error(400, "Bad Request: message to delete not found")

    def _check(self, call: Call) -> None:
        if call["token"] != self.token:
            raise error(401, "Unauthorized")

    def _values(self, call: Call, known: set[str]) -> dict[str, Any]:
        """The call's parameters. A parameter that the method does not have is refused, so that none is sent in vain."""
        self._check(call)
        values: dict[str, Any]
        if call.content_type == "application/json":
            values = call.json()
        else:
            values = {name: found[0] for name, found in call.form().items()}
        if unknown := set(values) - known:
            raise error(400, f"Bad Request: unknown parameters {sorted(unknown)}")
        return values

    def _chat(self, wanted: int | str) -> dict[str, Any]:
        name = _name(int(wanted)) if str(wanted).lstrip("-").isdecimal() else str(wanted).removeprefix("@")
        if not name or name == "missing":
            raise error(400, "Bad Request: chat not found")
        chat = {"id": number(name), "title": name.title(), "username": name}
        return {**chat, "type": "group" if name == "group" else "channel"}

    def _take(self, values: Mapping[str, Any], text: str, count: int = 1, kind: str = "") -> list[dict[str, Any]]:
        chat = self._chat(values["chat_id"])
        if chat["username"] == "reader":
            raise error(400, "Bad Request: need administrator rights in the channel chat")
        numbers = [self.messages + place for place in range(1, count + 1)]
        self.messages += count
        date = int(time.time())
        post = {"id": str(numbers[0]), "handle": chat["username"], "text": text, "reply_to": "", "date": date}
        told = {
            "language": "",
            "warning": "",
            "card": None,
            "media": [{"kind": kind, "alt": ""}] * (count if kind else 0),
        }
        self.posts.append({**post, **told, "chat": chat["id"], "numbers": list(numbers), "gone": False})
        about = {"chat": chat, "sender_chat": chat, "date": date}
        return [{"message_id": number, **about} for number in numbers]


def adapter(base: str, seconds: float = 5) -> TelegramNetwork:
    """The module under test, speaking to the fake."""
    return TelegramNetwork(base, seconds)


def account(base: str, handle: str) -> Account:
    """An account the fake knows."""
    return Account(handle, {ACCOUNT_ID: str(number(handle))}, {"token": TOKEN})


def number(name: str) -> int:
    """A channel's number."""
    return -1_000_000_000_000 - int.from_bytes(name.encode())


def _name(number: int) -> str:
    value = -1_000_000_000_000 - number
    return value.to_bytes((value.bit_length() + 7) // 8).decode() if value > 0 else ""


def result(value: Any) -> Answer:
    return Answer(200, {"ok": True, "result": value})


def error(code: int, description: str, **parameters: Any) -> Answer:
    body = {"ok": False, "error_code": code, "description": description}
    return Answer(code, {**body, "parameters": parameters} if parameters else body)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _caption(text: str) -> str:
    if _units(text.strip()) > 1024:
        raise error(400, "Bad Request: message caption is too long")
    return text.strip()


def _photo(part: Part | None) -> None:
    """At most 10 MB, width and height together at most 10,000, ratio at most 20."""
    if part is None:
        raise error(400, "Bad Request: there is no photo in the request")
    if len(part.content) > 10_000_000:
        raise error(400, "Bad Request: file is too big")
    try:
        with Image.open(io.BytesIO(part.content)) as image:
            width, height = image.size
    except OSError:
        raise error(400, "Bad Request: IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise error(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
