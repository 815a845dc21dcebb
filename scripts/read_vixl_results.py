#!/usr/bin/env python3
"""Reads what VIXL recorded of T32 instructions on Arm hardware, and writes it as plain vectors.

  read_vixl_results.py CHECKOUT [--every N] > FILE

CHECKOUT is a checkout of github.com/Linaro/vixl, of which test/aarch32 is read as text: the inputs and
operands in test-simulator-*-t32.cc, the results in traces/simulator-*-t32.h. The format is that of
tests/isa/recorded_results.h. --every N leaves out all but each Nth instruction.
"""

import argparse
import pathlib
import re
import sys

NUMBER = re.compile(r"0x[0-9a-f]+")
MEMBER = re.compile(r"^\s*(\w+) (\w+);", re.MULTILINE)
INPUTS = re.compile(r"static const Inputs (\w+)\[\] =\s*\{(.*?)\};", re.DOTALL)
# {operands}, "description", "identifier", ARRAY_SIZE(inputs), inputs
LOOP = re.compile(r"\{\{([^{}]*)\},\s*((?:\"[^\"]*\"\s*)+),\s*((?:\"[^\"]*\"\s*)+),\s*ARRAY_SIZE\((\w+)\)")
RESULTS = re.compile(r"const Inputs kOutputs_([A-Za-z0-9]+?)_(\w+)\[\] = \{\n(.*?)\n\};", re.DOTALL)
TRACE = re.compile(r"#include \"aarch32/(traces/[^\"]+)\"")
# What inputs and results hold beside operands, and what it is called in the output.
STATE = {"apsr": "nzcv", "qbit": "q", "ge": "ge", "fpscr": "fpscr"}
FLAG_BITS = {"N": 31, "Z": 30, "C": 29, "V": 28, "Q": 27}


class Broken(Exception):
    pass


def members(source, name):
    """The members of a struct, (type, name) in order."""
    found = re.search(rf"struct {name} \{{(.*?)\}};", source, re.DOTALL)
    if not found:
        raise Broken(f"there is no struct {name}")
    return MEMBER.findall(found.group(1))


def flags(word):
    """The value of NoFlag, NZFlag, QFlag, GE013Flag …, or of a number."""
    if not word.endswith("Flag"):
        return int(word, 0)
    letters = word.removesuffix("Flag")
    if letters == "No":
        return 0
    if letters.startswith("GE"):
        return sum(1 << (16 + int(lane)) for lane in letters[2:])
    return sum(1 << FLAG_BITS[letter] for letter in letters)


def rows_of(text):
    """The rows of an initialiser, as lines of hexadecimal numbers."""
    rows = re.findall(r"\{([^{}]*)\}", text)
    return [" ".join(f"{flags(word.strip()):x}" for word in row.split(",")) for row in rows]


def assembly(mnemonic, members_of_operands, values):
    """UAL text, "<c>" where the condition goes, and that condition."""
    operands, condition, suffix, shift = [], "al", "", None
    for (kind, name), value in zip(members_of_operands, values, strict=True):
        if kind == "Condition":
            condition = value
        elif kind == "DataType":
            suffix = "." + value.lower()
        elif kind == "ShiftType":
            shift = value.lower()
        elif shift is not None:  # by a register or an amount; ROR #0 is no rotation
            if name != "amount":
                operands.append(f"{shift} {value}")
            elif int(value) != 0:
                operands.append(f"{shift} #{value}")
        else:
            operands.append(value if kind in ("Register", "DRegister") else f"#{value}")
    return f"{mnemonic.lower()}<c>{suffix} " + ", ".join(operands), condition


def read(source_file, every, out):
    source = source_file.read_text()
    operand_members = members(source, "Operands")
    state = [name for _, name in members(source, "Inputs")]
    inputs = {name: rows_of(body) for name, body in INPUTS.findall(source)}
    loops = {}
    for operands, _, identifier, name in LOOP.findall(source):
        loops["".join(re.findall(r"\"([^\"]*)\"", identifier))] = ([v.strip() for v in operands.split(",")], name)
    if not loops or not inputs:
        raise Broken("no operands or no inputs were recognised")
    form = source_file.name.removeprefix("test-simulator-").removesuffix("-t32.cc")
    out.write(f"form {form}\n")
    for name, rows in inputs.items():
        out.write(f"inputs {name} {len(rows)}\n" + "\n".join(rows) + "\n")
    number = 0
    for trace in TRACE.findall(source):
        results = RESULTS.findall((source_file.parent / trace).read_text())
        if {identifier for _, identifier, _ in results} != set(loops):
            raise Broken(f"{trace} does not hold a result for each of the operands")
        for mnemonic, identifier, body in results:
            number += 1
            if number % every != 0:
                continue
            values, name = loops[identifier]
            text, condition = assembly(mnemonic, operand_members, values)
            register = dict(zip((name for _, name in operand_members), values, strict=True))
            columns = ",".join(STATE.get(field) or register[field] for field in state)
            rows = [" ".join(number[2:] for number in NUMBER.findall(line)) for line in body.split("\n")]
            if len(rows) != len(inputs[name]):
                raise Broken(f"{trace}: {identifier} has {len(rows)} results for {len(inputs[name])} inputs")
            out.write(f"instruction {name} {columns} {condition} {text}\n" + "\n".join(rows) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=pathlib.Path)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    arguments = parser.parse_args()
    files = sorted((arguments.checkout / "test/aarch32").glob("test-simulator-*-t32.cc"))
    if not files:
        parser.exit(2, f"read_vixl_results: {arguments.checkout}: holds no test/aarch32/test-simulator-*-t32.cc\n")
    for file in files:
        try:
            read(file, arguments.every, sys.stdout)
        except (Broken, KeyError, ValueError, OSError) as error:
            parser.exit(2, f"read_vixl_results: {file}: {error}\n")


if __name__ == "__main__":
    main()
