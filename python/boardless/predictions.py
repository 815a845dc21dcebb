"""Models on targets: latency, memory, energy, and why."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional, Sequence, Union, TYPE_CHECKING

from . import _native
from .documents import Records, frame, record
from .errors import Bug, Error, GuestFault, InputError, NotModelled
from .watching import Progress, watched

if TYPE_CHECKING:
    import numpy
    import pandas

Model = Union[str, "os.PathLike[str]", bytes]
"""A network of the zoo (``"kws"``, ``"mobilenet_v1:width=0.5"``), a .tflite file, or the bytes of one."""


@dataclass(frozen=True)
class Sram:
    """RAM that a model needs, and has."""

    arena_bytes: int
    stack_bytes: int
    static_bytes: int
    total_bytes: int
    capacity_bytes: int
    persistent_bytes: int = 0


@dataclass(frozen=True)
class Flash:
    """Flash that a model needs, and has."""

    weights_bytes: int
    code_bytes: int
    runtime_bytes: int
    total_bytes: int
    capacity_bytes: int


@dataclass(frozen=True)
class Layer:
    """One operator.

    Attributes:
        op: its name in TensorFlow Lite, such as ``CONV_2D``.
        macs: multiply-accumulates; 0 for operators without weights.
        stalls: cycles by cause; ``issue`` counts those in which instructions were issued.
    """

    index: int
    op: str
    name: str
    kernel: str
    output_shape: str
    macs: int
    cycles: int
    instructions: int
    latency_ms: float
    energy_uj: float
    stalls: Mapping[str, int]


@dataclass(frozen=True)
class Prediction:
    """A model on a target.

    Attributes:
        clock_hz: the core's clock.
        price_usd: of one target; None where nobody says.
        cycles: of one inference.
        latency_ms: of one inference.
        latency_error: how far latencies were from published ones on this core or accelerator, such as
            ``{"of": "cortex-m4", "points": 12, "median_percent": 1.5, "worst_percent": 11.1, ...}``; None
            where no published figure judges it.
        energy_uj: of one inference, in microjoules.
        fits: the model fits the target's memories; ``reasons`` says why it does not.
        bit_exact: the outputs equal the reference's; None where they are not computed.
        stalls: cycles by cause.
        estimates: what rests on an estimate, such as ``{"what": "energy_uj", "reason": ...}``.
        document: all of it, as docs/prediction.schema.json describes it.
    """

    model: str
    model_sha256: str
    macs: int
    parameters: int
    target: str
    core: str
    clock_hz: int
    price_usd: Optional[float]
    kernels: str
    cycles: int
    instructions: int
    latency_ms: float
    energy_uj: float
    sram: Sram
    flash: Flash
    fits: bool
    reasons: Sequence[str]
    bit_exact: Optional[bool]
    stalls: Mapping[str, int]
    layers: Sequence[Layer]
    estimates: Sequence[Mapping[str, str]]
    document: Mapping[str, Any] = field(repr=False)
    latency_error: Optional[Mapping[str, Any]] = None

    def to_frame(self) -> "pandas.DataFrame":
        """A pandas DataFrame with a row for each layer."""
        return frame(self.document["layers"])


@dataclass(frozen=True)
class Unanswered:
    """A model and a target without an answer.

    Attributes:
        kind: ``not_modelled``, ``not_possible``, ``does_not_fit``, ``bad_input``, ``guest_fault`` or
            ``interrupted``.
        reason: one line.
        report: of a fault, registers and the last blocks.
    """

    model: str
    target: str
    kind: str
    reason: str
    report: str = ""

    def error(self) -> Error:
        """The exception that says so."""
        if self.kind == "guest_fault":
            fault = GuestFault(self.reason)
            fault.report = self.report
            return fault
        return (NotModelled if self.kind == "not_modelled" else InputError)(self.reason)


class Predictions(Records[Prediction]):
    """What was answered, in the order of models and targets.

    Attributes:
        unanswered: the pairs without an answer, with their reasons.
        document: all of it, as docs/prediction.schema.json describes it.
        outputs: the output tensors of each model's first run on a microcontroller.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        outputs: Mapping[str, Sequence["numpy.ndarray"]],
    ) -> None:
        self.document = document
        self.outputs = outputs
        self.unanswered = [record(Unanswered, row) for row in document["unanswered"]]
        super().__init__(_prediction(row) for row in document["predictions"])

    def __repr__(self) -> str:
        left = f", {len(self.unanswered)} unanswered" if self.unanswered else ""
        return f"<{len(self)} predictions{left}>"

    def to_frame(self) -> "pandas.DataFrame":
        """A pandas DataFrame with a row for each prediction, memories as ``sram_total_bytes`` and so on."""
        return frame(_flat(row) for row in self.document["predictions"])


_NESTED = ("layers", "stalls", "estimates", "sources", "arena", "reasons", "accelerator")


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in row.items() if not isinstance(value, dict) and name not in _NESTED}
    for memory in ("sram", "flash"):
        flat.update({f"{memory}_{name}": value for name, value in row[memory].items()})
    return flat


