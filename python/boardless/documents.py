"""Typed records of JSON documents."""

from __future__ import annotations

import dataclasses
from typing import Any, Iterable, Mapping, Sequence, Type, TypeVar, TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

Record = TypeVar("Record")


class Records(Sequence[Record]):
    """Records in order, as lists are read."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = list(records)

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, index):  # type: ignore[no-untyped-def, override]
        return self._records[index]


def record(kind: Type[Record], values: Mapping[str, Any], **more: Any) -> Record:
    """A dataclass with what ``values`` has for its fields; those it lacks keep their defaults."""
    names = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    known = {name: value for name, value in values.items() if name in names}
    return kind(**{**known, **more})


def frame(rows: Iterable[Mapping[str, Any]]) -> "pandas.DataFrame":
    """A pandas DataFrame, a row for each mapping."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError("to_frame() needs pandas: pip install pandas") from error
    return pandas.DataFrame(list(rows))
