"""Changes of bytes and of texts that know nothing of a format."""

import struct

EXTREMES = [0, 1, 2, 3, 4, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000,
            0xFFFFFFFC, 0xFFFFFFFE, 0xFFFFFFFF]


def put(data, at, value, size):
    """`value` modulo its size at an offset, little-endian; nothing where it does not fit."""
    if 0 <= at and at + size <= len(data):
        data[at:at + size] = (value % (1 << 8 * size)).to_bytes(size, "little")


def change_field(random, data, at, size):
    """One number: an extreme, a neighbour, a flipped bit, or any."""
    if at + size > len(data):
        return
    old = int.from_bytes(data[at:at + size], "little")
    put(data, at, random.choice([random.choice(EXTREMES), old + random.choice([-4, -1, 1, 4, 64]),
                                 old ^ 1 << random.randrange(8 * size), -old,
                                 random.getrandbits(8 * size)]), size)


def change_bytes(random, data):
    """Somewhere: flips, cuts, repeats."""
    if not data:
        return data
    what = random.randrange(5)
    at = random.randrange(len(data))
    length = random.choice([1, 2, 4, 16, 256])
    if what == 0:
        data[at] ^= 1 << random.randrange(8)
    elif what == 1:
        data = data[:at]
    elif what == 2:
        data = data[:at] + data[at:at + length] * random.choice([2, 3, 50]) + data[at + length:]
    elif what == 3:
        data = data[:at] + data[at + length:]
    else:
        data[at:at + length] = random.randbytes(min(length, len(data) - at))
    return data


def float_extreme(random):
    return struct.pack("<f", random.choice([0.0, -0.0, 1e-45, -1.0, 3e38, float("inf"), float("nan"), 1e-20]))
