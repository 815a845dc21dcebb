#!/usr/bin/env python3
"""Compares boardless's answers on random single-operator models with TensorFlow Lite Micro's, and TensorFlow Lite's.

    scripts/compare_with_tflite_micro.py [--seed N] [--count N] [--operators CONV_2D,PAD,...] [--python PYTHON]
                                         [--litert PYTHON]
    scripts/compare_with_tflite_micro.py --models FOLDER [--python PYTHON] [--litert PYTHON]

Builds and runs write_random_models, then runs each model with the PyPI package tflite-micro, in child processes:
a failed check of its own ends one. Integers are compared bit for bit, floats by the distance in units in the last
place (ULP). Prints a row for each operator and ends with status 1 where an answer differs. A model that the judge
refuses is counted, and its reason shown with --reasons. Of each operator's differences the first is made smaller:
the line below it says how that model is written again.

PYTHON has the packages tflite-micro and numpy (default: the interpreter that runs this).

With --litert, a second judge looks at the models that the first one answers as boardless does: the PyPI package
ai-edge-litert, TensorFlow Lite with its reference kernels and no delegate. Where it answers otherwise, boardless
follows TensorFlow Lite Micro, and the operator's record must say so of that type (docs/operators.md); that it says
nothing is a difference too.

With --models, the models of a folder and of those below it take the place of random ones, with random inputs: a row
for each folder that holds some. docs/operators.md has a recorded run over public ones (scripts/doc_records.py).
"""
import argparse
import collections
import importlib
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
ARENA_BYTES = 16 << 20
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


class TfliteMicro:
    """A model that TensorFlow Lite Micro runs."""

    MODULE = "tflite_micro.python.tflite_micro.runtime"

    def __init__(self, runtime, model: bytes) -> None:
        self.interpreter = runtime.Interpreter.from_bytes(model, arena_size=ARENA_BYTES)
        self.get_output, self.invoke = self.interpreter.get_output, self.interpreter.invoke
        self.input_details = self.interpreter.get_input_details

    def set_input(self, values, index: int) -> None:
        self.interpreter.set_input(values, index)


class LiteRt:
    """A model that TensorFlow Lite's reference kernels run."""

    MODULE = "ai_edge_litert.interpreter"

    def __init__(self, runtime, model: bytes) -> None:
        self.interpreter = runtime.Interpreter(
            model_content=model, experimental_op_resolver_type=runtime.OpResolverType.BUILTIN_REF)
        self.interpreter.allocate_tensors()
        self.invoke = self.interpreter.invoke

    def input_details(self, index: int) -> dict:
        return self.interpreter.get_input_details()[index]

    def set_input(self, values, index: int) -> None:
        self.interpreter.set_tensor(self.input_details(index)["index"], values)

    def get_output(self, index: int):
        return self.interpreter.get_tensor(self.interpreter.get_output_details()[index]["index"])


JUDGES = {"tflite-micro": TfliteMicro, "ai-edge-litert": LiteRt}


def run_models(folder: pathlib.Path, judge_name: str) -> None:
    """The child: answers a line of JSON for each model named on stdin. stderr is a file that it may read."""
    import numpy
    kind = JUDGES[judge_name]
    runtime = importlib.import_module(kind.MODULE)
    counts = {model["name"]: model for model in json.loads((folder / "models.json").read_text())}
    for line in sys.stdin:
        name = line.strip()
        print(json.dumps({"name": name}), flush=True)  # begun: what follows may end the process
        os.ftruncate(2, 0)
        try:
            model = kind(runtime, (folder / f"{name}.tflite").read_bytes())
            data = (folder / f"{name}.input").read_bytes()
            at = 0
            for _ in range(counts[name]["invocations"]):
                for index in range(counts[name]["inputs"]):
                    details = model.input_details(index)
                    dtype = numpy.dtype(details["dtype"])
                    size = int(numpy.prod(details["shape"])) * dtype.itemsize
                    values = numpy.frombuffer(data[at:at + size], dtype).reshape(details["shape"])
                    model.set_input(values, index)
                    at += size
                model.invoke()
            outputs = [model.get_output(index) for index in range(counts[name]["outputs"])]
            print(json.dumps({"outputs": [output.tobytes().hex() for output in outputs],
                              "types": [str(output.dtype) for output in outputs]}), flush=True)
        except (RuntimeError, ValueError) as error:
            print(json.dumps({"refused": f"{error}: {last_words(2)}"}), flush=True)


def last_words(stderr: int) -> str:
    return " | ".join(os.pread(stderr, 10000, 0).decode(errors="replace").strip("\0\n").splitlines()[-2:])


def judge(judge_name: str, python: str, folder: pathlib.Path, names: list) -> dict:
    """The judge's answer for each name. A model that ends its process is refused; the rest go to a new one."""
    answers, left = {}, list(names)
    while left:
        with tempfile.TemporaryFile("a+") as stderr:  # appended: it is emptied for each model
            child = subprocess.run([python, __file__, "--child", str(folder), "--judge", judge_name], text=True,
                                   stderr=stderr, input="".join(f"{name}\n" for name in left), stdout=subprocess.PIPE)
            why = last_words(stderr.fileno())
        begun = None
        for line in child.stdout.splitlines():
            answer = json.loads(line)
            if "name" in answer:
                begun = answer["name"]
            else:
                answers[begun] = answer
        if begun is None:
            sys.exit(f"{python} cannot run {judge_name}: {why}")
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


