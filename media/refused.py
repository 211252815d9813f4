"""A file that was refused stands in the log: what is tried again and again is a sign."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import ValidationError

logger = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


def noting_refusals(look: Callable[P, R]) -> Callable[P, R]:
    """Around what looks at a file. Neither its name nor what is in it is written down, only why it was refused."""

    @wraps(look)
    def noting(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return look(*args, **kwargs)
        except ValidationError as error:
            logger.warning("a file was refused: %s", " ".join(error.messages))
            raise

    return noting
