"""Does check() judge a budget as the command line does, and the fixture fail a test?"""

import json
import os
import subprocess

import pytest

import boardless

pytest_plugins = ["boardless.pytest_plugin", "pytester"]

BUDGET = {"entries": [{"model": "mnist_mlp", "targets": ["stm32f446re"], "limits": {"cycles": "<= 10M", "sram": "<= 1 MiB"}}]}


def test_it_judges_as_the_command_does(tmp_path):
    file = tmp_path / "budget.yaml"
    file.write_text(json.dumps(BUDGET))
    result = boardless.check(file)
    done = subprocess.run(
        [os.environ["BOARDLESS"], "check", str(file), "--format", "json"], capture_output=True, check=True, text=True
    )
    assert result.document == json.loads(done.stdout)
    assert result and result.holds and len(result) == 3 and not result.broken


def test_a_broken_limit_is_told():
    budget = {"entries": [{**BUDGET["entries"][0], "limits": {"cycles": "<= 1"}}]}
    result = boardless.check(budget)
    assert not result
    (broken,) = result.broken
    assert broken.figure == "cycles" and broken.measured > 1
    assert str(broken).startswith("mnist_mlp on stm32f446re: cycles is ")


def test_a_budget_that_is_none_is_bad_input():
    with pytest.raises(boardless.InputError, match="nothing would be checked"):
        boardless.check({"entries": []})


def test_the_fixture_fails_the_test(pytester):
    pytester.makepyfile(
        test_budget=f"""
        budget = {BUDGET!r}
        def test_holds(boardless):
            assert boardless.check(budget).holds
            assert boardless.predict("mnist_mlp", "rp2040")[0].fits
        def test_is_over(boardless):
            budget["entries"][0]["limits"] = {{"latency": "<= 1 ns"}}
            boardless.check(budget)
        """
    )
    result = pytester.runpytest_inprocess("-p", "boardless.pytest_plugin", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*1 of 2 limits on 1 pair is broken*", "*latency is * ms, limit <= 1 ns*"])


def test_the_fixture_updates_baselines(pytester):
    pytester.path.joinpath("budget.yaml").write_text(
        "baseline: baseline.json\nentries: [{model: mnist_mlp, targets: rp2040, limits: {cycles: +0 %}}]\n"
    )
    pytester.makepyfile(test_budget='def test_holds(boardless):\n    boardless.check("budget.yaml")\n')
    words = ["-p", "boardless.pytest_plugin", "-p", "no:cacheprovider"]
    pytester.runpytest_inprocess(*words).assert_outcomes(failed=1)
    pytester.runpytest_inprocess(*words, "--boardless-update").assert_outcomes(passed=1)
    pytester.runpytest_inprocess(*words).assert_outcomes(passed=1)