def build_writer() -> pathlib.Path:
    build = ROOT / "build/release"
    subprocess.run(["cmake", "--build", build, "--target", "write_random_models"], check=True,
                   stdout=subprocess.DEVNULL)
    return build / "bin/write_random_models"


def write_models(writer: pathlib.Path, folder: pathlib.Path, *options: str) -> list:
    subprocess.run([writer, folder, *options], check=True)
    return json.loads((folder / "models.json").read_text())


class Shrinker:
    """Makes a model that is answered differently smaller, as long as it is: draws of its numbers, the first of which
    are of shapes and attributes, give their least value."""

    MOST_DRAWS = 64
    MOST_ROUNDS = 12

    def __init__(self, writer: pathlib.Path, judge_name: str, python: str) -> None:
        self.writer, self.judge_name, self.python = writer, judge_name, python

    def differing(self, model: dict, variants: list) -> list:
        """What differs in each variant, which is a list of draws; empty where nothing does."""
        seed = model["name"].rsplit("-", 1)[1]
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            written = write_models(self.writer, folder, f"--seed={seed}", f"--operators={model['operator']}",
                                   *(f"--least={','.join(map(str, draws))}" for draws in variants))
            answers = judge(self.judge_name, self.python, folder, [variant["name"] for variant in written])
            found = [("", "")] * len(variants)
            for variant in written:
                answer = answers[variant["name"]]
                if "refused" in answer or variant["refused"]:
                    continue
                output = (folder / f"{variant['name']}.output").read_bytes()
                what = difference(model["operator"], output, answer)
                found[int(variant["name"].rsplit("-", 1)[1])] = (what, variant["text"])
            return found

    def smallest(self, model: dict) -> str:
        """The smallest that is found, and how it is made again."""
        kept, text, what = [], model["text"], ""
        left = list(range(min(model["draws"], self.MOST_DRAWS)))
        for _ in range(self.MOST_ROUNDS):
            single = self.differing(model, [[*kept, draw] for draw in left]) if left else []
            left = [draw for draw, (differs, _) in zip(left, single) if differs]
            if not left:
                break
            # As many at once as still differ: all, half of them, a quarter...
            counts = [len(left) >> shift for shift in range(len(left).bit_length())]
            several = self.differing(model, [[*kept, *left[:count]] for count in counts])
            count, (what, text) = next((count, found) for count, found in zip(counts, several) if found[0])
            kept, left = [*kept, *left[:count]], left[count:]
        if not kept:
            return "no smaller one differs"
        seed = model["name"].rsplit("-", 1)[1]
        return (f"{what}: {text}\n    write_random_models FOLDER --seed={seed} --operators={model['operator']} "
                f"--least={','.join(map(str, kept))}")


def noted_differences() -> dict:
    """The types of operators on which TensorFlow Lite answers otherwise than TensorFlow Lite Micro, by their records.

    A note is clauses, separated by semicolons, each of types, a colon, and what differs.
    """
    listed = subprocess.run([ROOT / "build/release/bin/boardless", "model", "operators", "-f", "json"], check=True,
                            stdout=subprocess.PIPE)
    return {row["name"]: {word.strip() for clause in row["lite_note"].split(";") if ":" in clause
                          for word in clause.split(":")[0].split(",")}
            for row in json.loads(listed.stdout)["operators"] if row["lite_note"]}


def data_type(text: str) -> str:
    """The type of a model's first input that is data."""
    found = re.search(r", input (?:(\w+) )?\d+(?:x\d+)*(?= |,|$)", text)
    return (found.group(1) or "float32") if found else ""


