from __future__ import annotations


class ApprovalError(Exception):
    """A post cannot be submitted or approved now. The message is for staff: why, and what to do."""


class OwnWorkError(ApprovalError):
    """The person wrote the post, edited it last or submitted it."""


class ChangedError(ApprovalError):
    """The post is no longer what the person saw."""


class NotSendableError(ApprovalError):
    """Something stands against sending the post as it is."""
