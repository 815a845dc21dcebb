#!/usr/bin/env python3
"""Writes the serial commands that load one input into an MLPerf Tiny firmware and run inferences.

    scripts/mlperf_commands.py input.bin --inferences 5 > commands.txt
    boardless run firmware.bin@0x08000000 -t stm32l4r5zi -i commands.txt \\
        --uart-prompt 'm-ready\\r\\n' --uart-line-end ''

The latency is the difference of the two m-lap-us lines of an `infer`, divided by its inferences. The
protocol is documented with the benchmark (mlcommons/tiny, benchmark/api); a command ends in '%' and is at
most 80 characters long.
"""
import argparse
import pathlib

BYTES_PER_LINE = 31  # as the benchmark's own runner sends them

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("input", type=pathlib.Path, help="bytes of the input tensor")
parser.add_argument("--inferences", type=int, default=5)
parser.add_argument("--warmups", type=int, default=1)
arguments = parser.parse_args()

data = arguments.input.read_bytes()
print("name%")
print("profile%")
print(f"db load {len(data)}%")
for start in range(0, len(data), BYTES_PER_LINE):
    print(f"db {data[start:start + BYTES_PER_LINE].hex()}%")
print(f"infer {arguments.inferences} {arguments.warmups}%")
print("results%")