def _prediction(row: Mapping[str, Any]) -> Prediction:
    return record(
        Prediction,
        row,
        sram=record(Sram, row["sram"]),
        flash=record(Flash, row["flash"]),
        layers=[record(Layer, layer) for layer in row["layers"]],
        document=row,
    )


@contextlib.contextmanager
def _as_words(models: Sequence[Model]) -> Iterator[list[str]]:
    """The models as boardless takes them: bytes become files for as long as that takes."""
    with tempfile.TemporaryDirectory(prefix="boardless-") as folder:
        words = []
        for i, model in enumerate(models):
            if isinstance(model, bytes):
                file = Path(folder) / f"model_{i}.tflite"
                file.write_bytes(model)
                words.append(str(file))
            else:
                words.append(os.fspath(model))
        yield words


def _listed(value: Any, alone: tuple[type, ...]) -> list[Any]:
    return [value] if isinstance(value, alone) else list(value)


def _outputs(tensors: Sequence[tuple[str, str, bytes]]) -> dict[str, list["numpy.ndarray"]]:
    try:
        import numpy
    except ImportError:  # figures need none
        return {}
    outputs: dict[str, list["numpy.ndarray"]] = {}
    for model, _, npy in tensors:
        outputs.setdefault(model, []).append(numpy.load(io.BytesIO(npy), allow_pickle=False))
    return outputs


def predict(
    models: Union[Model, Sequence[Model]],
    targets: Union[str, Sequence[str]],
    *,
    kernels: str = "auto",
    kernel_flags: str = "",
    kernel_compiler: str = "",
    runtime: str = "ahead-of-time",
    planner: str = "",
    input: Optional[Any] = None,
    invocations: int = 1,
    clock_hz: Optional[int] = None,
    place: Sequence[str] = (),
    without: Sequence[str] = (),
    together: bool = False,
    accelerator_clock_hz: Optional[int] = None,
    link: str = "",
    devices: int = 1,
    device_use: str = "data-parallel",
    weights_in: str = "",
    weight_bits: int = 0,
    input_range: str = "",
    memory_limit: Optional[int] = None,
    progress: Progress = None,
) -> Predictions:
    """Predicts models on targets.

    >>> boardless.predict("kws", "stm32f446re")[0].latency_ms

    Args:
        models: one or several: names of the zoo, .tflite files, or bytes of such.
        targets: words as ``-t`` takes them: names, patterns such as ``"stm32*"``, ``"core=cortex-m4"``,
            ``"all"``, ``"accelerators"``, YAML files.
        kernels: ``"auto"``, ``"reference"``, ``"optimized"``, or the folder of a kernel library, which is
            compiled with ``kernel_flags`` by ``kernel_compiler``.
        runtime: ``"ahead-of-time"``, ``"interpreter"``, or a YAML file.
        planner: of the arena: ``"greedy_by_size"``, ``"greedy_in_order"``, ``"overlapped"``; the runtime's
            own when empty.
        input: bytes of the input tensors, or something with ``tobytes()``; seeded random when None.
        invocations: how often the model runs; figures are the last run's.
        clock_hz: of every microcontroller; each target's own when None.
        place: windows in other memories of the chip, such as ``["constants=dtcm"]``.
        without: what is switched off: ``["cache"]``, ``["prefetch"]``.
        together: also say what all models take in one device (``document["together"]``).
        accelerator_clock_hz, link, devices, device_use, weights_in, weight_bits, input_range: what
            accelerators would do otherwise.
        memory_limit: bytes of this machine for one model's tensors; half of its memory when None.
        progress: True for a bar, or a function of (done, total, model).

    Returns:
        What was answered; pairs without an answer are in its ``unanswered``.

    Raises:
        InputError: a name or file that is not there, or options that cannot be.
        GuestFault, NotModelled, InputError: nothing could be answered; the first pair's reason.
    """
    question = _native.Question()
    question.targets = _listed(targets, (str,))
    question.runtime = runtime
    question.together = together
    question.invocations = invocations
    question.clock_hz = clock_hz
    if memory_limit is not None:
        question.memory_limit = memory_limit
    question.set_kernels(os.fspath(kernels), kernel_flags, kernel_compiler)
    question.set_planner(planner)
    question.set_chip(_listed(place, (str,)), _listed(without, (str,)))
    question.set_accelerator(
        accelerator_clock_hz, link, devices, device_use, weights_in, weight_bits, input_range
    )
    if input is not None:
        question.set_input(bytes(input) if isinstance(input, (bytes, bytearray)) else input.tobytes())
    with _as_words(_listed(models, (str, bytes, os.PathLike))) as words:
        question.models = words
        text, tensors = watched(_native.predict, question, progress)
    answer = Predictions(json.loads(text), _outputs(tensors))
    if not answer and answer.unanswered:
        raise answer.unanswered[0].error()
    if not answer:
        raise Bug("neither a prediction nor a reason came back")
    return answer
