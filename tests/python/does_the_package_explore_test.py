"""Do targets(), sweep(), run() and Objective answer, and do examples run?"""

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

import boardless

SPACE = {
    "models": ["kws"],
    "targets": ["rp2040", "stm32l4r5zi", "stm32u575zi"],
    "clock": "all operating points",
    "constraints": ["latency_ms <= 60"],
    "objectives": [{"minimize": "energy_uj"}, {"minimize": "price_usd"}],
}


def test_targets_are_chips():
    chips = boardless.targets("core=cortex-m7")
    assert {chip.core for chip in chips} == {"cortex-m7"}
    everything = boardless.targets()
    assert {chip.is_accelerator for chip in everything} == {True, False}
    with pytest.raises(boardless.InputError, match="stm32f446re"):
        boardless.targets("stm32f446r")


def test_a_space_is_a_dict_or_a_file(tmp_path):
    of_dict = boardless.sweep(SPACE, store=None)
    file = tmp_path / "space.yaml"
    file.write_text(
        "models: kws\ntargets: [rp2040, stm32l4r5zi, stm32u575zi]\nclock: all operating points\n"
        "constraints: latency_ms <= 60\nobjectives: [minimize: energy_uj, minimize: price_usd]\n"
    )
    of_file = boardless.sweep(file, store=None)
    assert of_dict.document["points"] == of_file.document["points"]
    best = of_dict.front[0]
    assert best.meets and best["latency_ms"] <= 60
    assert best["energy_uj"] == min(point["energy_uj"] for point in of_dict if point.meets)
    assert of_dict.recommendation[0].startswith("Lowest energy")


def test_a_sweep_is_kept(tmp_path):
    store = tmp_path / "results.db"
    first = boardless.sweep(SPACE, store=store)
    assert store.exists()
    assert boardless.sweep(SPACE, store=store).document == first.document


def test_a_wrong_space_says_where():
    with pytest.raises(boardless.InputError, match="targetz"):
        boardless.sweep({"models": "kws", "targetz": "all"}, store=None)


def test_a_frame_has_a_row_for_each_point():
    pytest.importorskip("pandas")
    result = boardless.sweep(SPACE, store=None)
    frame = result.to_frame()
    assert len(frame) == len(result)
    assert frame[frame["front"]]["latency_ms"].max() <= 60


class Trial:
    """Proposes the first of everything."""

    def suggest_categorical(self, name, choices):
        return choices[0]

    def suggest_int(self, name, least, most):
        return least

    def suggest_float(self, name, least, most):
        return least


def test_an_objective_is_what_a_candidate_costs():
    objective = boardless.Objective(
        "kws", {"width": (0.5, 1.0)}, target="stm32l4r5zi", minimize=["latency_ms", "flash.total_bytes"]
    )
    expected = boardless.predict("kws:width=0.5", "stm32l4r5zi")[0]
    assert objective(Trial()) == (expected.latency_ms, expected.flash.total_bytes)


def test_a_candidate_over_a_limit_is_out():
    objective = boardless.Objective("kws", {}, target="rp2040", constraints={"latency_ms": 1})
    try:
        import optuna
    except ImportError:
        assert objective(Trial()) == math.inf
    else:
        with pytest.raises(optuna.TrialPruned, match="latency_ms"):
            objective(Trial())


def test_a_network_may_be_made_by_a_function(tmp_path):
    def make(values):
        file = tmp_path / "candidate.tflite"
        width = f"width={values['width']}"
        words = ["model", "make", "kws", "--set", width, "-o", str(file)]
        subprocess.run([os.environ["BOARDLESS"], *words], check=True)
        return file.read_bytes()

    objective = boardless.Objective(make, {"width": [0.5]}, target="rp2040")
    assert objective(Trial()) == boardless.predict("kws:width=0.5", "rp2040")[0].latency_ms


def test_firmware_runs():
    programs = Path(os.environ["TEST_PROGRAMS"])
    ran = boardless.run(programs / "hello.elf", "stm32f446re")
    assert ran.cycles > 0 and sum(ran.stalls.values()) == ran.cycles
    with pytest.raises(boardless.InputError, match="no-such.elf"):
        boardless.run("no-such.elf", "stm32f446re")


def test_a_fault_has_a_report(tmp_path):
    words = [0x20001000, 0x08000009, 0xDE00DE00]  # stack, entry, UDF; no handler for what it raises
    image = tmp_path / "fault.bin"
    image.write_bytes(b"".join(word.to_bytes(4, "little") for word in words))
    with pytest.raises(boardless.GuestFault) as raised:
        boardless.run(f"{image}@0x08000000", "stm32f446re")
    assert "last blocks" in raised.value.report


def test_the_example_searches():
    example = Path(os.environ["BOARDLESS_SOURCE"]) / "examples" / "architecture_search.py"
    done = subprocess.run(
        [sys.executable, str(example), "stm32u575zi", "6"], capture_output=True, text=True, check=True
    )
    assert "6 candidates on stm32u575zi" in done.stdout
