"""Damaged firmware files: ELF by its tables, Intel HEX by its records, raw bytes, UF2."""

import struct

from case import Case
from mutate import change_bytes, change_field

HEADER = [(16, 2), (18, 2), (20, 4), (24, 4), (28, 4), (32, 4), (36, 4), (40, 2), (42, 2), (44, 2), (46, 2), (48, 2),
          (50, 2), (4, 1), (5, 1), (6, 1)]
PROGRAM_HEADER, SECTION_HEADER, SYMBOL = 32, 40, 16  # bytes, of ELF32
SYMBOLS, NO_BITS = 2, 8


def elf_fields(data):
    """(offset, bytes) of each number, by where it stands."""
    phoff, shoff = struct.unpack_from("<II", data, 28)
    _, phnum, _, shnum = struct.unpack_from("<HHHH", data, 42)
    fields = {"header": HEADER}
    fields["segments"] = [(phoff + i, 4) for i in range(0, PROGRAM_HEADER * phnum, 4)]
    fields["sections"] = [(shoff + i, 4) for i in range(0, SECTION_HEADER * shnum, 4)]
    fields["symbols"], fields["debug"] = [], []
    for i in range(shnum):
        _, kind, flags, _, offset, size = struct.unpack_from("<IIIIII", data, shoff + SECTION_HEADER * i)
        if kind == SYMBOLS:
            fields["symbols"] += [(at + delta, width) for at in range(offset, offset + size, SYMBOL)
                                  for delta, width in [(0, 4), (4, 4), (8, 4), (12, 1), (14, 2)]]
        elif flags == 0 and kind not in (0, NO_BITS):  # not loaded: DWARF, and names
            fields["debug"] += [(at, 1) for at in range(offset, offset + size)]
    return {where: numbers for where, numbers in fields.items() if numbers}


def run(random, file, target):
    more = random.choice([["--explain"], ["--profile", "p", "--trace", "t", "-f", "json", "-o", "out"], [],
                          ["--traffic"], ["--clock-model", "instructions"]])
    return ["run", file, "-t", target, "--max-cycles", "30000", "--uart-out", "serial", *more]


def target_of(random, name):
    if name.startswith("riscv"):
        return random.choice(["ideal-hazard3", "ideal-sifive-e31"])
    return random.choice(["ideal-cortex-m4", "ideal-cortex-m7", "stm32f446re"])


def make_elf(random, seeds):
    name, data = seeds.choose("elf", random)
    data = bytearray(data)
    fields = elf_fields(data)
    where = random.choice(sorted(fields))
    for _ in range(random.choice([1, 1, 2, 5])):
        change_field(random, data, *random.choice(fields[where]))
    if random.random() < 0.15:
        data = change_bytes(random, data)
    return Case(run(random, "f.elf", target_of(random, name)), {"f.elf": bytes(data)}, outputs=["out", "p", "t"])


def with_checksum(record):
    return b":" + bytes(record + bytes([-sum(record) & 0xFF])).hex().upper().encode()


def make_hex(random, seeds):
    name = random.choice([name for name in seeds.names("firmware_bytes") if name.endswith(".hex")])
    lines = seeds.named("firmware_bytes", name).split()
    for _ in range(random.choice([1, 1, 3])):
        at = random.randrange(len(lines))
        record = bytearray.fromhex(lines[at][1:-2].decode()) if len(lines[at]) > 8 else bytearray(4)
        what = random.randrange(6)
        if what == 0:
            lines[at] = bytes(change_bytes(random, bytearray(lines[at])))
        elif what == 1:
            record[3] = random.choice([0, 1, 2, 3, 4, 5, 6, 255])
            lines[at] = with_checksum(record)
        elif what == 2:
            change_field(random, record, 1, 2)
            lines[at] = with_checksum(record)
        elif what == 3:
            lines.insert(at, random.choice(lines))
        elif what == 4:
            del lines[at]
        else:
            lines.insert(at, with_checksum(bytearray(b"\x02\0\0\x04") + random.randbytes(2)))
        lines = lines or [b":00000001FF"]
    text = random.choice([b"\n", b"\r\n"]).join(lines)
    return Case(run(random, "f.hex", target_of(random, name)), {"f.hex": text}, outputs=["out", "p", "t"])


def make_raw(random, seeds):
    address = random.choice(["0x08000000", "0", "0x20000000", "0xfffffffc", "-1", "0x", "4294967296", "1e3",
                             "0x0800000g"])
    data = random.randbytes(random.choice([0, 1, 3, 4, 8, 64, 4096]))
    file = random.choice(["f.bin@" + address, "f.bin", "f.bin@@" + address])
    return Case(run(random, file, "stm32f446re"), {"f.bin": data}, outputs=["out", "p", "t"])


def make_uf2(random, seeds):
    blocks = bytearray()
    count = random.choice([1, 2, 8])
    for i in range(count):
        payload = random.randbytes(256)
        blocks += struct.pack("<8I", 0x0A324655, 0x9E5D5157, 0x2000, 0x10000000 + 256 * i, 256, i, count, 0xE48BFF56)
        blocks += payload + bytes(476 - 256) + struct.pack("<I", 0x0AB16F30)
    for _ in range(random.randrange(4)):
        change_field(random, blocks, random.choice(range(0, 32, 4)) + 512 * random.randrange(count), 4)
    if random.random() < 0.3:
        blocks = change_bytes(random, blocks)
    return Case(run(random, "f.uf2", "rp2040"), {"f.uf2": bytes(blocks)}, outputs=["out", "p", "t"])
