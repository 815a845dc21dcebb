"""Budgets: limits on models and firmware, for tests of a change."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence, Union

from . import _native
from .documents import Records, record
from .watching import Progress, watched

Budget = Union[str, "os.PathLike[str]", Mapping[str, Any]]
"""A YAML file, or its contents as a dict: docs/gate.md says which keys there are."""


@dataclass(frozen=True)
class Verdict:
    """One limit on one thing, judged.

    Attributes:
        model, target, options: what it is on.
        scope: the layer, operator or function; empty: the whole.
        figure: ``cycles``, ``latency`` and so on, ``fits``, ``output``, ``end`` or ``answer``.
        limit: as it was written.
        holds: whether it does.
        checked: False where there was nothing to check; it does not hold then.
        value, bound, change: with their units, as text.
        cause: why it does not hold.
        place: file, line and key of the limit.
        measured, baseline: of a figure, in the unit of documents.
    """

    model: str
    target: str
    options: str
    scope: str
    figure: str
    limit: str
    place: str
    holds: bool
    value: str
    bound: str
    change: str
    checked: bool
    cause: str
    field: str = ""
    measured: Optional[float] = None
    baseline: Optional[float] = None

    def __str__(self) -> str:
        subject = ", ".join(part for part in (f"{self.model} on {self.target}", self.options, self.scope) if part)
        text = f"{subject}: {self.figure} is {self.value}, limit {self.limit}"
        if self.bound:
            text += f" = {self.bound}"
        return f"{text}: {self.cause}" if self.cause else text


class CheckResult(Records[Verdict]):
    """All verdicts, in the order of the budget.

    Attributes:
        holds: every limit was checked and holds.
        summary: one line.
        document: all of it, as docs/documents.md describes it.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.holds: bool = document["holds"]
        self.summary: str = document["summary"]
        super().__init__(record(Verdict, verdict) for pair in document["pairs"] for verdict in pair["verdicts"])

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        return f"<{self.summary}>"

    @property
    def broken(self) -> Sequence[Verdict]:
        """The verdicts that do not hold."""
        return [verdict for verdict in self if not verdict.holds]


def check(budget: Budget, *, update: bool = False, progress: Progress = None) -> CheckResult:
    """Checks models and firmware against a budget.

    >>> boardless.check({"entries": [{"model": "kws", "targets": "stm32*", "limits": {"latency": "<= 100 ms"}}]}).broken

    Args:
        budget: a YAML file, or a dict, whose files lie in the current folder.
        update: write the budget's baseline anew; nothing is written where a pair has no answer.
        progress: True for a bar, or a function of (done, total, what).

    Raises:
        InputError: the budget or its baseline is wrong, or names what is not there.
    """
    request = _native.CheckRequest()
    request.update = update
    if not isinstance(budget, Mapping):
        request.budget = os.fspath(budget)
        return CheckResult(json.loads(watched(_native.check, request, progress)))
    with tempfile.TemporaryDirectory(prefix="boardless-") as folder:
        file = Path(folder) / "budget.yaml"
        file.write_text(json.dumps(dict(budget), indent=1))  # JSON is YAML
        request.budget = str(file)
        request.folder = os.getcwd()
        return CheckResult(json.loads(watched(_native.check, request, progress)))
