"""Which width and resolution of MobileNet detect persons at the least energy, within 100 ms?

    python examples/architecture_search.py [TARGET] [TRIALS]

Asks the real cost of every candidate, not a proxy for it. With Optuna (pip install optuna) its sampler
proposes candidates; without, they are drawn at random. The larger network counts as the better one here;
a search of yours trains candidates and takes their accuracy instead.
"""

import random
import sys
import time

import boardless

PARAMETERS = {
    "width": [0.1, 0.15, 0.2, 0.25, 0.35, 0.5],
    "resolution": (48, 128),
    "classes": 2,
}


class RandomTrial:
    """As much of an Optuna trial as an Objective asks."""

    def __init__(self, generator: random.Random) -> None:
        self.generator = generator

    def suggest_categorical(self, name, choices):
        return self.generator.choice(choices)

    def suggest_int(self, name, least, most):
        return self.generator.randint(least, most)

    def suggest_float(self, name, least, most):
        return self.generator.uniform(least, most)


def main() -> None:
    target = sys.argv[1] if len(sys.argv) > 1 else "stm32u575zi"
    trials = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    found = []

    class Search(boardless.Objective):
        """Keeps what meets the constraints."""

        def violation(self, prediction):
            broken = super().violation(prediction)
            if not broken:
                found.append(prediction)
            return broken

    objective = Search(
        "mobilenet_v1", PARAMETERS, target=target, minimize="energy_uj", constraints={"latency_ms": 100}
    )
    began = time.monotonic()
    try:
        import optuna
    except ImportError:
        generator = random.Random(1)
        for _ in range(trials):
            objective(RandomTrial(generator))
    else:
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
        study.optimize(objective, n_trials=trials)
    seconds = time.monotonic() - began
    print(f"{trials} candidates on {target} in {seconds:.0f} s, {len(found)} within 100 ms")
    best = {}
    for prediction in found:
        known = best.setdefault(prediction.macs, prediction)
        if prediction.energy_uj < known.energy_uj:
            best[prediction.macs] = prediction
    front, least = [], float("inf")
    for macs in sorted(best, reverse=True):
        if best[macs].energy_uj < least:
            least = best[macs].energy_uj
            front.append(best[macs])
    print("Nothing larger takes less energy than:")
    for prediction in front[:10]:
        print(
            f"  {prediction.model}: {prediction.macs / 1e6:.2f} M MACs, "
            f"{prediction.latency_ms:.1f} ms, {prediction.energy_uj:.0f} uJ"
        )


if __name__ == "__main__":
    main()
