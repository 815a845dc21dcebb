"""The extension: documents as JSON, of plain values. What follows is for the package alone."""

from typing import Optional

class Watch:
    """How far a long call is, and a way to end it."""

    def cancel(self) -> None: ...
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def what(self) -> str: ...

class Question:
    models: list[str]
    targets: list[str]
    runtime: str
    together: bool
    invocations: int
    clock_hz: Optional[int]
    memory_limit: int
    def set_kernels(self, kernels: str, flags: str, compiler: str) -> None: ...
    def set_planner(self, name: str) -> None: ...
    def set_input(self, bytes: bytes) -> None: ...
    def set_chip(self, place: list[str], without: list[str]) -> None: ...
    def set_accelerator(
        self,
        clock_hz: Optional[int],
        link: str,
        devices: int,
        device_use: str,
        weights_in: str,
        weight_bits: int,
        input_range: str,
    ) -> None: ...

class SweepRequest:
    space: str
    folder: str
    store: Optional[str]
    jobs: int

class RunRequest:
    firmware: str
    target: str
    until_symbol: str
    until_output: str
    max_cycles: int
    uart_input: str | bytes
    profile: bool

class CheckRequest:
    budget: str
    folder: str
    update: bool

def predict(question: Question, watch: Watch) -> tuple[str, list[tuple[str, str, bytes]]]: ...
def targets(words: list[str]) -> str: ...
def sweep(request: SweepRequest, watch: Watch) -> str: ...
def run(request: RunRequest, watch: Watch) -> str: ...
def check(request: CheckRequest, watch: Watch) -> str: ...
def version() -> str: ...
def data_directory() -> str: ...
