from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.fakes.http import FakeNetwork, serving
from tests.fakes.install import install, remove
from tests.fakes.server import fake_type


@pytest.fixture
def serve() -> Iterator[Callable[[str], FakeNetwork]]:
    """Start a network's fake and let its real module speak to it."""
    with ExitStack() as stack:

        def start(slug: str) -> FakeNetwork:
            fake = stack.enter_context(serving(fake_type(slug)()))
            before = install({slug: fake.base})
            stack.callback(remove, before)
            return fake

        yield start
