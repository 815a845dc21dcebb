#!/usr/bin/env python3
"""Records TensorFlow Lite Micro's answers on networks of the zoo in tests/workloads/golden/tflite_answers.txt.

    scripts/record_tflite_answers.py [BOARDLESS]        (default: build/release/bin/boardless)

Needs the PyPI packages tflite-micro and numpy, best in a virtual environment. The inputs are made here and,
the same, in tests/workloads/is_the_zoos_answer_tflites_test.cc.
"""
import hashlib
import importlib.metadata
import pathlib
import subprocess
import sys
import tempfile

import numpy
from tflite_micro.python.tflite_micro import runtime

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests/workloads/golden/tflite_answers.txt"
NETWORKS = ["ad", "ic", "kws", "mnist_mlp", "vww", "mobilenet_v1:width=0.25,resolution=96",
            "mobilenet_v2:width=0.35,resolution=96"]
SEEDS = [1, 2, 3]
ARENA_BYTES = 16 << 20


def input_bytes(count: int, seed: int) -> bytes:
    """The high bytes of a linear congruential sequence."""
    state, result = seed, bytearray()
    for _ in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        result.append(state >> 24)
    return bytes(result)


def answer(model: bytes, seed: int) -> bytes:
    interpreter = runtime.Interpreter.from_bytes(model, arena_size=ARENA_BYTES)
    details = interpreter.get_input_details(0)
    data = numpy.frombuffer(input_bytes(int(numpy.prod(details["shape"])), seed), numpy.uint8)
    if details["dtype"] == numpy.float32:
        data = data.astype(numpy.float32) / numpy.float32(255)
    else:
        data = data.view(details["dtype"])
    interpreter.set_input(data.reshape(details["shape"]), 0)
    interpreter.invoke()
    return interpreter.get_output(0).tobytes()


def make_model(boardless: str, network: str) -> bytes:
    name, _, settings = network.partition(":")
    words = [word for setting in settings.split(",") if setting for word in ("--set", setting)]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.tflite"
        subprocess.run([boardless, "model", "make", name, *words, "-o", path], check=True,
                       stdout=subprocess.DEVNULL)
        return path.read_bytes()


def main() -> None:
    boardless = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/release/bin/boardless")
    version = importlib.metadata.version("tflite-micro")
    lines = [f"# Answers of TensorFlow Lite Micro (PyPI tflite-micro {version}), written by scripts/record_tflite_answers.py:",
             "# network, SHA-256 of its .tflite, seed of the input, SHA-256 of the output tensor."]
    for network in NETWORKS:
        model = make_model(boardless, network)
        for seed in SEEDS:
            output = answer(model, seed)
            lines.append(f"{network} {hashlib.sha256(model).hexdigest()} {seed} {hashlib.sha256(output).hexdigest()}")
    GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
