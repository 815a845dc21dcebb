"""The chips to predict for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Sequence, Union, TYPE_CHECKING

from . import _native
from .documents import Records, frame, record

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Target:
    """A microcontroller or an accelerator.

    Attributes:
        core: of a microcontroller, such as ``cortex-m4``; empty for an accelerator.
        family: of an accelerator, such as ``edge-tpu``; empty for a microcontroller.
        clock_hz: its usual clock.
        sram_bytes, flash_bytes: of a microcontroller; 0 for an accelerator.
        price_usd: of one; None where nobody says.
        estimates: names of the figures that are estimates.
        document: all of it.
    """

    name: str
    description: str
    vendor: str
    clock_hz: int
    estimates: Sequence[str]
    core: str = ""
    family: str = ""
    fpu: bool = False
    sram_bytes: int = 0
    flash_bytes: int = 0
    price_usd: Optional[float] = None
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def is_accelerator(self) -> bool:
        return self.family != ""


class Targets(Records[Target]):
    """Microcontrollers, then accelerators."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        rows = [*document["targets"], *document["accelerators"]]
        super().__init__(record(Target, row, document=row) for row in rows)

    def __repr__(self) -> str:
        return f"<{len(self)} targets>"

    def to_frame(self) -> "pandas.DataFrame":
        """A pandas DataFrame with a row for each target."""
        return frame(target.document for target in self)


def targets(words: Union[str, Sequence[str]] = ("all", "accelerators")) -> Targets:
    """The targets that words of ``-t`` mean: names, patterns, ``"vendor=ST"``, ``"all"``, ``"accelerators"``.

    >>> [target.name for target in boardless.targets("core=cortex-m7")]

    Raises:
        InputError: a word means nothing; the message names the nearest.
    """
    asked = [words] if isinstance(words, str) else list(words)
    return Targets(json.loads(_native.targets(asked)))
