"""What the checks say of a post.

TO MERGE: once `approval.checks` is there, import its `findings` in the places that import this one, and delete this.
"""

from __future__ import annotations

from datetime import datetime

from social_publisher.approval.package import Package
from social_publisher.messages.checks import Check, Finding
from social_publisher.models import Post


def findings(post: Post, package: Package, now: datetime) -> list[Finding]:
    """Everything that stands against the post as it is, as findings that block."""
    return [
        Finding(Check.ALT_TEXT if "alt" in problem.code else Check.CANNOT_LEAVE, problem.message, blocking=True)
        for problem in package.problems(now)
    ]
