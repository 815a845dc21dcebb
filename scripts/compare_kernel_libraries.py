#!/usr/bin/env python3
"""Compares the bundled kernels with a library that users bring, operator by operator.

    scripts/compare_kernel_libraries.py CHECKOUT [--build FOLDER] [--kernel-flags=FLAGS]

Builds and runs write_operator_models, whose models are one operator each, and predicts every one with
`--kernels auto` and with `--kernels CHECKOUT` on a target of each instruction set without wait states. Prints a row
for each operator, and ends with status 1 where an answer is not the host's. A cell whose operator the library has no
kernel for says why. docs/kernels.md has a recorded run (scripts/doc_records.py).
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGETS = {"ideal-cortex-m0plus": "C, M0+", "ideal-cortex-m3": "C, M3", "ideal-cortex-m4": "DSP, M4",
           "ideal-cortex-m55": "MVE, M55"}
FLAGS = "-O3"


def write_models(build: pathlib.Path, folder: pathlib.Path) -> list[dict]:
    subprocess.run(["cmake", "--build", build, "--target", "write_operator_models"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run([build / "bin/write_operator_models", folder], check=True)
    return json.loads((folder / "models.json").read_text(encoding="utf-8"))


def cells(build: pathlib.Path, folder: pathlib.Path, model: dict, kernels: list[str]) -> dict[str, dict]:
    """By target: the operator's cycles, its kernel, why it is no other, and whether the answer is the host's."""
    stem = folder / model["name"]
    done = subprocess.run([build / "bin/boardless", "predict", f"{stem}.tflite", "-i", f"{stem}.input", "-t",
                           ",".join(TARGETS), "-f", "json", *kernels], check=True, stdout=subprocess.PIPE)
    found = {}
    for prediction in json.loads(done.stdout)["predictions"]:
        layer, = prediction["layers"]
        found[prediction["target"]] = {"cycles": layer["cycles"], "macs": layer["macs"], "kernel": layer["kernel"],
                                       "is_exact": prediction["bit_exact"], "library": prediction["kernels"]}
    return found


def compare(checkout: pathlib.Path, build: pathlib.Path, flags: str = FLAGS) -> dict:
    """The library's name and version, its flags, and a row for each operator and type."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for model in write_models(build, folder):
            ours = cells(build, folder, model, [])
            theirs = cells(build, folder, model, ["--kernels", str(checkout), f"--kernel-flags={flags}"])
            row = {**{key: model[key] for key in ("operator", "what", "type")}, "macs": 0, "cells": {}}
            for target, own in ours.items():
                other = theirs[target]
                row["macs"] = own["macs"]
                row["cells"][target] = {"ours": own["cycles"], "kernel": own["kernel"]}
                if not other["kernel"].startswith("reference_"):
                    row["cells"][target]["theirs"] = other["cycles"]
                if not (own["is_exact"] and other["is_exact"]):
                    row["cells"][target]["differs"] = True
                library = other["library"]
            rows.append(row)
    return {"library": library, "flags": flags, "rows": rows}


def cell_text(cell: dict) -> str:
    """Our cycles, theirs, and theirs by ours."""
    ours = f"{cell['ours']:,}" + (" (reference)" if cell["kernel"].startswith("reference_") else "")
    if "theirs" not in cell:
        return f"{ours} : no kernel"
    return f"{ours} : {cell['theirs']:,} = **{cell['theirs'] / cell['ours']:.2f}**"


def markdown(record: dict) -> str:
    lines = ["| operator | type | " + " | ".join(TARGETS.values()) + " |", "|---|---|" + "---:|" * len(TARGETS)]
    lines += [f"| {row['operator']} {row['what']} | {row['type']} | " +
              " | ".join(cell_text(row["cells"][target]) for target in TARGETS) + " |" for row in record["rows"]]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", metavar="FOLDER")
    parser.add_argument("--kernel-flags", default=FLAGS)
    options = parser.parse_args()
    record = compare(options.checkout.resolve(), options.build.resolve(), options.kernel_flags)
    print(f"{record['library']} {record['flags']}\n\n{markdown(record)}")
    differing = [f"{row['operator']} {row['type']} on {target}" for row in record["rows"]
                 for target, cell in row["cells"].items() if "differs" in cell]
    for cell in differing:
        print(f"not the host's answer: {cell}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
