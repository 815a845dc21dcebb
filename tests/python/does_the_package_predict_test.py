"""Does predict() answer what the command line answers, and say what went wrong?"""

import json
import os
import subprocess
import threading
import time

import pytest

import boardless


def command(*words):
    done = subprocess.run(
        [os.environ["BOARDLESS"], *words, "--format", "json"], capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


def test_it_answers_as_the_command_does():
    answer = boardless.predict(["kws", "ad"], ["stm32f446re", "rp2040", "ethos-u55-128"])
    expected = command("predict", "kws", "ad", "-t", "stm32f446re,rp2040,ethos-u55-128")
    assert answer.document == expected
    assert [(row.model, row.target) for row in answer] == [
        (row["model"], row["target"]) for row in expected["predictions"]
    ]


def test_figures_have_their_types():
    prediction = boardless.predict("kws", "stm32f446re")[0]
    assert prediction.fits and prediction.bit_exact
    assert sum(prediction.stalls.values()) == prediction.cycles
    assert prediction.latency_ms == pytest.approx(1e3 * prediction.cycles / prediction.clock_hz)
    assert sum(layer.cycles for layer in prediction.layers) <= prediction.cycles
    assert prediction.sram.total_bytes <= prediction.sram.capacity_bytes


def test_options_reach_the_question():
    slow = boardless.predict("kws", "stm32f446re", clock_hz=16_000_000)[0]
    assert slow.clock_hz == 16_000_000
    reference = boardless.predict("kws", "stm32f446re", kernels="reference")[0]
    assert reference.kernels == "reference"
    usb2 = boardless.predict("kws", "coral-usb3", link="usb2")[0]
    assert usb2.latency_ms > boardless.predict("kws", "coral-usb3")[0].latency_ms


def test_outputs_are_arrays():
    numpy = pytest.importorskip("numpy")
    inputs = numpy.zeros(49 * 10, dtype=numpy.int8)
    answer = boardless.predict("kws", "stm32f446re", input=inputs)
    (output,) = answer.outputs["kws"]
    assert output.shape == (1, 12) and output.dtype == numpy.int8
    again = boardless.predict("kws", "stm32f446re", input=inputs.tobytes())
    assert (again.outputs["kws"][0] == output).all()


def test_bytes_are_a_model(tmp_path):
    file = tmp_path / "kws.tflite"
    subprocess.run([os.environ["BOARDLESS"], "model", "make", "kws", "-o", str(file)], check=True)
    of_bytes = boardless.predict(file.read_bytes(), "stm32f446re")[0]
    assert of_bytes.cycles == boardless.predict("kws", "stm32f446re")[0].cycles
    assert of_bytes.model_sha256 == boardless.predict(file, "stm32f446re")[0].model_sha256


def test_a_batch_survives(tmp_path):
    broken = tmp_path / "broken.tflite"
    broken.write_bytes(b"no model")
    answer = boardless.predict(["kws", broken], "stm32f446re")
    assert len(answer) == 1
    (row,) = answer.unanswered
    assert row.kind == "bad_input" and "broken" in row.model


@pytest.mark.parametrize(
    ("models", "targets", "options", "said"),
    [
        ("kws", "stm32f44", {}, "did you mean"),
        ("kwz", "stm32f446re", {}, "kwz"),
        (b"no model", "stm32f446re", {}, "model_0.tflite"),
        ("kws", "stm32f446re", {"kernels": "fastest"}, "fastest"),
        ("kws", "stm32f446re", {"planner": "best"}, "greedy_by_size"),
        ("kws", "coral-usb3", {"device_use": "both"}, "pipelined"),
        ("kws", "coral-usb3", {"link": "radio"}, "radio"),
        ("kws", "stm32f446re", {"clock_hz": 999_000_000}, "999"),
    ],
)
def test_bad_input_is_an_exception(models, targets, options, said):
    with pytest.raises(boardless.InputError, match=said) as raised:
        boardless.predict(models, targets, **options)
    assert isinstance(raised.value, ValueError)


def test_wrong_types_are_pythons_own_errors():
    with pytest.raises(TypeError):
        boardless.predict("kws", "stm32f446re", invocations="many")


def test_frames_have_a_row_for_each():
    pytest.importorskip("pandas")
    answer = boardless.predict(["kws", "ad"], "stm32f446re")
    frame = answer.to_frame()
    assert list(frame["model"]) == ["kws", "ad"]
    assert (frame["sram_total_bytes"] > 0).all()
    assert len(answer[0].to_frame()) == len(answer[0].layers)


def test_progress_is_told():
    told = []
    boardless.predict("ic", ["stm32f746ng", "ra8d1"], progress=lambda *how_far: told.append(how_far))
    assert all(0 <= done <= total for done, total, _ in told)


def test_a_failing_progress_ends_the_call():
    def fail(done, total, what):
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        boardless.predict("mobilenet_v2", "all", progress=fail)
    assert time.monotonic() - began < 60  # all of it takes minutes
    assert not [thread for thread in threading.enumerate() if thread.name == "boardless"]


def test_threads_do_not_disturb_each_other():
    expected = [boardless.predict("kws", "rp2040")[0].cycles, boardless.predict("ad", "rp2350")[0].cycles]
    found = {}

    def ask(model, target, times):
        for _ in range(times):
            found.setdefault(model, set()).add(boardless.predict(model, target)[0].cycles)

    threads = [
        threading.Thread(target=ask, args=("kws", "rp2040", 5)),
        threading.Thread(target=ask, args=("ad", "rp2350", 5)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"kws": {expected[0]}, "ad": {expected[1]}}
