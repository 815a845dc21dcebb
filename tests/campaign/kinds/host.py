"""A host that fails: a full disk, streams that are closed, signals, no memory, two at once."""

import resource
import signal

from case import Case
from kinds import tiny_library


def make(random, seeds):
    what = random.choice(["stream", "full", "signal", "memory", "pair", "disk", "pair that compiles"])
    if what == "disk":
        return make_on_a_disk(random, seeds)
    if what == "pair that compiles":
        case = make_compiling(random, seeds, "out")
        case.at_once = 2
        return case
    case = Case(random.choice([
        ["predict", "m.tflite", "-t", "ideal-cortex-m4", "-f", "json", "-o", "out", "--report", "page.html"],
        ["predict", "kws", "-t", "ideal-cortex-m4", "-f", "json"],
        ["model", "make", "kws", "-o", "out"],
        ["run", "f.elf", "-t", "ideal-cortex-m4", "--max-cycles", "100000", "--profile", "p", "-f", "json",
         "-o", "out"],
        ["run", "f.elf", "-t", "ideal-cortex-m4", "--semihosting-in", "-"],
        ["model", "show", "-"],
        ["targets"],
    ]), files_of(seeds), outputs=["out", "page.html", "p"], raw_output=True)
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


def files_of(seeds):
    return {"m.tflite": seeds.named("tflite", "every_operator"), "f.elf": seeds.named("elf", "hello")}


def make_compiling(random, seeds, output):
    """A library that is whole: compiled, linked and run, some of it from a cache that is there already."""
    model = seeds.named("tflite", random.choice(["every_operator", "uint8"]))
    return Case(["predict", "m.tflite", "-t", random.choice(["ideal-cortex-m4", "ideal-cortex-m0plus"]),
                 "--kernels", "lib", "-f", "json", "-o", output], {"m.tflite": model, **tiny_library.FILES},
                data=tiny_library.DATA, outputs=["out"], patience=30)


def make_on_a_disk(random, seeds):
    """Results and cache on a file system of their own, which may be too small for them."""
    if random.random() < 0.3:
        case = make_compiling(random, seeds, "disk/out")
        case.environment["XDG_CACHE_HOME"] = "disk/cache"
    else:
        case = Case(random.choice([
            ["predict", "m.tflite", "-t", "ideal-cortex-m4", "-f", "json", "-o", "disk/out",
             "--report", "disk/page.html"],
            ["predict", "m.tflite", "-t", "ideal-cortex-m4", "--save-output", "disk/{model}.bin", "-o", "disk/out",
             "-f", "json"],
            ["model", "make", "kws", "-o", "disk/out"],
            ["run", "f.elf", "-t", "ideal-cortex-m4", "--max-cycles", "100000", "--profile", "disk/p",
             "--trace", "disk/t", "-f", "json", "-o", "disk/out"],
        ]), files_of(seeds), outputs=["out"], raw_output=True)
    case.disk = random.choice([4, 8, 16, 64, 256, 1024, 4096]) << 10
    return case
