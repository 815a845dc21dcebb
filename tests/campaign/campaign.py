"""Drives the built program with hostile files, guests and hosts, and counts how each run ends.

A case is told by its kind, the seed and a number alone, so `--replay KIND:SEED:NUMBER` makes it again.
"""

import argparse
import collections
import concurrent.futures
import functools
import itertools
import os
import pathlib
import random
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

import campaign_record
import judge
from case import Seeds
from kinds import KINDS

RECORD_EVERY = 60  # seconds


def make_case(name, seeds):
    kind, _, _ = name.split(":")
    return KINDS[kind](random.Random(name), seeds)


def run_case(name, seeds, program, data, keep=None):
    case = make_case(name, seeds)
    # Sanitizers reserve terabytes of addresses.
    if resource.RLIMIT_AS in case.limits and is_sanitized(program):
        case.limits = {}
    return judge.run(case, program, data, keep)


@functools.cache
def is_sanitized(program):
    with open(program, "rb") as file:
        return b"__asan_init" in file.read()


def save(name, arguments):
    """Keeps a finding: its files, and a script that runs it."""
    folder = pathlib.Path(arguments.findings, name.replace(":", "-"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    case = make_case(name, arguments.seeds)
    environment = judge.lay_out(case, folder, pathlib.Path(arguments.data))
    words = [arguments.program, *case.arguments]
    data = "BOARDLESS_DATA=data " if "BOARDLESS_DATA" in environment and case.data else ""
    (folder / "run.sh").write_text(f"#!/bin/sh\n# {name}\ncd \"$(dirname \"$0\")\"\n"
                                   f"{data}XDG_CACHE_HOME=cache {shlex.join(words)}\n")
    return folder


def names_of(kinds, seed, cases):
    """Kind by kind in turn; without end unless `cases` of each are asked for."""
    for number in itertools.count() if cases is None else range(cases):
        for kind in kinds:
            yield f"{kind}:{seed}:{number}"


class Counts:
    def __init__(self):
        self.by_kind = collections.defaultdict(collections.Counter)
        self.cpu_seconds = 0.0
        self.findings = []

    def add(self, name, verdict, arguments):
        self.by_kind[name.split(":")[0]][verdict.outcome] += 1
        self.cpu_seconds += verdict.seconds
        if verdict.complaint:
            self.findings.append(name)
            folder = save(name, arguments)
            print(f"{name}: {verdict.complaint}; {folder}/run.sh", flush=True)

    def write(self, record):
        record.write(self.by_kind, self.cpu_seconds, self.findings)


def run_all(arguments):
    counts = Counts()
    names = names_of(arguments.kinds or list(KINDS), arguments.seed, arguments.cases)
    end = time.monotonic() + (arguments.hours * 3600 if arguments.hours else float("inf"))
    most_cpu = arguments.cpu_hours * 3600 if arguments.cpu_hours else float("inf")
    recorded = time.monotonic()
    with concurrent.futures.ProcessPoolExecutor(arguments.jobs) as pool:
        running = {}
        while True:
            if arguments.record and time.monotonic() > recorded + RECORD_EVERY:
                counts.write(arguments.record)
                recorded = time.monotonic()
            while time.monotonic() < end and counts.cpu_seconds < most_cpu and len(running) < 2 * arguments.jobs:
                name = next(names, None)
                if name is None:
                    break
                running[pool.submit(run_case, name, arguments.seeds, arguments.program, arguments.data)] = name
            if not running:
                return counts
            done, _ = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                counts.add(running.pop(future), future.result(), arguments)


def replay(arguments):
    folder = save(arguments.replay, arguments)
    work = folder / "replayed"
    work.mkdir()
    verdict = run_case(arguments.replay, arguments.seeds, arguments.program, arguments.data, keep=work)
    sys.stderr.buffer.write((work / ".stderr0").read_bytes() if (work / ".stderr0").exists() else b"")
    print(f"{arguments.replay}: {verdict.outcome} {verdict.complaint or ''}; {folder}/run.sh")
    return 1 if verdict.complaint else 0


def campaign(arguments):
    print(f"seed {arguments.seed}", flush=True)
    counts = run_all(arguments)
    print(campaign_record.table(counts.by_kind) + f"\n{counts.cpu_seconds / 3600:.2f} hours of CPU, {len(counts.findings)} findings")
    if arguments.record:
        counts.write(arguments.record)
    return 1 if counts.findings else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="; ".join(KINDS))
    parser.add_argument("--program", required=True, help="the built boardless")
    parser.add_argument("--data", required=True, help="its share/boardless")
    parser.add_argument("--make-seeds", required=True, help="the built make_seed_corpus")
    parser.add_argument("--findings", default="findings", help="where findings are kept")
    parser.add_argument("--hours", type=float, help="by the clock")
    parser.add_argument("--cpu-hours", type=float, help="of the program itself")
    parser.add_argument("--cases", type=int, help="of each kind; without it, until the time is over")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--record", metavar="FILE.json", help="add the counts to the runs recorded here")
    parser.add_argument("--replay", metavar="KIND:SEED:NUMBER")
    arguments = parser.parse_args()
    for kind in arguments.kinds:
        if kind not in KINDS:
            parser.error(f"no kind '{kind}'; known are {', '.join(KINDS)}")
    if not arguments.replay and not (arguments.hours or arguments.cpu_hours or arguments.cases):
        parser.error("--hours, --cpu-hours or --cases says how long")
    arguments.program, arguments.data = os.path.abspath(arguments.program), os.path.abspath(arguments.data)
    if arguments.record:
        build = "sanitized" if is_sanitized(arguments.program) else "release"
        arguments.record = campaign_record.Record(arguments.record, arguments.program, arguments.seed, build)
    with tempfile.TemporaryDirectory(prefix="seeds") as folder:
        subprocess.run([arguments.make_seeds, folder], check=True)
        arguments.seeds = Seeds(folder)
        return replay(arguments) if arguments.replay else campaign(arguments)


if __name__ == "__main__":
    sys.exit(main())
