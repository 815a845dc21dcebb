"""Damaged texts: YAML of every kind, and the JSON of a validation's record."""

import re

from case import Case
from mutate import change_bytes

NUMBERS = ["0", "-1", "1", "2", "255", "4294967295", "4294967296", "18446744073709551615", "18446744073709551616",
           "1e308", "1e999", "-1e308", "1e-320", "0x", "0xffffffff", "0x100000000", ".inf", ".nan", "nan", "1_000",
           "3.", "+5", "''", "null", "~", "[1]", "{a: 1}", "true", "9" * 400]
TEXTS = ["", "\x1b[31mred\x1b[0m", "=cmd|' /C calc'!A0", "../../../etc/passwd", "a" * 5000, "\u202e", "a\nb", "*", "[a"]


def change_number(random, line):
    found = list(re.finditer(r"(?<![\w.])-?(0x[0-9a-fA-F]+|[0-9]+(\.[0-9]+)?)(?![\w.])", line))
    if not found:
        return line
    number = random.choice(found)
    return line[:number.start()] + random.choice(NUMBERS) + line[number.end():]


def change_line(random, lines, at):
    """The lines that take the place of one."""
    line = lines[at]
    indent = line[:len(line) - len(line.lstrip())]
    key = line.split(":")[0]
    return random.choice([
        lambda: [],
        lambda: [line, line],
        lambda: [line.replace(key.strip(), key.strip()[:-1] + "x", 1)],
        lambda: [change_number(random, line)],
        lambda: [change_number(random, line)],
        lambda: [key + ": " + random.choice(NUMBERS)],
        lambda: [key + ": " + repr(random.choice(TEXTS))],
        lambda: [key + ": \"" + random.choice(TEXTS).replace("\n", "\\n").replace("\x1b", "\\e") + "\""],
        lambda: [key + ": &a " + "[" * random.choice([1, 60, 70, 3000]) + "*a"],
        lambda: [indent + "<<: *a", line],
        lambda: [key + ": &a", line],
        lambda: [key + ": !replace {a: 1}"],
        lambda: [indent + "  " + line],
        lambda: [line.strip()],
        lambda: [random.choice(lines)],
        lambda: [line, indent + "extends: " + random.choice(["f", "./f.yaml", "cortex-m4", "stm32f446re", "x"])],
    ])()


def many_aliases():
    """Each list holds the one before nine times."""
    return ["a0: &a0 [1]"] + ["a{}: &a{} [{}]".format(i, i, ", ".join(["*a" + str(i - 1)] * 9)) for i in range(1, 12)]


