#!/usr/bin/env python3
"""Compares boardless's answers on random single-operator models with TensorFlow Lite Micro's.

    scripts/compare_with_tflite_micro.py [--seed N] [--count N] [--operators CONV_2D,PAD,...] [--python PYTHON]

Builds and runs write_random_models, then runs each model with the PyPI package tflite-micro, in child processes:
a failed check of its own ends one. Integers are compared bit for bit, floats by the distance in units in the last
place (ULP). Prints a row for each operator and ends with status 1 where an answer differs. A model that the judge
refuses is counted, and its reason shown with --reasons.

PYTHON has the packages tflite-micro and numpy (default: the interpreter that runs this).
"""
import argparse
import collections
import json
import math
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARENA_BYTES = 4 << 20
SHOWN = 5  # differences of an operator

# The largest distance in ULP between two floats that are the same answer. What is not named does the same IEEE
# operations in the same order as the judge, but for what its compiler contracts.
ULP_OF_OTHERS = 2
# What calls a C library's functions has the bound of its record (workloads/operators) at the largest sizes drawn, and
# the smallest magnitude whose own unit counts.
ULP = {"LOGISTIC": 8, "TANH": 5, "SOFTMAX": 2 * 1001 + 8, "LOG_SOFTMAX": 2 * 16 + 8,
       "UNIDIRECTIONAL_SEQUENCE_LSTM": 3 * 6 * 4 * 10}
UNIT = {"SIN": 1.0, "COS": 1.0, "LOG_SOFTMAX": 1.0, "UNIDIRECTIONAL_SEQUENCE_LSTM": 1.0}

farthest = collections.Counter()  # in ULP, by operator

# Where the judge is wrong, what it does, and how the text of a model tells that it is met.
FAULTS = {
    "SPACE_TO_BATCH_ND": ("fills padding with a value that it never sets",
                          lambda text: not re.search(r"\], \[0 0( 0 0)?\], output", text)),
}


def run_models(folder: pathlib.Path) -> None:
    """The child: answers a line of JSON for each model named on stdin. stderr is a file that it may read."""
    import numpy
    from tflite_micro.python.tflite_micro import runtime
    counts = {model["name"]: model for model in json.loads((folder / "models.json").read_text())}
    for line in sys.stdin:
        name = line.strip()
        print(json.dumps({"name": name}), flush=True)  # begun: what follows may end the process
        os.ftruncate(2, 0)
        try:
            model = (folder / f"{name}.tflite").read_bytes()
            data = (folder / f"{name}.input").read_bytes()
            interpreter = runtime.Interpreter.from_bytes(model, arena_size=ARENA_BYTES)
            at = 0
            for _ in range(counts[name]["invocations"]):
                for index in range(counts[name]["inputs"]):
                    details = interpreter.get_input_details(index)
                    dtype = numpy.dtype(details["dtype"])
                    size = int(numpy.prod(details["shape"])) * dtype.itemsize
                    values = numpy.frombuffer(data[at:at + size], dtype).reshape(details["shape"])
                    interpreter.set_input(values, index)
                    at += size
                interpreter.invoke()
            outputs = [interpreter.get_output(index) for index in range(counts[name]["outputs"])]
            print(json.dumps({"outputs": [output.tobytes().hex() for output in outputs],
                              "types": [str(output.dtype) for output in outputs]}), flush=True)
        except (RuntimeError, ValueError) as error:
            print(json.dumps({"refused": f"{error}: {last_words(2)}"}), flush=True)


def last_words(stderr: int) -> str:
    return " | ".join(os.pread(stderr, 10000, 0).decode(errors="replace").strip("\0\n").splitlines()[-2:])


def judge(python: str, folder: pathlib.Path, names: list) -> dict:
    """The judge's answer for each name. A model that ends its process is refused; the rest go to a new one."""
    answers, left = {}, list(names)
    while left:
        with tempfile.TemporaryFile("a+") as stderr:  # appended: it is emptied for each model
            child = subprocess.run([python, __file__, "--child", str(folder)], text=True, stderr=stderr,
                                   input="".join(f"{name}\n" for name in left), stdout=subprocess.PIPE)
            why = last_words(stderr.fileno())
        begun = None
        for line in child.stdout.splitlines():
            answer = json.loads(line)
            if "name" in answer:
                begun = answer["name"]
            else:
                answers[begun] = answer
        if begun is None:
            sys.exit(f"{python} cannot run tflite-micro: {why}")
        if begun not in answers:
            answers[begun] = {"refused": f"the process ended ({child.returncode}): {why}"}
        left = left[left.index(begun) + 1:]
    return answers


def ordered(bits: int) -> int:
    """Floats as integers in the order of their values, the two zeros the same."""
    return bits if bits < 0x80000000 else 0x80000000 - bits


