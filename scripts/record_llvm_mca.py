#!/usr/bin/env python3
"""Records what LLVM's scheduling models say of the snippets in tests/cost_models/golden/llvm_mca.yaml.

Rewrites each `llvm:` figure: cycles per repetition, from llvm-mca-19 (Debian package llvm-19), as the growth
between 200 and 400 repetitions, so that ramp-up does not count. Everything else stays. scripts/write_docs.py then
puts the table into docs/core_timing.md.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).parent.parent
GOLDEN = ROOT / "tests/cost_models/golden/llvm_mca.yaml"
TRIPLES = {"cortex-m33": "thumbv8m.main-none-eabi", "cortex-m55": "thumbv8.1m.main-none-eabi",
           "cortex-m85": "thumbv8.1m.main-none-eabi"}


def total_cycles(code: str, cpu: str, repetitions: int) -> int | None:
    """Nothing where llvm-mca itself fails (19.1.7 crashes on post-indexed loads)."""
    triple = TRIPLES.get(cpu, "thumbv7em-none-eabi")
    result = subprocess.run(
        ["llvm-mca-19", f"-mtriple={triple}", f"-mcpu={cpu}", f"-iterations={repetitions}"],
        input=code.replace(";", "\n"), capture_output=True, text=True, check=False)
    if result.returncode != 0:
        return None
    return int(re.search(r"^Total Cycles:\s+(\d+)", result.stdout, re.MULTILINE).group(1))


def table(golden: str) -> str:
    rows = ["| snippet | core | LLVM | boardless | why they differ |", "|---|---|---|---|---|"]
    name = ""
    for line in golden.splitlines():
        if found := re.match(r"  - name: (.*)", line):
            name = found.group(1)
        if found := re.match(r'\s+(cortex-m\d+): \{llvm: (.*), boardless: (.*), why: "(.*)"\}', line):
            rows.append(f"| {name} | {' | '.join(found.groups())} |")
            name = ""
    return "\n".join(rows)


def main() -> None:
    lines, code = [], ""
    for line in GOLDEN.read_text().splitlines():
        if found := re.match(r'\s+code: "(.*)"', line):
            code = found.group(1)
        if found := re.match(r"(\s+)(cortex-m\d+): \{llvm: [^,]*, (.*)", line):
            indent, cpu, rest = found.groups()
            short, long = total_cycles(code, cpu, 200), total_cycles(code, cpu, 400)
            cycles = "~" if short is None or long is None else f"{(long - short) / 200:g}"
            line = f"{indent}{cpu}: {{llvm: {cycles}, {rest}"
        lines.append(line)
    GOLDEN.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
