"""Hostile programs: random code that is nearly valid, and the tricks of those who mean harm."""

import struct

from case import Case
from mutate import EXTREMES

CODE_BYTES = 1024
DEVICES = [0x40000000, 0x40004400, 0xE000E010, 0xE000ED00, 0xE000ED04, 0xE000ED08, 0xE000EF34, 0xE0001000, 0xFFFFFFFE,
           0x20000000, 0x08000000, 0x00000000, 0x60000000]


def movw(register, value, top):
    """MOVW or MOVT, encoding T3 and T1 (Armv7-M ARM, A7.7.76 and A7.7.79)."""
    return struct.pack("<HH", (0xF2C0 if top else 0xF240) | (value >> 11 & 1) << 10 | value >> 12,
                       (value >> 8 & 7) << 12 | register << 8 | value & 0xFF)


def load(register, value):
    return movw(register, value & 0xFFFF, False) + movw(register, value >> 16, True)


def halfwords(*values):
    return struct.pack("<{}H".format(len(values)), *values)


def thumb_trick(random):
    device = random.choice(DEVICES)
    return random.choice([
        lambda: load(0, device) + halfwords(0x4700 | random.choice([0, 0x80])),  # BX, BLX into a device
        lambda: load(0, device + 1) + halfwords(0x4780),
        lambda: load(0, 0xFFFFFF00 | random.choice([0xB8, 0xBC, 0xF1, 0xF9, 0xFD, 0xED, 0xE1, 0])) + halfwords(0x4700),
        lambda: load(0, device) + load(1, random.choice(EXTREMES)) + halfwords(0x6001, 0x6800),  # STR, LDR
        lambda: halfwords(0xB580, 0xF7FF, 0xFFFD),  # PUSH {r7, lr}; BL to the PUSH: for ever
        lambda: load(0, device) + halfwords(0x4685),  # MOV SP, r0
        lambda: halfwords(0xDF00 | random.randrange(256)),  # SVC
        lambda: halfwords(0xBEAB) if random.random() < 0.5 else load(0, random.choice([1, 3, 4, 5, 6, 7, 9, 0x18])) +
        load(1, random.choice([0x20000000, 0xFFFFFFFF, 0])) + halfwords(0xBEAB, 0xE7FD),  # semihosting, again and again
        lambda: halfwords(random.choice([0xBF30, 0xBF20, 0xBF40, 0xB672, 0xB662, 0xB673])),  # WFI, WFE, SEV, CPS
        lambda: halfwords(0x467A, 0x6013, 0x6053),  # writes what comes next: MOV r2, PC; STR r3, [r2]
        lambda: load(0, 0x20000000) + load(1, 0xE7FE4770) + halfwords(0x6001, 0x3001, 0x4700),  # RAM
        lambda: halfwords(0xF3EF, 0x8000 | random.randrange(256), 0xF380, 0x8800 | random.randrange(256)),  # MRS, MSR
        lambda: halfwords(0xE000 | random.randrange(0x800)),  # B
        lambda: halfwords(0xBF00 | random.randrange(256), random.getrandbits(16), random.getrandbits(16)),  # IT
        lambda: load(0, 0x40004404) + load(1, 0x40004400) + halfwords(0x6008, 0xE7FC),  # floods a port
    ])()


def thumb(random):
    code = bytearray()
    while len(code) < CODE_BYTES:
        choice = random.random()
        if choice < 0.4:
            code += thumb_trick(random)
        elif choice < 0.8:
            code += halfwords(random.getrandbits(16) & random.choice([0x7FFF, 0xDFFF]))
        else:
            code += halfwords(random.randrange(0xE800, 0x10000), random.getrandbits(16))
    vectors = [random.choice([0x20004000, 0x20004000, 0x20004000, 0, 0xFFFFFFFF, 0x20000002])]
    for i in range(1, 64):
        start = 257 + 2 * random.randrange(CODE_BYTES // 2)
        vectors.append(random.choice([257 if i == 1 else start] * 8 + [0, start - 1, 0x20000001, 0xE000E001]))
    return struct.pack("<64I", *vectors) + bytes(code)


def riscv_trick(random):
    """Encodings of the RISC-V unprivileged ISA, chapter 24."""
    register, other = random.randrange(32), random.randrange(32)
    csr = random.choice([0x300, 0x301, 0x304, 0x305, 0x340, 0x341, 0x342, 0x343, 0x344, 0x3A0, 0x3B0, 0x7A0, 0xB00,
                         0xC00, 0xF14, random.randrange(4096)])
    page = random.choice([0x02000, 0x02004, 0x0200C, 0x10013, 0x20000, 0x80000, 0xFFFFF, 0])
    return random.choice([
        lambda: [0x00000073], lambda: [0x00100073], lambda: [0x30200073], lambda: [0x10500073],  # ECALL … WFI
        lambda: [csr << 20 | other << 15 | random.choice([1, 2, 3, 5, 6, 7]) << 12 | register << 7 | 0x73],
        lambda: [page << 12 | 5 << 7 | 0x37, 0x00028067],  # LUI t0; JALR: into a device
        lambda: [page << 12 | 5 << 7 | 0x37, 0x0002A023 | other << 20, 0x0002A003 | register << 7],  # SW, LW
        lambda: [0xFF010113, 0xFFDFF0EF],  # ADDI sp, sp, -16; JAL ra, back: for ever
        lambda: [0x00000297, 0x0002A423],  # AUIPC t0; SW zero over what comes next
        lambda: [0x01F01013, 0x00100073, 0x40705013],  # semihosting
        lambda: [0x0000100F], lambda: [0x0000006F],  # FENCE.I, a loop
    ])()


def riscv(random):
    code = bytearray()
    while len(code) < CODE_BYTES:
        choice = random.random()
        if choice < 0.5:
            code += b"".join(word.to_bytes(4, "little") for word in riscv_trick(random))
        elif choice < 0.8:
            opcode = random.choice([0x03, 0x0F, 0x13, 0x17, 0x23, 0x2F, 0x33, 0x37, 0x63, 0x67, 0x6F, 0x73])
            code += struct.pack("<I", random.getrandbits(25) << 7 | opcode)
        else:
            code += halfwords(random.getrandbits(16))
    return bytes(code)


def make(random, seeds):
    more = random.choice([["--explain"], ["--profile", "p", "--trace", "t", "-f", "json", "-o", "out"],
                          ["--traffic", "-o", "out"], ["--clock-model", "instructions"]])
    if random.random() < 0.6:
        base, target = random.choice([("0x08000000", "stm32f446re"), ("0x08000000", "stm32u575zi"),
                                      ("0", "ideal-cortex-m4"), ("0", "ideal-cortex-m0plus"), ("0", "ideal-cortex-m55"),
                                      ("0x08000000", "stm32f746ng")])
        code = thumb(random)
        code = struct.pack("<64I", *(v + int(base, 0) if 256 < v < 4096 else v
                                     for v in struct.unpack_from("<64I", code))) + code[256:]
    else:
        base, target = random.choice([("0", "ideal-hazard3"), ("0", "ideal-sifive-e31"), ("0x20000000", "fe310-g002")])
        code = riscv(random)
    return Case(["run", "f.bin@" + base, "-t", target, "--max-cycles", "300000", "--uart-out", "serial", *more],
                {"f.bin": code}, outputs=["out", "p", "t"], raw_output=True)
