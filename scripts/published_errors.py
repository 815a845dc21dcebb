"""targets/published_errors.yaml: how far predicted latencies are from published ones, by core and accelerator."""
import json
import pathlib

FILE = pathlib.Path(__file__).resolve().parent.parent / "targets/published_errors.yaml"
PROGRAMS = "boardless validate --record docs/validation.json -f json"
ACCELERATORS = "boardless validate --accelerators -f json"
TARGETS = "boardless targets -f json"
COMMANDS = (PROGRAMS, ACCELERATORS, TARGETS)
HEAD = """\
# How far predicted latencies are from published ones: of a core, programs that were built again from the same
# source or ran as published, on any chip with it; of an accelerator, networks that served for no constant.
# Written by scripts/write_docs.py from what docs/accuracy.md shows.
errors:
"""


def text(output) -> str:
    """The file; output(command) is what a command prints."""
    core_of = {target["name"]: target["core"] for target in json.loads(output(TARGETS))["targets"]}
    errors = [(core_of[row["target"]], row["program"], row["predicted"]["error_percent"])
              for row in json.loads(output(PROGRAMS))["rows"]
              if row["status"] == "done" and row["basis"] != "other build"]
    errors += [(point["target"], point["point"], point["error_percent"])
               for point in json.loads(output(ACCELERATORS))["points"]
               if point["basis"] == "measured" and point["metric"] == "latency_ms"]
    return HEAD + "".join(f"  - {{of: {of}, point: {point}, error_percent: {error:.1f}}}\n" for of, point, error in errors)