def ulp_distance(ours: bytes, theirs: bytes, unit: float) -> int:
    largest = 0
    for (a,), (b,), (x,), (y,) in zip(*(struct.iter_unpack(form, data) for form in ("<I", "<f")
                                        for data in (ours, theirs))):
        nans = [bits & 0x7FFFFFFF > 0x7F800000 for bits in (a, b)]
        if all(nans):
            continue
        if any(nans):
            return 1 << 32
        is_small = max(abs(x), abs(y)) < unit
        largest = max(largest, math.ceil(abs(x - y) / (unit * 2**-23)) if is_small else abs(ordered(a) - ordered(b)))
    return largest


def defined(operator: str, outputs: list) -> list:
    """The outputs without what TensorFlow Lite Micro leaves as it was: places behind the last detection."""
    if operator != "TFLite_Detection_PostProcess":
        return outputs
    count = int(struct.unpack("<f", outputs[3])[0])
    return [outputs[0][:16 * count], outputs[1][:4 * count], outputs[2][:4 * count], outputs[3]]


def difference(operator: str, ours: bytes, answer: dict) -> str:
    """What differs, or nothing."""
    theirs = [bytes.fromhex(output) for output in answer["outputs"]]
    if len(ours) != sum(map(len, theirs)):
        return f"{len(ours)} bytes, the judge has {sum(map(len, theirs))}"
    own_outputs, at = [], 0
    for output in theirs:
        own_outputs.append(ours[at:at + len(output)])
        at += len(output)
    own_outputs, theirs = defined(operator, own_outputs), defined(operator, theirs)
    for index, (own, output, dtype) in enumerate(zip(own_outputs, theirs, answer["types"])):
        if own == output:
            continue
        if dtype == "float32":
            distance = ulp_distance(own, output, UNIT.get(operator, 0.0))
            farthest[operator] = max(farthest[operator], distance)
            if distance > ULP.get(operator, ULP_OF_OTHERS):
                return f"output {index}: {distance} ULP"
            continue
        first = next(i for i, (a, b) in enumerate(zip(own, output)) if a != b)
        return f"output {index} ({dtype}): byte {first} is {own[first]}, the judge has {output[first]}"
    return ""


def write_models(arguments, folder: pathlib.Path) -> list:
    build = ROOT / "build/release"
    subprocess.run(["cmake", "--build", build, "--target", "write_random_models"], check=True,
                   stdout=subprocess.DEVNULL)
    command = [build / "bin/write_random_models", folder, f"--seed={arguments.seed}",
               f"--count={arguments.count}"]
    if arguments.operators:
        command.append(f"--operators={arguments.operators}")
    subprocess.run(command, check=True)
    return json.loads((folder / "models.json").read_text())


def compare(arguments, folder: pathlib.Path) -> bool:
    models = write_models(arguments, folder)
    answers = judge(arguments.python, folder, [model["name"] for model in models])
    rows = collections.defaultdict(collections.Counter)
    reasons = collections.defaultdict(collections.Counter)
    all_equal = True
    for model in models:
        row, answer = rows[model["operator"]], answers[model["name"]]
        row["models"] += 1
        row["refused by the judge"] += "refused" in answer
        row["refused by us"] += bool(model["refused"])
        row["by us alone"] += bool(model["refused"]) and "refused" not in answer
        if "refused" in answer:
            reasons[model["operator"]][f"judge: {answer['refused']}"] += 1
        if model["refused"]:
            reasons[model["operator"]][f"us: {model['refused']}"] += 1
        if "refused" in answer or model["refused"]:
            continue
        fault, is_met = FAULTS.get(model["operator"], ("", lambda text: False))
        if is_met(model["text"]):
            reasons[model["operator"]][f"judge's fault: {fault}"] += 1
            row["judge's fault"] += 1
            continue
        what = difference(model["operator"], (folder / f"{model['name']}.output").read_bytes(), answer)
        row["compared"] += 1
        row["equal"] += not what
        all_equal = all_equal and not what
        if what and row["compared"] - row["equal"] <= SHOWN:
            print(f"{model['name']}: {what}: {model['text']}")
    for operator, row in rows.items():
        row["ULP"] = farthest[operator]
    columns = ["models", "compared", "equal", "ULP", "refused by the judge", "refused by us", "by us alone",
               "judge's fault"]
    print("operator".ljust(28), *columns, sep="  ")
    for operator, row in sorted(rows.items()):
        print(operator.ljust(28), *(str(row[c]).rjust(len(c)) for c in columns), sep="  ")
        if arguments.reasons:
            for reason, count in reasons[operator].most_common(5):
                print(f"    {count} x {reason[:200]}")
    return all_equal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0, help="of the first model of each operator")
    parser.add_argument("--count", type=int, default=200, help="models of each operator")
    parser.add_argument("--operators", default="", help="names, separated by commas; all by default")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--reasons", action="store_true", help="why models are refused")
    parser.add_argument("--keep", type=pathlib.Path, help="folder to leave the models in")
    parser.add_argument("--child", type=pathlib.Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        run_models(arguments.child)
        return
    print(f"seed {arguments.seed}, {arguments.count} models of each operator")
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if compare(arguments, arguments.keep or pathlib.Path(folder)) else 1)


if __name__ == "__main__":
    main()
