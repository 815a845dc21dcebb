"""Figures of docs/*.md that need what is no part of the project: recorded in docs/recorded.json.

    scripts/write_docs.py --record models=DIR          DIR holds the public models (scripts/fetch_test_data.sh)
    scripts/write_docs.py --record cmsis-nn=CHECKOUT   of Arm's CMSIS-NN, whose version is noted
    scripts/write_docs.py --record models=DIR --record kernels-for-size=FOLDER
                                                       share/boardless of a build that CMake was given
                                                       -DBOARDLESS_REFERENCE_OPTIMIZATION=-Os for
    scripts/write_docs.py --record models=DIR --record tflite-micro=VENV
                                                       a virtual environment with the package tflite-micro
    scripts/write_docs.py --record tflite-micro=VENV --record xmos-models=CHECKOUT --record mlonmcu-models=CHECKOUT
                                                       of github.com/xmos/ai_tools, whose integration_tests/models are
                                                       asked about, and github.com/tum-ei-eda/mlonmcu-models

A record is as old as it says; a table made of it is compared with the record, not with a new run.
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys

import compare_kernel_libraries
import compare_memory_with_tflite_micro
import compare_with_tflite_micro

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE = ROOT / "docs/recorded.json"
BUILD = ROOT / "build/release"
REAL_MODELS = ("kws_ref_model", "vww_96_int8", "ic_pretrainedResnet_quant", "person_detect",
               "micro_speech_quantized", "hello_world_int8", "riot_mnist_mlp")


def load() -> dict:
    return json.loads(FILE.read_text(encoding="utf-8"))


def rows(output, command: str) -> list[dict]:
    """The predictions of a command, with what the tables show."""
    kept = ("model", "target", "clock_hz", "macs", "cycles", "latency_ms")
    answers = json.loads(output(command + " -f json"))["predictions"]
    return [{**{key: answer[key] for key in kept}, "flash_bytes": answer["flash"]["total_bytes"],
             "layers": [[layer["op"], layer["macs"], layer["cycles"]] for layer in answer["layers"]]}
            for answer in answers]


def version_of(checkout: pathlib.Path) -> str:
    return subprocess.run(["git", "-C", str(checkout), "describe", "--tags", "--always"], text=True,
                          capture_output=True, check=True).stdout.strip()


def record_models(output, folders: dict, record: dict) -> None:
    folder = folders["models"]
    files = [folder / f"{name}.tflite" for name in REAL_MODELS]
    there = [shlex.quote(str(file)) for file in files if file.exists()]
    record["real_models"] = rows(output, f"boardless predict {' '.join(there)} -t stm32l4r5zi-single-bank")
    record_overlapped(output, folder, record)
    for kernels in ("reference", "optimized"):
        record["riot_mnist"][kernels] = mnist(output, folder, f"-t stm32f446re -k {kernels}")


def mnist(output, folder: pathlib.Path, rest: str, environment: str = "") -> dict:
    model = shlex.quote(str(folder / "riot_mnist_mlp.tflite"))
    digit = shlex.quote(str(folder / "inputs/riot_mnist_digit7_28x28.u8.bin"))
    return rows(output, f"{environment} boardless predict {model} -i {digit} {rest}".strip())[0]


def record_cmsis_nn(output, folders: dict, record: dict) -> None:
    folder = folders["cmsis-nn"]
    kernels = f"boardless predict kws ic -t stm32l4r5zi --kernels {shlex.quote(str(folder))} --kernel-flags=-O3"
    record["cmsis_nn"] = {"version": version_of(folder), "slow": rows(output, f"{kernels} --clock 16"),
                          "fast": rows(output, kernels)}
    record["kernel_libraries"] = {**compare_kernel_libraries.compare(folder, BUILD), "version": version_of(folder)}


def record_kernels_for_size(output, folders: dict, record: dict) -> None:
    data = f"BOARDLESS_DATA={shlex.quote(str(folders['kernels-for-size']))}"
    models = folders["models"]
    record["riot_mnist"]["built_for_size"] = mnist(output, models, "-t stm32f446re -k reference", data)
    what_if = "extends: stm32f446re\\ndescription: no accelerator\\nmemories: [{name: flash, fetch: null, data: null}]\\n"
    output(f"printf '{what_if}' | tee art_off.yaml")
    record["riot_mnist"]["built_for_size_without_art"] = mnist(output, models, "-t ./art_off.yaml -k reference", data)


def record_tflite_micro(_, folders: dict, record: dict) -> None:
    if "models" not in folders:
        return
    program = compare_memory_with_tflite_micro.ROOT / "build/release/bin/boardless"
    record["tflite_micro_memory"] = compare_memory_with_tflite_micro.compare(
        folders["models"], str(program), str(folders["tflite-micro"] / "bin/python"))


def record_suite(name: str, below: str):
    def record_models_of(_, folders: dict, record: dict) -> None:
        python = str(folders["tflite-micro"] / "bin/python")
        record.setdefault("operator_suites", {})[name] = {
            "version": version_of(folders[name]),
            "rows": compare_with_tflite_micro.compare_suite(folders[name] / below, python)}
    return record_models_of


# Arena bytes of the MCUNet family by planner, with kernels of each library.
def record_overlapped(output, folder: pathlib.Path, record: dict) -> None:
    record["overlapped"] = [
        arena_row(output, shlex.quote(str(folder / f"{name}.tflite")), name, target, kernels)
        for name in OVERLAPPED_MODELS for target, kernels in ARENA_TARGETS if (folder / f"{name}.tflite").exists()]


def arena_row(output, model: str, name: str, target: str, kernels: str) -> dict:
    sizes = {}
    for planner in ("greedy_by_size", "overlapped"):
        answer = json.loads(output(f"boardless predict {model} -t {target} -k {kernels} --planner {planner} -f json"))
        prediction = answer["predictions"][0]
        assert prediction["bit_exact"], f"{name} on {target} with {planner}"
        sizes[planner] = prediction["sram"]["arena_bytes"]
    return {"model": name, "kernels": prediction["kernels"], **sizes}


OVERLAPPED_MODELS = ("mcunet_320kb_1mb_imagenet", "wakevision_mcunet-10fps_vww")
ARENA_TARGETS = (("ideal-cortex-m3", "reference"), ("ideal-cortex-m4", "auto"), ("ideal-cortex-m55", "auto"))


RECORDERS = {"models": record_models, "cmsis-nn": record_cmsis_nn, "kernels-for-size": record_kernels_for_size,
             "tflite-micro": record_tflite_micro,
             "xmos-models": record_suite("xmos-models", "integration_tests/models"),
             "mlonmcu-models": record_suite("mlonmcu-models", ".")}
NEEDS = {"kernels-for-size": "models", "xmos-models": "tflite-micro", "mlonmcu-models": "tflite-micro"}


def record(output, wanted: list[str]) -> None:
    """Runs what is asked for and writes docs/recorded.json."""
    folders = {}
    for word in wanted:
        name, _, folder = word.partition("=")
        folders[name] = pathlib.Path(folder).resolve()
        if name not in RECORDERS or not folders[name].is_dir():
            sys.exit(f"write_docs: --record {word}: one of {', '.join(RECORDERS)}, and a folder that is there")
    for name, needed in NEEDS.items():
        if name in folders and needed not in folders:
            sys.exit(f"write_docs: --record {name} needs {needed}=, too")
    records = load()
    for name in folders:
        RECORDERS[name](output, folders, records)
    # A layer on one line.
    text = re.sub(r'\[\s+("[^"]*"),\s+(\d+),\s+(\d+)\s+\]', r"[\1, \2, \3]", json.dumps(records, indent=1))
    FILE.write_text(text + "\n", encoding="utf-8")