def damaged(random, data):
    lines = data.decode().splitlines()
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        candidates = [i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
        if not candidates:
            break
        at = random.choice(candidates)
        lines[at:at + 1] = change_line(random, lines, at)
    if random.random() < 0.03:
        lines += many_aliases()
    bytes_ = bytearray("\n".join(lines).encode(errors="surrogatepass") + b"\n")
    return bytes(change_bytes(random, bytes_) if random.random() < 0.1 else bytes_)


def model(seeds):
    return {"m.tflite": seeds.named("tflite", "every_operator")}


def make_target(random, seeds):
    _, data = seeds.choose("target", random)
    files = {"f.yaml": damaged(random, data), "f.elf": seeds.named("elf", "hello"), **model(seeds)}
    return Case(random.choice([["targets", "show", "./f.yaml"], ["predict", "m.tflite", "-t", "./f.yaml"],
                               ["run", "f.elf", "-t", "./f.yaml", "--max-cycles", "20000", "--uart-out", "serial"]]),
                files)


def make_accelerator(random, seeds):
    _, data = seeds.choose("accelerator", random)
    return Case(random.choice([["targets", "show", "./f.yaml"], ["predict", "m.tflite", "-t", "./f.yaml", "--layers"]]),
                {"f.yaml": damaged(random, data), **model(seeds)})


def make_core(random, seeds):
    name, data = seeds.choose("core", random)
    return Case(["predict", "m.tflite", "-t", "ideal-" + name.removesuffix(".yaml")], model(seeds),
                data={"targets/cores/" + name: damaged(random, data)})


# A chip that has the family's peripherals, and a program that it boots.
FAMILIES = {"stm32f4.yaml": ("stm32f446re", "hello"), "stm32f7.yaml": ("stm32f746ng", "hello"),
            "stm32l4plus.yaml": ("stm32l4r5zi", "hello"), "stm32u5.yaml": ("stm32u575zi", "hello"),
            "riscv-ideal.yaml": ("ideal-hazard3", "riscv")}


def make_peripherals(random, seeds):
    name = random.choice(sorted(FAMILIES))
    target, program = FAMILIES[name]
    return Case(["run", "f.elf", "-t", target, "--max-cycles", "20000", "--uart-out", "serial"],
                {"f.elf": seeds.named("elf", program)},
                data={"targets/peripherals/" + name: damaged(random, seeds.named("peripherals", name))})


def make_runtime(random, seeds):
    name, data = seeds.choose("runtime", random)
    return Case(["predict", "m.tflite", "-t", "ideal-cortex-m4", "--runtime", name.removesuffix(".yaml")],
                model(seeds), data={"targets/runtimes/" + name: damaged(random, data)})


def make_zoo(random, seeds):
    name = random.choice(["kws.yaml", "ic.yaml", "ad.yaml", "vww.yaml", "lenet5.yaml"])
    if name not in seeds.names("zoo_topology"):
        name, _ = seeds.choose("zoo_topology", random)
    return Case(["model", "show", name.removesuffix(".yaml")],
                data={"zoo/" + name: damaged(random, seeds.named("zoo_topology", name))})


def make_descriptor(random, seeds):
    name, data = seeds.choose("library_descriptor", random)
    return Case(["predict", "m.tflite", "-t", "ideal-cortex-m4", "--kernels", "lib"],
                {"lib/Include/arm_nnfunctions.h": b"\n",
                 "lib/Source/ConvolutionFunctions/arm_convolve_wrapper_s8.c": b"int f(void);\n", **model(seeds)},
                data={"kernel_sources/kernels/adapters/" + name: damaged(random, data)})


def make_suite(random, seeds):
    name, data = seeds.choose("validation_suite", random)
    return Case(["validate", "--list", "--sources", "."], data={"validation/suites/" + name: damaged(random, data)})


def make_points(random, seeds):
    return Case(["validate", "--accelerators", "-f", random.choice(["json", "table"])],
                data={"validation/points/accelerators.yaml": damaged(random, seeds.named("accelerator_points", "one"))})


def make_record(random, seeds):
    _, data = seeds.choose("validation_record", random)
    return Case(["validate", "--record", "f.json", "-f", random.choice(["json", "table", "csv", "markdown"])],
                {"f.json": damaged(random, data)})


def make_space(random, seeds):
    _, data = seeds.choose("space", random)
    # Small enough that what is left of it runs at once.
    small = damaged(random, data).replace(b"all operating points", b"16MHz").replace(b"targets: [all,", b"targets: [rp2040,")
    return Case(random.choice([["sweep", "f.yaml"], ["sweep", "f.yaml", "-f", "csv", "--no-store"],
                               ["sweep", "f.yaml", "--why", "0"], ["sweep", "f.yaml", "--dry-run"]]) +
                ["--prune", "fit,constraints,front"], {"f.yaml": small})


def make_budget(random, seeds):
    _, data = seeds.choose("budget", random)
    return Case(["check", "f.yaml"] + random.choice([[], ["--update"], ["--junit", "j.xml"], ["-f", "markdown"]]),
                {"f.yaml": damaged(random, data)}, outputs=["baseline.json", "j.xml"])


def make_store(random, seeds):
    data = bytearray(seeds.named("store", "two"))
    return Case(random.choice([["store", "ls"], ["store", "export"], ["store", "show", "0"],
                               ["store", "gc", "--all"], ["store", "merge", "f.db"]]) + ["--store", "s.db"],
                {"s.db": bytes(change_bytes(random, data)), "f.db": bytes(data)}, outputs=["s.db", "f.db"])
