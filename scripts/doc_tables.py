"""The tables of README.md and docs/*.md that scripts/write_docs.py writes: one function each.

A function table_NAME(output) returns Markdown; output(command) is what a command prints.
"""
import json
import pathlib
import sys
import textwrap

import compare_kernel_libraries
import compare_memory_with_tflite_micro as memory
import doc_records
import record_llvm_mca

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests/campaign"))
import campaign_record  # noqa: E402
TINY = ("kws", "ic", "vww", "ad")
# What tables ask for, so that it can be run beside other things.
M4 = f"boardless predict {' '.join(TINY)} -t stm32f446re --clock 30 -f json"
HELIUM = f"boardless predict {' '.join(TINY)} -t ideal-cortex-m55,ideal-cortex-m85 -f json"
SCALAR_CORES = (("M0+", "ideal-cortex-m0plus"), ("M3", "ideal-cortex-m3"), ("ESP32-C3", "ideal-esp32-c3"),
                ("CV32E40P", "ideal-cv32e40p"), ("Hazard3", "ideal-hazard3"), ("E31", "ideal-sifive-e31"))
SCALAR = f"boardless predict {' '.join(TINY)} -t {','.join(target for _, target in SCALAR_CORES)} -f json"
SCALAR_REFERENCE = SCALAR + " --kernels reference"
DSP_SLOW = "boardless predict kws ic -t stm32l4r5zi --clock 16 -f json"
DSP_FAST = "boardless predict kws ic -t stm32l4r5zi -f json"
TARGETS = "boardless targets -f json"
NETWORKS = "boardless model list -f json"
OPERATORS = "boardless model operators -f json"
DOORBELL = "boardless predict vww -t stm32f446re,stm32u575zi,stm32h743zi -f json"
COMMANDS = (M4, HELIUM, SCALAR, SCALAR_REFERENCE, DSP_SLOW, DSP_FAST, TARGETS, NETWORKS, OPERATORS, DOORBELL)


