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
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests/workloads/golden/tflite_answers.txt"
# By network: how often it is invoked, each time on the next input of a sequence.
NETWORKS = {name: 1 for name in (
    "ad", "ic", "kws", "mnist_mlp", "vww", "mobilenet_v1:width=0.25,resolution=96",
    "mobilenet_v2:width=0.35,resolution=96", "mcunet_vww", "micronet_kws_m", "micronet_kws_s",
    "kwt_1:blocks=2,frames=20", "kwt_2:blocks=1,frames=20", "yolov3_tiny:width=0.125,resolution=96")}
NETWORKS |= {name: 40 for name in ("dtln", "microwakeword", "rnnoise", "svdf_kws")}
SEEDS = [1, 2, 3]
ARENA_BYTES = 16 << 20


def high_bytes(seed: int):
    """The high bytes of a linear congruential sequence."""
    while True:
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        yield seed >> 24


def answer(model: bytes, seed: int, invocations: int) -> bytes:
    """The outputs of all invocations, one after the other."""
    outputs = len(schema_py_generated.ModelT.InitFromPackedBuf(model, 0).subgraphs[0].outputs)
    interpreter = runtime.Interpreter.from_bytes(model, arena_size=ARENA_BYTES)
    details = interpreter.get_input_details(0)
    sequence = high_bytes(seed)
    answers = []
    for _ in range(invocations):
        data = numpy.fromiter(sequence, numpy.uint8, int(numpy.prod(details["shape"])))
        if details["dtype"] == numpy.float32:
            data = data.astype(numpy.float32) / numpy.float32(255)
        else:
            data = data.view(details["dtype"])
        interpreter.set_input(data.reshape(details["shape"]), 0)
        interpreter.invoke()
        answers += [interpreter.get_output(i).tobytes() for i in range(outputs)]
    return b"".join(answers)


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
             "# network, SHA-256 of its .tflite, seed of the inputs, invocations, SHA-256 of their outputs."]
    for network, invocations in NETWORKS.items():
        model = make_model(boardless, network)
        for seed in SEEDS:
            output = answer(model, seed, invocations)
            lines.append(f"{network} {hashlib.sha256(model).hexdigest()} {seed} {invocations} "
                         f"{hashlib.sha256(output).hexdigest()}")
    GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
