"""A process that sends a post and is killed before it can tell anybody."""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import datetime

from social_publisher.networks.base import Account, Outgoing
from social_publisher.networks.bluesky import BlueskyNetwork

if __name__ == "__main__":
    told = json.load(sys.stdin)
    post = Outgoing(
        text=told["text"],
        language="en",
        attachments=(),
        link="",
        idempotency_key="",
        record_key=told["record_key"],
        created_at=datetime.fromisoformat(told["created_at"]),
    )
    account = Account(told["handle"], told["settings"], told["credentials"])
    BlueskyNetwork(allow_loopback=True).send(account, post)
    os.kill(os.getpid(), signal.SIGKILL)
