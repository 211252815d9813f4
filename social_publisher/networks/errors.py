"""What can go wrong at a network, sorted by what has to happen next. No error ever carries a token."""

from __future__ import annotations

from datetime import timedelta


class NetworkError(Exception):
    """Base. `words` are the network's own, with secrets already removed."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class TemporaryError(NetworkError):
    """The network did not take the post, surely, and may take it later; `retry_after` is its own wish."""

    def __init__(self, words: str, retry_after: timedelta | None = None) -> None:
        super().__init__(words)
        self.retry_after = retry_after


class RateLimitedError(TemporaryError):
    """Too many posts: the account, or with `app_wide` every account of this installation there, has to wait."""

    def __init__(self, words: str, retry_after: timedelta | None = None, *, app_wide: bool = False) -> None:
        super().__init__(words, retry_after)
        self.app_wide = app_wide


class ProcessingError(TemporaryError):
    """A picture or video was taken and is not ready yet: the post is tried again when it should be."""


class UploadGoneError(TemporaryError):
    """A picture or video that was uploaded before is there no more: what is remembered is forgotten, and made again."""


class RefusedError(NetworkError):
    """The network will not take this content. A person has to change it."""


class AuthError(NetworkError):
    """The account's permission is gone. A person has to reconnect it."""


class UnsupportedError(NetworkError):
    """This network has no such function."""


class UnknownOutcomeError(NetworkError):
    """The request left and no answer came: the post may be out. Never repeated blindly."""