class Comparison:
    """What the judges say of all models, by operator."""

    def __init__(self, folder: pathlib.Path, noted: dict, shrinkers: dict) -> None:
        self.folder, self.noted, self.shrinkers = folder, noted, shrinkers
        self.rows = collections.defaultdict(collections.Counter)
        self.reasons = collections.defaultdict(collections.Counter)
        self.shown = collections.Counter()
        self.all_equal = True

    def difference(self, model: dict, answer: dict) -> str:
        return difference(model["operator"], (self.folder / f"{model['name']}.output").read_bytes(), answer)

    def show(self, judge_name: str, model: dict, what: str) -> None:
        self.shown[judge_name, model["operator"]] += 1
        if self.shown[judge_name, model["operator"]] <= SHOWN:
            print(f"{model['name']}: {judge_name}: {what}: {model['text']}")
        if self.shown[judge_name, model["operator"]] == 1 and judge_name in self.shrinkers:
            print(f"  smaller: {self.shrinkers[judge_name].smallest(model)}")

    def ask_first(self, model: dict, answer: dict) -> bool:
        """Whether TensorFlow Lite Micro and boardless answer alike."""
        row, reasons = self.rows[model["operator"]], self.reasons[model["operator"]]
        row["models"] += 1
        row["refused by the judge"] += "refused" in answer
        row["refused by us"] += bool(model["refused"])
        row["by us alone"] += bool(model["refused"]) and "refused" not in answer
        if "refused" in answer:
            reasons[f"judge: {answer['refused']}"] += 1
        if model["refused"]:
            reasons[f"us: {model['refused']}"] += 1
        if "refused" in answer or model["refused"]:
            return False
        fault, is_met = FAULTS.get(model["operator"], ("", lambda text: False))
        if is_met(model["text"]):
            reasons[f"judge's fault: {fault}"] += 1
            row["judge's fault"] += 1
            return False
        what = self.difference(model, answer)
        row["compared"] += 1
        row["equal"] += not what
        if what:
            self.all_equal = False
            self.show("tflite-micro", model, what)
        return not what

    def ask_second(self, model: dict, answer: dict) -> None:
        row = self.rows[model["operator"]]
        if "refused" in answer:
            row["TFLite refuses"] += 1
            self.reasons[model["operator"]][f"TFLite: {answer['refused']}"] += 1
            return
        what = self.difference(model, answer)
        row["TFLite equal"] += not what
        row["TFLite differs"] += bool(what)
        if what and data_type(model["text"]) not in self.noted.get(model["operator"], ()):
            self.all_equal = False
            self.show("ai-edge-litert", model, what)

    def print(self, columns: list, with_reasons: bool) -> None:
        print("operator".ljust(28), *columns, sep="  ")
        for operator, row in sorted(self.rows.items()):
            row["ULP"] = farthest[operator]
            print(operator.ljust(28), *(str(row[c]).rjust(len(c)) for c in columns), sep="  ")
            if with_reasons:
                for reason, count in self.reasons[operator].most_common(5):
                    print(f"    {count} x {' '.join(reason.split())[:200]}")


def compared(models: list, folder: pathlib.Path, pythons: dict, shrinkers: dict) -> Comparison:
    """What the first judge says of all models, and the second, where there is one, of those that it answers alike."""
    first, *second = pythons
    answers = judge(first, pythons[first], folder, [model["name"] for model in models])
    comparison = Comparison(folder, noted_differences() if second else {}, shrinkers)
    alike = [model for model in models if comparison.ask_first(model, answers[model["name"]])]
    for name in second:
        answers = judge(name, pythons[name], folder, [model["name"] for model in alike])
        for model in alike:
            comparison.ask_second(model, answers[model["name"]])
    return comparison


def compare_suite(models: pathlib.Path, python: str) -> list[dict]:
    """What TensorFlow Lite Micro says of the models below a folder: a row for each folder that holds some."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        written = write_models(build_writer(), folder, f"--models={models}")
        comparison = compared(written, folder, {"tflite-micro": python}, {})
    return [{"class": operator, **{column: row[column] for column in COLUMNS if column != "ULP"},
             "reasons": dict(comparison.reasons[operator])} for operator, row in sorted(comparison.rows.items())]


COLUMNS = ["models", "compared", "equal", "ULP", "refused by the judge", "refused by us", "by us alone", "judge's fault"]
SECOND_COLUMNS = ["TFLite equal", "TFLite differs", "TFLite refuses"]


def compare(arguments, folder: pathlib.Path) -> bool:
    writer = build_writer()
    pythons = {"tflite-micro": arguments.python}
    if arguments.litert:
        pythons["ai-edge-litert"] = arguments.litert
    if arguments.models:
        models = write_models(writer, folder, f"--models={arguments.models}")
        shrinkers = {}
    else:
        of = [f"--operators={arguments.operators}"] if arguments.operators else []
        models = write_models(writer, folder, f"--seed={arguments.seed}", f"--count={arguments.count}", *of)
        shrinkers = {name: Shrinker(writer, name, python) for name, python in pythons.items()}
    comparison = compared(models, folder, pythons, shrinkers)
    comparison.print(COLUMNS + (SECOND_COLUMNS if arguments.litert else []), arguments.reasons)
    return comparison.all_equal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0, help="of the first model of each operator")
    parser.add_argument("--count", type=int, default=200, help="models of each operator")
    parser.add_argument("--operators", default="", help="names, separated by commas; all by default")
    parser.add_argument("--models", type=pathlib.Path, metavar="FOLDER", help="asks about these models instead")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--litert", metavar="PYTHON", help="with ai-edge-litert and numpy: asks the second judge too")
    parser.add_argument("--reasons", action="store_true", help="why models are refused")
    parser.add_argument("--keep", type=pathlib.Path, help="folder to leave the models in")
    parser.add_argument("--child", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--judge", choices=JUDGES, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        run_models(arguments.child, arguments.judge)
        return
    if not arguments.models:
        print(f"seed {arguments.seed}, {arguments.count} models of each operator")
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if compare(arguments, arguments.keep or pathlib.Path(folder)) else 1)


if __name__ == "__main__":
    main()
