"""Spaces of design points, and what became of each."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence, Union, TYPE_CHECKING

from . import _native
from .documents import Records, frame, record
from .watching import Progress, watched

if TYPE_CHECKING:
    import pandas

Space = Union[str, "os.PathLike[str]", Mapping[str, Any]]
"""A YAML file, or its contents as a dict: docs/sweep.md says which keys there are."""


@dataclass(frozen=True)
class SweepPoint:
    """One point of a space.

    Attributes:
        point: its number, from 0.
        state: ``answered``, ``refused``, ``pruned`` or ``pending``.
        meets: answered, fits, and meets every constraint.
        front: it meets everything, and nothing that does is better.
        fields: what it has of the names of ``boardless sweep --fields``, parameters and scores.
        bound: of what is pruned: ``fit``, ``constraint`` or ``front``.
        kind: of what is refused: ``not_modelled`` and so on.
        reason: why it is pruned or refused, or what it misses.
        estimates: fields that rest on an estimate.
    """

    point: int
    state: str
    meets: bool
    front: bool
    fields: Mapping[str, Any]
    bound: str = ""
    kind: str = ""
    reason: str = ""
    estimates: Sequence[str] = ()

    def __getitem__(self, field: str) -> Any:
        return self.fields[field]


class SweepResult(Records[SweepPoint]):
    """All points, in the order of the space.

    Attributes:
        recommendation: sentences.
        document: all of it, as docs/sweep.schema.json describes it.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.recommendation: Sequence[str] = document["recommendation"]
        super().__init__(record(SweepPoint, point) for point in document["points"])

    def __repr__(self) -> str:
        counts = self.document["counts"]
        return f"<{counts['points']} points, {counts['meets']} meet everything, {counts['front']} on the front>"

    @property
    def front(self) -> list[SweepPoint]:
        """The points that meet everything and that nothing is better than, by the first objective."""
        chosen = [point for point in self if point.front]
        objectives = self.document["objectives"]
        if objectives:
            sign = -1 if objectives[0]["maximize"] else 1
            chosen.sort(key=lambda point: sign * point[objectives[0]["field"]])
        return chosen

    def to_frame(self) -> "pandas.DataFrame":
        """A pandas DataFrame with a row for each point and a column for each field.

        ``to_frame().to_parquet(file)`` writes Parquet where pyarrow is installed.
        """
        return frame(
            {
                "point": point.point,
                "state": point.state,
                "meets": point.meets,
                "front": point.front,
                "reason": point.reason,
                **point.fields,
            }
            for point in self
        )


def sweep(
    space: Space,
    *,
    store: Union[None, bool, str, "os.PathLike[str]"] = True,
    jobs: int = 0,
    progress: Progress = None,
) -> SweepResult:
    """Predicts all points of a space and finds the best.

    >>> boardless.sweep({
    ...     "models": ["kws"],
    ...     "targets": ["stm32*"],
    ...     "constraints": ["latency_ms <= 50"],
    ...     "objectives": [{"minimize": "energy_uj"}],
    ... }).front[0]["target"]

    Args:
        space: a YAML file, or a dict, whose files lie in the current folder.
        store: where answers are kept and looked up: True: ``~/.cache/boardless/results.db``; a file; False
            or None: nowhere.
        jobs: threads; 0: one for each core.
        progress: True for a bar, or a function of (done, total, "").

    Raises:
        InputError: the space is wrong, before anything is run.
    """
    request = _native.SweepRequest()
    request.jobs = jobs
    if store is True:
        request.store = ""
    elif store:
        request.store = os.fspath(store)  # type: ignore[arg-type]
    if not isinstance(space, Mapping):
        request.space = os.fspath(space)
        return SweepResult(json.loads(watched(_native.sweep, request, progress)))
    with tempfile.TemporaryDirectory(prefix="boardless-") as folder:
        file = Path(folder) / "space.yaml"
        file.write_text(json.dumps(dict(space), indent=1))  # JSON is YAML
        request.space = str(file)
        request.folder = os.getcwd()
        document = json.loads(watched(_native.sweep, request, progress))
    document["space"] = "space"
    return SweepResult(document)
