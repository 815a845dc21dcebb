"""Predicts, before any hardware is bought, how TinyML code behaves on a chip.

>>> import boardless
>>> boardless.predict("kws", "stm32f446re")[0].latency_ms
>>> boardless.sweep("space.yaml").front
>>> boardless.run("firmware.elf", "stm32f446re").cycles
"""

from ._native import version as _version
from .errors import Bug, Error, GuestFault, InputError, NotModelled
from .firmware import FirmwareRun, run
from .gates import CheckResult, Verdict, check
from .predictions import Flash, Layer, Prediction, Predictions, Sram, Unanswered, predict
from .search import Objective
from .sweeps import SweepPoint, SweepResult, sweep
from .targets import Target, Targets, targets

__version__ = _version()

__all__ = [
    "Bug",
    "CheckResult",
    "Error",
    "FirmwareRun",
    "Flash",
    "GuestFault",
    "InputError",
    "Layer",
    "NotModelled",
    "Objective",
    "Prediction",
    "Predictions",
    "Sram",
    "SweepPoint",
    "SweepResult",
    "Target",
    "Targets",
    "Unanswered",
    "Verdict",
    "check",
    "predict",
    "run",
    "sweep",
    "targets",
]
