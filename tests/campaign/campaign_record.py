"""The record of long campaigns, docs/recorded_campaigns.json: what each run counted, and its hours of CPU.

A run is told by its seed, its build and the version that was tried. It is written while it goes on, so that a
campaign that is stopped has counted what it did, and the hours of several runs add up.
"""

import collections
import json
import os
import pathlib
import subprocess

COLUMNS = ["answered", "answered no", "bad input", "not modelled", "guest fault", "interrupted",
           "ended by signal", "skipped", "finding"]


def table(by_kind):
    """Markdown: a row for each kind of case, how often it ended how, and their sum."""
    lines = ["| kind | runs | " + " | ".join(COLUMNS) + " |", "|---|" + "--:|" * (len(COLUMNS) + 1)]
    total = sum((collections.Counter(counts) for counts in by_kind.values()), collections.Counter())
    for kind, counts in [*sorted(by_kind.items()), ("all", total)]:
        cells = [f"{counts[column]:,}" if counts.get(column) else "" for column in COLUMNS]
        lines.append(f"| {kind} | {sum(counts.values()):,} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def summary(file):
    """Markdown for the documents: what all recorded runs come to."""
    runs = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))["runs"]
    by_kind = collections.defaultdict(collections.Counter)
    hours = collections.Counter()
    for run in runs:
        hours[run["build"]] += run["cpu_hours"]
        for kind, counts in run["counts"].items():
            by_kind[kind].update(counts)
    shares = ", ".join(f"{hours[build]:.1f} of the {build} build" for build in sorted(hours, reverse=True))
    seeds = ", ".join(str(run["seed"]) for run in runs)
    return (f"{sum(hours.values()):.1f} hours of CPU in the program itself ({shares}), seeds {seeds}:\n\n"
            + table(by_kind))


class Record:
    def __init__(self, file, program, seed, build):
        self.file = pathlib.Path(file)
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        self.key = {"version": said.split()[-1], "build": build, "seed": seed}

    def write(self, by_kind, cpu_seconds, findings):
        """Puts the run's figures in place of those that it wrote before."""
        runs = json.loads(self.file.read_text(encoding="utf-8"))["runs"] if self.file.exists() else []
        runs = [run for run in runs if any(run[key] != value for key, value in self.key.items())]
        runs.append({**self.key, "cpu_hours": round(cpu_seconds / 3600, 3), "findings": findings,
                     "counts": {kind: dict(sorted(counts.items())) for kind, counts in by_kind.items()}})
        written = self.file.with_name(self.file.name + ".tmp")
        written.write_text(json.dumps({"runs": runs}, indent=1) + "\n", encoding="utf-8")
        os.replace(written, self.file)
