"""Firmware images on targets."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any, Mapping, Sequence, Union

from . import _native
from .documents import record
from .errors import GuestFault, NotModelled
from .watching import Progress, watched


_FAULTS = ("fault", "stuck", "sleeps_forever")


@dataclass(frozen=True)
class FirmwareRun:
    """How a firmware image ran.

    Attributes:
        cycles: all of them, ``asleep_cycles`` and ``exception_cycles`` among them.
        simulated_ms: what the target takes.
        end: why it ended.
        stalls: cycles by cause.
        serial_output, semihosting_output: what it printed, the first 16 MiB.
        document: all of it, as docs/run.schema.json describes it.
    """

    firmware: str
    target: str
    core: str
    clock_hz: int
    cycles: int
    instructions: int
    simulated_ms: float
    end: Mapping[str, Any]
    serial_output: str
    semihosting_output: str
    stalls: Mapping[str, int] = field(default_factory=dict)
    estimates: Sequence[Mapping[str, str]] = ()
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)


def run(
    firmware: Union[str, "os.PathLike[str]"],
    target: str,
    *,
    max_cycles: int = 0,
    until_symbol: str = "",
    until_output: str = "",
    uart_input: Union[str, bytes] = "",
    profile: bool = False,
    progress: Progress = None,
) -> FirmwareRun:
    """Boots a firmware image on a target and times it.

    >>> boardless.run("firmware.elf", "stm32f446re", until_symbol="main").cycles

    Args:
        firmware: an ELF file, an Intel HEX file, or ``"FILE.bin@0x08000000"``.
        max_cycles: stop after so many; 0: never.
        until_symbol: stop where this function begins.
        until_output: stop once a serial port printed this.
        uart_input: typed into the serial port as soon as it receives.
        profile: find out where the cycles go (``document["profile"]``).
        progress: True for a bar, or a function of (cycles, max_cycles, "").

    Raises:
        InputError: the file cannot be read, or does not fit the target.
        GuestFault, NotModelled: the program ended so.
    """
    request = _native.RunRequest()
    request.firmware = os.fspath(firmware)
    request.target = target
    request.max_cycles = max_cycles
    request.until_symbol = until_symbol
    request.until_output = until_output
    request.uart_input = uart_input
    request.profile = profile
    document = json.loads(watched(_native.run, request, progress))
    end = document["end"]
    if end["reason"] in _FAULTS:
        fault = GuestFault(end["message"])
        fault.report = end.get("report", "")
        raise fault
    if end["reason"] == "not_modelled":
        raise NotModelled(end["message"])
    return record(FirmwareRun, document, document=document)
