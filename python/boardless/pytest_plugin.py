"""A fixture for pytest: budgets as assertions.

    def test_the_model_is_fast_enough(boardless):
        boardless.check("budget.yaml")
        assert boardless.predict("model.tflite", "nrf52840")[0].latency_ms <= 100

``pytest --boardless-update`` writes the baselines of the budgets that tests check anew.
"""

from __future__ import annotations

from typing import Any

import pytest


class Gate:
    """What the fixture ``boardless`` is: all of the package, and a check() that fails the test."""

    def __init__(self, update: bool) -> None:
        self._update = update

    def __getattr__(self, name: str) -> Any:
        import boardless

        return getattr(boardless, name)

    def check(self, budget: Any, **options: Any) -> Any:
        """As boardless.check(); a limit that does not hold fails the test and says why."""
        import boardless

        __tracebackhide__ = True
        options.setdefault("update", self._update)
        result = boardless.check(budget, **options)
        if not result:
            pytest.fail("\n".join([result.summary, *map(str, result.broken)]), pytrace=False)
        return result


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("boardless").addoption(
        "--boardless-update", action="store_true", help="write the baselines of budgets anew"
    )


@pytest.fixture(name="boardless")
def boardless_fixture(request: pytest.FixtureRequest) -> Gate:
    """Predictions, and budgets that fail the test."""
    return Gate(request.config.getoption("--boardless-update"))
