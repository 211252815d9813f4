"""What each network takes, as data. The composer, the checks and the send read the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MB = 1_000_000


class Counting(StrEnum):
    """How a network counts a text's length."""

    CODE_POINTS = "code points"
    UTF16 = "UTF-16 units"
    GRAPHEMES = "graphemes"
    WEIGHTED = "weighted"  # X: twitter-text, configuration v3


@dataclass(frozen=True, slots=True)
class PictureRules:
    """What a picture may be: bytes, and pixels of its longer side. Pictures leave as JPEG, which every network
    takes."""

    max_bytes: int = 5 * MB
    max_side: int = 2048


@dataclass(frozen=True, slots=True)
class VideoRules:
    """What a video may be: bytes and seconds. Videos leave as MP4 (H.264, AAC), which every network takes."""

    max_bytes: int
    max_seconds: float
    min_seconds: float = 0.5


@dataclass(frozen=True, slots=True)
class TextRules:
    """One network's limits. `url_length` is what any link counts; None counts it as written. Bytes are UTF-8.

    With `short_mentions` a mention of another server's account counts without that server's name.
    `limit_with_media` is the text's limit beside a picture or a video, where it differs. Characters of `escaped` are
    sent
    with a backslash before them, and counted so. `max_parts` above 1 means that it has threads: a post may be several
    messages, each an answer to the one before. `alt_limit` 0 means that it takes no descriptions. Without `warnings` a
    content warning is the text's first line; with `cards` it wants a link's card from us. No network mixes a video with
    pictures, and none takes two.
    """

    name: str
    limit: int
    counting: Counting
    url_length: int | None = None
    byte_limit: int | None = None
    short_mentions: bool = False
    limit_with_media: int | None = None
    escaped: str = ""
    max_attachments: int = 4
    alt_limit: int = 1000
    max_parts: int = 1
    pictures: PictureRules = PictureRules()
    video: VideoRules | None = None
    warnings: bool = False
    cards: bool = False

    def limit_of(self, *, media: bool) -> int:
        """The limit of a message with or without a picture or video."""
        return self.limit if self.limit_with_media is None or not media else self.limit_with_media


# docs.x.com: counting characters (v3: 280, a link 23); media best practices (image 5 MB; video 512 MB, 0.5 to 140 s);
# media metadata: alt text at most 1000 characters.
X = TextRules("X", 280, Counting.WEIGHTED, url_length=23, max_parts=25, video=VideoRules(512 * MB, 140))
# docs.joinmastodon.org, Instance entity: these are the defaults of a new instance; each instance tells its own.
MASTODON = TextRules(
    "Mastodon",
    500,
    Counting.GRAPHEMES,
    url_length=23,
    short_mentions=True,
    alt_limit=1500,
    max_parts=25,
    pictures=PictureRules(16 * MB, 2880),
    video=VideoRules(99 * MB, 3600),
    warnings=True,
)
# Lexicons app.bsky.feed.post (maxGraphemes 300, maxLength 3000), app.bsky.embed.images (4 pictures, maxSize
# 2,000,000; many
# servers still take 1,000,000), app.bsky.embed.video (maxSize 100,000,000; three minutes in Bluesky's own app).
BLUESKY = TextRules(
    "Bluesky",
    300,
    Counting.GRAPHEMES,
    byte_limit=3000,
    alt_limit=2000,
    max_parts=25,
    pictures=PictureRules(1 * MB, 2000),
    video=VideoRules(100 * MB, 180),
    cards=True,
)
# core.telegram.org/bots/api: sendMessage text 1-4096, caption 0-1024 characters after entities parsing; photo 10 MB,
# width and height together 10,000; other files 50 MB; no alt text is taken.
TELEGRAM = TextRules(
    "Telegram",
    4096,
    Counting.UTF16,
    limit_with_media=1024,
    max_attachments=10,
    alt_limit=0,
    pictures=PictureRules(10 * MB, 2560),
    video=VideoRules(50 * MB, 3600),
)
FACEBOOK = TextRules(
    "Facebook",
    63_206,
    Counting.CODE_POINTS,
    max_attachments=10,
    pictures=PictureRules(4 * MB, 2048),
    video=VideoRules(1000 * MB, 1200),
)
# learn.microsoft.com, little text format: these characters are reserved; Posts API: commentary 3000 characters;
# MultiImage 2 to 20 pictures; alt text 4086; video 75 kB to 500 MB, 3 s to 30 min.
LINKEDIN = TextRules(
    "LinkedIn",
    3000,
    Counting.CODE_POINTS,
    escaped="\\|{}@[]()<>#*_~",
    max_attachments=20,
    alt_limit=4086,
    video=VideoRules(500 * MB, 1800, 3),
    cards=True,
)

RULES: dict[str, TextRules] = {
    "x": X,
    "mastodon": MASTODON,
    "bluesky": BLUESKY,
    "telegram": TELEGRAM,
    "facebook": FACEBOOK,
    "linkedin": LINKEDIN,
}
