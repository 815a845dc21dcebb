#!/usr/bin/env python3
"""Compares the arena that boardless counts for TensorFlow Lite Micro's interpreter with what that reports.

    scripts/compare_memory_with_tflite_micro.py MODELS [--boardless PROGRAM] [--python PYTHON]

Each .tflite file of the folder MODELS is loaded by the PyPI package tflite-micro, whose recording allocator says what it took from either
end of the arena: the head, which is planned, and the tail, which is kept. boardless counts the same by
scripts/tflite-micro-x64.yaml, the records of that build: heads are compared to the byte, tails within 3 %. A 32-bit
build has the same records in the same number, of the sizes in targets/runtimes/interpreter.yaml; what it keeps is
shown beside them. Ends with status 1 where something differs that is not explained.

PYTHON has the packages tflite-micro and numpy (default: the interpreter that runs this).
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARENA_BYTES = 64 << 20
MOST = 0.03  # of the tail

# What differs for a reason.
EXPLAINED = {
    "tflm_audio_preprocessor_int8": "our Fourier transform works in twice the scratch; theirs keeps a state",
}


def reported(model: pathlib.Path, python: str):
    """Head and tail as the judge reports them, or why it takes no such model."""
    code = ("import sys; from tflite_micro.python.tflite_micro import runtime; "
            f"runtime.Interpreter.from_bytes(open(sys.argv[1], 'rb').read(), arena_size={ARENA_BYTES})"
            ".print_allocations()")
    run = subprocess.run([python, "-c", code, model], capture_output=True, text=True)
    found = [re.search(rf"Arena allocation {end} (\d+) bytes", run.stderr) for end in ("head", "tail")]
    if not all(found):
        return (run.stderr.strip().splitlines() or ["nothing reported"])[0]
    return [int(end[1]) for end in found]


def counted(model: pathlib.Path, program: str, runtime: str):
    """Arena and what is kept beside it, or why they are not predicted."""
    run = subprocess.run([program, "predict", model, "--target", "ideal-cortex-m55", "--kernels", "reference",
                          "--runtime", runtime, "--format", "json", "--quiet"], capture_output=True, text=True)
    document = json.loads(run.stdout or "{}")
    if not document.get("predictions"):
        return (document.get("unanswered") or [{"reason": run.stderr.strip()}])[0]["reason"]
    sram = document["predictions"][0]["sram"]
    return [sram["arena_bytes"], sram["static_bytes"] + sram.get("persistent_bytes", 0)]


def compare(models: pathlib.Path, program: str, python: str) -> list[dict]:
    """A row for each model: what is planned and kept there and here, or why there are no figures."""
    rows = []
    for model in sorted(models.glob("*.tflite")):
        row = {"model": model.stem}
        rows.append(row)
        theirs = reported(model, python)
        if isinstance(theirs, str):
            row["without"] = f"refused by the judge: {theirs}"
            continue
        ours = counted(model, program, str(ROOT / "scripts/tflite-micro-x64.yaml"))
        if isinstance(ours, str):
            row["without"] = f"not predicted: {ours}"
            continue
        row |= {"planned_there": theirs[0], "planned": ours[0], "kept_there": theirs[1], "kept": ours[1],
                "kept_on_32_bits": counted(model, program, "interpreter")[1]}
        same = row["planned"] == row["planned_there"] and abs(off(row)) <= MOST
        row["note"] = "" if same else EXPLAINED.get(model.stem, "DIFFERS")
    return rows


def off(row: dict) -> float:
    return row["kept"] / row["kept_there"] - 1


def summary(rows: list[dict]) -> str:
    compared = [row for row in rows if "without" not in row]
    planned = sum(row["planned"] == row["planned_there"] for row in compared)
    kept = sum(abs(off(row)) <= MOST for row in compared)
    return (f"{len(compared)} compared: {planned} planned to the byte, {kept} kept within {100 * MOST:.0f} % "
            f"({min(map(off, compared)):+.1%} to {max(map(off, compared)):+.1%})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("--boardless", default=str(ROOT / "build/release/bin/boardless"))
    parser.add_argument("--python", default=sys.executable)
    arguments = parser.parse_args()
    rows = compare(arguments.models, arguments.boardless, arguments.python)
    print(f"{'model':50s}{'planned there':>14s}{'here':>10s}{'kept there':>12s}{'here':>9s}{'off':>8s}{'on 32 bits':>12s}")
    for row in rows:
        if "without" in row:
            print(f"{row['model']:50s}  {row['without']}")
            continue
        print(f"{row['model']:50s}{row['planned_there']:14,}{row['planned']:10,}{row['kept_there']:12,}"
              f"{row['kept']:9,}{off(row):8.1%}{row['kept_on_32_bits']:12,}  {row['note']}".rstrip())
    print(summary(rows))
    sys.exit(any(row.get("note") == "DIFFERS" for row in rows))


if __name__ == "__main__":
    main()
