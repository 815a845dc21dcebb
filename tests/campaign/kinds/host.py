"""A host that fails: a full disk, streams that are closed, signals, no memory, two at once."""

import resource
import signal

from case import Case


def make(random, seeds):
    files = {"m.tflite": seeds.named("tflite", "every_operator"), "f.elf": seeds.named("elf", "hello")}
    case = Case(random.choice([
        ["predict", "m.tflite", "-t", "ideal-cortex-m4", "-f", "json", "-o", "out", "--report", "page.html"],
        ["predict", "kws", "-t", "ideal-cortex-m4", "-f", "json"],
        ["model", "make", "kws", "-o", "out"],
        ["run", "f.elf", "-t", "ideal-cortex-m4", "--max-cycles", "100000", "--profile", "p", "-f", "json",
         "-o", "out"],
        ["run", "f.elf", "-t", "ideal-cortex-m4", "--semihosting-in", "-"],
        ["model", "show", "-"],
        ["targets"],
    ]), files, outputs=["out", "page.html", "p"], raw_output=True)
    what = random.choice(["stream", "full", "signal", "memory", "pair"])
    if what == "stream":
        stream = random.choice(["stdin", "stdout", "stderr"])
        case.streams[stream] = random.choice([None, "/dev/full" if stream != "stdin" else "/dev/null"])
    elif what == "full":
        case.limits[resource.RLIMIT_FSIZE] = random.choice([0, 1, 100, 4096, 50000])
    elif what == "signal":
        case.signal = random.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, signal.SIGPIPE])
        case.signal_after = random.random() * 2
    elif what == "memory":
        case.limits[resource.RLIMIT_AS] = random.choice([200, 300, 400, 600]) << 20
    else:
        case.at_once = 2
    return case
