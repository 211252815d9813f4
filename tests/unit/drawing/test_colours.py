from __future__ import annotations

import pytest

from tests.unit.design.test_tokens import luminance, tokens


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("front", ["chart-1", "chart-2", "chart-3", "chart-edge"])
def test_shapes_stand_out_three_to_one(front: str, scheme: str) -> None:
    colors = tokens(scheme)
    for back in ("paper", "surface"):
        high, low = sorted((luminance(colors[front]), luminance(colors[back])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3, (front, back)