def markdown(head: str, *rows: list[str]) -> str:
    """`head` as "name | >name": columns of numbers begin with >."""
    names = head.split(" | ")
    rule = "|".join("---:" if name.startswith(">") else "---" for name in names)
    lines = ["| " + " | ".join(name.lstrip(">") for name in names) + " |", f"|{rule}|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def bullet(text: str) -> str:
    return "\n".join(textwrap.wrap("- " + text, 112, subsequent_indent="  ", break_long_words=False,
                                   break_on_hyphens=False))


def each(cycles: float, macs: float) -> str:
    return f"{cycles / macs:.2f}"


def predictions(output, command: str) -> list[dict]:
    return json.loads(output(command))["predictions"]


def of(answers: list[dict], model: str, target: str = "") -> dict:
    return next(a for a in answers if a["model"] == model and target in ("", a["target"]))


# --- README.md -----------------------------------------------------------------------------------------


def table_what_there_is(output) -> str:
    document = json.loads(output(TARGETS))
    accelerators = [accelerator["name"] for accelerator in document["accelerators"]]
    networks = json.loads(output(NETWORKS))
    chips: dict[str, list[str]] = {}
    cores, ideal = [], 0
    for target in document["targets"]:
        if target["core"] not in cores:
            cores.append(target["core"])
        if target["name"].startswith("ideal-"):
            ideal += 1
            continue
        chips.setdefault(target["vendor"], []).append(target["name"])
    count = sum(len(names) for names in chips.values())
    by_vendor = "; ".join(f"{vendor}: {', '.join(names)}" for vendor, names in sorted(chips.items()))
    return "\n".join([
        bullet(f"Models: TFLite with {len(networks['operators'])} operators, the Signal library's and those of state "
               "and subgraphs among them; [docs/operators.md](docs/operators.md) has them by element type and kernel "
               f"library. `boardless model list` shows {len(networks['networks'])} networks that are generated on the "
               "spot, the four of MLPerf Tiny and MobileNets among them."),
        bullet(f"Cores: {', '.join(sorted(cores))}: dual issue, branch prediction, caches, Helium's pipes and "
               "beats, low-overhead loops ([docs/core_timing.md](docs/core_timing.md))."),
        bullet(f"Chips ({count}): {by_vendor}. And for every core an `ideal-…` target without wait states "
               f"({ideal}). A new chip is a YAML file: `--target ./mychip.yaml`."),
        bullet(f"Accelerators ({len(accelerators)}): {', '.join(accelerators)} "
               "([docs/accelerators.md](docs/accelerators.md)).")])


def table_kernels_in_short(output) -> str:
    m4, helium = of(predictions(output, M4), "kws"), of(predictions(output, HELIUM), "kws", "ideal-cortex-m85")
    scalar = of(predictions(output, SCALAR), "kws", "ideal-cortex-m0plus")
    return bullet(
        "Kernels: `reference` (portable C in the loop order of TFLite's reference), `scalar` (cores without "
        "SIMD), `dsp` (Armv7E-M SIMD) and `mve` (Helium), bit for bit the same answer. At zero wait states keyword "
        f"spotting takes {each(scalar['cycles'], scalar['macs'])} cycles per MAC with `scalar` on the M0+, "
        f"{each(m4['cycles'], m4['macs'])} cycles per MAC with `dsp` on the M4, and "
        f"{each(helium['cycles'], helium['macs'])} with `mve` on the M85 ([docs/kernels.md](docs/kernels.md)).")


# --- docs/kernels.md -----------------------------------------------------------------------------------


def table_m4_networks(output) -> str:
    answers = predictions(output, M4)
    return markdown("network | >MACs | >cycles | >cycles/MAC", *(
        [a["model"], f"{a['macs']:,}", f"{a['cycles']:,}", each(a["cycles"], a["macs"])] for a in answers))


def table_m4_kws_layers(output) -> str:
    answer = of(predictions(output, M4), "kws")
    rows = []
    for layer in answer["layers"]:
        macs, cycles, stalls = layer["macs"], layer["cycles"], layer["stalls"]
        share = {cause: f"{100 * stalls.get(cause, 0) / cycles:.0f} %"
                 for cause in ("load", "multi_cycle", "branch_refill", "address", "store")}
        rows.append([str(layer["index"]), layer["op"], f"{macs:,}" if macs else "-", f"{cycles:,}",
                     each(cycles, macs) if macs else "-", each(layer["instructions"], macs) if macs else "-",
                     share["load"], share["multi_cycle"], share["branch_refill"],
                     f"{share['address']} / {share['store']}"])
    rows.append(["", "total", f"{answer['macs']:,}", f"{answer['cycles']:,}", each(answer["cycles"], answer["macs"]),
                 each(answer["instructions"], answer["macs"]), "", "", "", ""])
    return markdown(">" + "# | operator | >MACs | >cycles | >cycles/MAC | >instructions | >load | >multi-cycle | "
                    ">branch refill | >address / store", *rows)


def table_helium_networks(output) -> str:
    answers, rows = predictions(output, HELIUM), []
    for model in TINY:
        m55, m85 = of(answers, model, "ideal-cortex-m55"), of(answers, model, "ideal-cortex-m85")
        rows.append([model, f"{m55['macs']:,}", f"{m55['cycles']:,}", each(m55["cycles"], m55["macs"]),
                     f"{m85['cycles']:,}", each(m85["cycles"], m85["macs"])])
    return markdown("network | >MACs | >M55: cycles | >cycles/MAC | >M85: cycles | >cycles/MAC", *rows)


def table_scalar_networks(output) -> str:
    """Cycles per MAC, and in brackets those of the reference kernels."""
    answers, reference = predictions(output, SCALAR), predictions(output, SCALAR_REFERENCE)

    def cell(model: str, target: str) -> str:
        ours, before = of(answers, model, target), of(reference, model, target)
        return f"{each(ours['cycles'], ours['macs'])} ({before['cycles'] / before['macs']:.1f})"

    return markdown("network | >MACs | " + " | ".join(f">{name}" for name, _ in SCALAR_CORES), *(
        [model, f"{of(answers, model)['macs']:,}", *(cell(model, target) for _, target in SCALAR_CORES)]
        for model in TINY))


def table_scalar_kws_layers(output) -> str:
    """Cycles per MAC of one layer of each kind."""
    answers, rows = predictions(output, SCALAR), []
    for index in (0, 1, 2, 11):
        layers = [of(answers, "kws", target)["layers"][index] for _, target in SCALAR_CORES]
        rows.append([str(index), layers[0]["op"], f"{layers[0]['macs']:,}",
                     *(each(layer["cycles"], layer["macs"]) for layer in layers)])
    return markdown(">" + "# | operator | >MACs | " + " | ".join(f">{name}" for name, _ in SCALAR_CORES), *rows)


def table_real_models(_) -> str:
    return markdown("model | >cycles | >cycles/MAC | >ms", *(
        [pathlib.Path(a["model"]).stem, f"{a['cycles']:,}", each(a["cycles"], a["macs"]), f"{a['latency_ms']:.2f}"]
        for a in doc_records.load()["real_models"]))


def table_cmsis_nn(output) -> str:
    """Cycles per MAC of layers that are alike; of layers without MACs, their cycles."""
    groups = (("kws", "0: CONV_2D 10x4, 1 channel in", (0,)), ("kws", "1, 3, 5, 7: DEPTHWISE 3x3", (1, 3, 5, 7)),
              ("kws", "2, 4, 6, 8: CONV_2D 1x1, 64 channels", (2, 4, 6, 8)),
              ("kws", "11: FULLY_CONNECTED 64 to 12", (11,)), ("kws", "", ()),
              ("ic", "0: CONV_2D 3x3, 3 channels in", (0,)), ("ic", "1, 2: CONV_2D 3x3, 16 channels", (1, 2)),
              ("ic", "5: CONV_2D 3x3, 32 channels", (5,)), ("ic", "9: CONV_2D 3x3, 64 channels", (9,)),
              ("ic", "6: CONV_2D 1x1, stride 2", (6,)), ("ic", "10: CONV_2D 1x1, stride 2", (10,)),
              ("ic", "3: ADD, 16,384 elements", (3,)), ("ic", "12: AVERAGE_POOL 8x8", (12,)), ("ic", "", ()))

    def layers_of(answer: dict) -> list[tuple[int, int]]:
        return [(l["macs"], l["cycles"]) if isinstance(l, dict) else tuple(l[1:]) for l in answer["layers"]]

    record, rows = doc_records.load()["cmsis_nn"], []
    runs = (predictions(output, DSP_SLOW), record["slow"], predictions(output, DSP_FAST), record["fast"])
    for model, name, layers in groups:
        figures, macs = [], 0
        for answers in runs:
            answer = of(answers, model)
            parts = [layers_of(answer)[i] for i in layers] or [(answer["macs"], answer["cycles"])]
            macs, cycles = sum(part[0] for part in parts), sum(part[1] for part in parts)
            figures.append(each(cycles, macs) if macs else f"{cycles:,} cycles")
        size = f"{macs // max(len(layers), 1):,}{' each' if len(layers) > 1 else ''}" if macs else "-"
        rows.append([f"{model} {name}", size, *figures] if name else
                    [f"**{model}**", size, *(f"**{figure}**" for figure in figures)])
    return (f"CMSIS-NN {record['version']}, recorded ([recorded.json](recorded.json)):\n\n" +
            markdown("network, layers | >MACs | >dsp, 0 ws | >CMSIS-NN, 0 ws | >dsp, 120 MHz | >CMSIS-NN, 120 MHz",
                     *rows))


def table_kernel_libraries(_) -> str:
    record = doc_records.load()["kernel_libraries"]
    return (f"CMSIS-NN {record['version']} built with {record['flags']}, recorded ([recorded.json](recorded.json)):\n\n" +
            compare_kernel_libraries.markdown(record))


# --- docs/memory.md ------------------------------------------------------------------------------------


def table_overlapped(output) -> str:
    rows = [doc_records.arena_row(output, model, model, target, kernels)
            for model in ("kws", "ic", "vww", "mobilenet_v1:width=0.25,resolution=96",
                          "mobilenet_v2:width=0.35,resolution=96")
            for target, kernels in doc_records.ARENA_TARGETS] + doc_records.load()["overlapped"]
    return markdown("network | kernels | >greedy_by_size | >overlapped | >of it",
                    *([row["model"], row["kernels"], f"{row['greedy_by_size']:,}", f"{row['overlapped']:,}",
                       f"{row['overlapped'] / row['greedy_by_size']:.2f}"] for row in rows))


def table_tflite_micro_memory(_) -> str:
    rows = doc_records.load()["tflite_micro_memory"]
    compared = [row for row in rows if "without" not in row]
    table = markdown("model | >planned there | >here | >kept there | >here | >off | >kept on 32 bits |",
                     *([row["model"], f"{row['planned_there']:,}", f"{row['planned']:,}", f"{row['kept_there']:,}",
                        f"{row['kept']:,}", f"{memory.off(row):+.1%}", f"{row['kept_on_32_bits']:,}", row["note"]]
                       for row in compared))
    others = "\n".join(f"- {row['model']}: {row['without']}" for row in rows if "without" in row)
    return f"{memory.summary(rows)}.\n\n{table}\n\nWithout figures:\n\n{others}"


# --- docs/accuracy.md ----------------------------------------------------------------------------------


def table_riot_mnist(_) -> str:
    record = doc_records.load()["riot_mnist"]

    def row(name: str, figures: dict) -> list[str]:
        return [name, f"{figures['latency_ms'] * 1000:,.0f} µs", f"{figures['cycles']:,}",
                f"{figures['cycles'] / figures['macs']:.1f}", f"{figures['flash_bytes'] / 1024:.1f} KiB"]

    published = row("published (TFLite Micro reference kernels in RIOT)", record["published"])
    published[-1] = f"{record['published']['flash_bytes']:,} B"
    return markdown(
        " | >time | >cycles | >cycles/MAC | >flash", published,
        row("`--kernels reference`", record["reference"]),
        row("`--kernels reference`, kernels built with `-Os`", record["built_for_size"]),
        row("the same, ART accelerator off (what-if)", record["built_for_size_without_art"]),
        row("`--kernels optimized` (dsp)", record["optimized"]))


# --- docs/accelerators.md ------------------------------------------------------------------------------


def table_accelerators(output) -> str:
    targets = json.loads(output(TARGETS))["accelerators"]

    def figure(target: dict, key: str, text: str) -> str:
        return "-" if target.get(key) is None else ("~" if key in target["estimates"] else "") + text

    return markdown("target | what it is | >clock | >peak, 10^9 MACs a second | >on-chip memory | >power", *(
        [f"`{t['name']}`", t["description"], figure(t, "clock_hz", f"{t['clock_hz'] / 1e6:g} MHz"),
         figure(t, "peak_macs_per_second", f"{t['peak_macs_per_second'] / 1e9:,.4g}"),
         figure(t, "on_chip_bytes", f"{t['on_chip_bytes'] / 1024:,.0f} KiB"),
         figure(t, "compute_mw", f"{t['compute_mw'] or 0:,.4g} mW")] for t in targets))


# --- docs/choosing_a_chip.md ---------------------------------------------------------------------------


def table_five_a_second(output) -> str:
    rows = sorted(predictions(output, DOORBELL), key=lambda a: a["energy_uj"])
    return markdown("chip | >uJ each | >five a second", *(
        [a["target"], f"{a['energy_uj']:,.0f}", f"{5 * a['energy_uj'] / 1000:.0f} mW"] for a in rows))


# --- docs/core_timing.md -------------------------------------------------------------------------------


def table_llvm_mca(_) -> str:
    return record_llvm_mca.table(record_llvm_mca.GOLDEN.read_text(encoding="utf-8"))


# --- docs/operators.md ---------------------------------------------------------------------------------


def table_operators(output) -> str:
    rows = []
    for operator in json.loads(output(OPERATORS))["operators"]:
        by_library = {library: [] for library in ("reference", "scalar", "dsp", "mve", "host alone")}
        for kernel in operator["kernels"]:
            for library in kernel["libraries"] or ["host alone"]:
                if kernel["types"] not in by_library[library]:
                    by_library[library].append(kernel["types"])
        within = [f"{kernel['types']} within {kernel['within']}" for kernel in operator["kernels"]
                  if "within" in kernel]
        cells = [", ".join(types) or "-" for types in by_library.values()]
        rows.append([operator["name"], *cells, "; ".join(within), operator["note"], operator["lite_note"]])
    return markdown("operator | reference | scalar | dsp | mve | host alone | not bit for bit the host's | where it differs "
                    "from TensorFlow Lite Micro, and why | where TensorFlow Lite differs from both", *rows)


def table_operator_suites(_) -> str:
    columns = ("models", "compared", "equal", "refused by the judge", "refused by us", "by us alone")
    rows, versions = [], []
    for name, suite in sorted(doc_records.load()["operator_suites"].items()):
        versions.append(f"{name} {suite['version']}")
        total = {column: sum(row[column] for row in suite["rows"]) for column in columns}
        rows += [[row["class"], *(f"{row[column]:,}" for column in columns)] for row in suite["rows"]]
        rows.append([f"**{name}**", *(f"**{total[column]:,}**" for column in columns)])
    return (f"Recorded: {', '.join(versions)}.\n\n" +
            markdown("models of | " + " | ".join(f">{column}" for column in columns), *rows))


# --- docs/hardening.md ---------------------------------------------------------------------------------


def table_campaigns(_) -> str:
    return campaign_record.summary(ROOT / "docs/recorded_campaigns.json")


# --- sweep.md ------------------------------------------------------------------------------------------


def table_keyword_spotting_space(output) -> str:
    return f"```yaml\n{(ROOT / 'examples/keyword_spotting.yaml').read_text(encoding='utf-8')}```"
