"""Architecture search: what a candidate costs on a chip, as optimisers ask it.

>>> objective = boardless.Objective(
...     "mobilenet_v1", {"width": (0.1, 1.0), "resolution": [64, 96, 128], "classes": 2},
...     target="stm32f446re", minimize=["latency_ms", "energy_uj"], constraints={"latency_ms": 100})
>>> study = optuna.create_study(directions=["minimize", "minimize"])
>>> study.optimize(objective, n_trials=200)
"""

from __future__ import annotations

from typing import Any, Callable, Mapping, Optional, Sequence, Union

from .errors import NotModelled
from .predictions import Model, Prediction, predict

Choice = Union[int, float, str, tuple, list]
"""What a parameter can be: one value, a list of values, or a tuple (least, most) of ints or floats."""


class Objective:
    """A function of an Optuna trial: the figures of the network that the trial proposes.

    Nothing here needs Optuna: a trial is whatever has ``suggest_float``, ``suggest_int`` and
    ``suggest_categorical``. A candidate that does not fit, or breaks a constraint, is pruned: Optuna's
    ``TrialPruned`` is raised where Optuna is installed; without it, every figure is infinite.
    """

    def __init__(
        self,
        network: Union[str, Callable[[Mapping[str, Any]], Model]],
        parameters: Mapping[str, Choice],
        *,
        target: str,
        minimize: Union[str, Sequence[str]] = "latency_ms",
        constraints: Optional[Mapping[str, float]] = None,
        **options: Any,
    ) -> None:
        """
        Args:
            network: a network of the zoo, or a function that makes a model of the parameters: a .tflite
                file, or its bytes.
            parameters: what each parameter can be.
            target: one target.
            minimize: figures of a Prediction, ``sram.total_bytes`` and ``flash.total_bytes`` among them.
            constraints: figures that may not be larger than a number.
            options: of predict().
        """
        self.network = network
        self.parameters = dict(parameters)
        self.target = target
        self.minimize = [minimize] if isinstance(minimize, str) else list(minimize)
        self.constraints = dict(constraints or {})
        self.options = options
        self._known: dict[tuple[Any, ...], Union[Prediction, NotModelled]] = {}

    def model(self, values: Mapping[str, Any]) -> Model:
        """The model that has these parameters."""
        if callable(self.network):
            return self.network(values)
        words = ",".join(f"{name}={_plain(value)}" for name, value in values.items())
        return f"{self.network}:{words}" if words else self.network

    def predict(self, values: Mapping[str, Any]) -> Prediction:
        """What these parameters cost. The same parameters are asked for once."""
        key = tuple(sorted(values.items()))
        if key not in self._known:
            try:
                self._known[key] = predict(self.model(values), self.target, **self.options)[0]
            except NotModelled as refused:
                self._known[key] = refused
        known = self._known[key]
        if isinstance(known, NotModelled):
            raise known
        return known

    def violation(self, prediction: Prediction) -> str:
        """Why a candidate is out; empty when it is not."""
        if not prediction.fits:
            return "; ".join(prediction.reasons)
        for name, most in self.constraints.items():
            value = figure(prediction, name)
            if value > most:
                return f"{name} is {value:g}, more than {most:g}"
        return ""

    def __call__(self, trial: Any) -> Union[float, tuple[float, ...]]:
        values = {name: _suggest(trial, name, choice) for name, choice in self.parameters.items()}
        prediction = self.predict(values)
        violation = self.violation(prediction)
        if violation:
            return self._pruned(violation)
        figures = tuple(float(figure(prediction, name)) for name in self.minimize)
        return figures[0] if len(figures) == 1 else figures

    def _pruned(self, violation: str) -> Union[float, tuple[float, ...]]:
        try:
            from optuna import TrialPruned
        except ImportError:
            figures = tuple(float("inf") for _ in self.minimize)
            return figures[0] if len(figures) == 1 else figures
        raise TrialPruned(violation)


def figure(prediction: Prediction, name: str) -> float:
    """A figure by its name: ``latency_ms``, ``sram.total_bytes``."""
    value: Any = prediction
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _plain(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _suggest(trial: Any, name: str, choice: Choice) -> Any:
    if isinstance(choice, list):
        return trial.suggest_categorical(name, choice)
    if isinstance(choice, tuple):
        least, most = choice
        if isinstance(least, int) and isinstance(most, int):
            return trial.suggest_int(name, least, most)
        return trial.suggest_float(name, float(least), float(most))
    return choice
