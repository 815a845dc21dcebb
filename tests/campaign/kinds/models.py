"""Damaged .tflite files: a walk over the FlatBuffer finds every number, offset and vector length.

The tables are those of TFLite's public schema, as far as a reader looks into them.
"""

import struct

from case import Case
from mutate import change_bytes, change_field, float_extreme, put

# By table: what its fields hold, in order; a number is a scalar's bytes.
TABLES = {
    "Model": [4, ("tables", "OperatorCode"), ("tables", "SubGraph"), "bytes", ("tables", "Buffer")],
    "OperatorCode": [1, "bytes", 4, 4],
    "SubGraph": [("tables", "Tensor"), "ints", "ints", ("tables", "Operator"), "bytes"],
    "Tensor": ["ints", 1, 4, "bytes", ("table", "Quantization"), 1],
    "Quantization": ["floats", "floats", "floats", "longs", 1, None, 4],
    "Operator": [4, "ints", "ints", 1, ("table", "Options")],
    "Options": [4] * 12,
    "Buffer": ["bytes"],
}
ELEMENT_BYTES = {"bytes": 1, "ints": 4, "floats": 4, "longs": 8}


class Walk:
    """`fields`: (offset, bytes, what) of each number, the lengths and offsets among them."""

    def __init__(self, data):
        self.data = data
        self.fields = []
        self.table(self.offset(0), "Model")

    def number(self, at, size):
        return int.from_bytes(self.data[at:at + size], "little")

    def offset(self, at):
        self.fields.append((at, 4, "offset"))
        return at + self.number(at, 4)

    def table(self, at, name):
        vtable = at - struct.unpack_from("<i", self.data, at)[0]
        self.fields += [(at, 4, "vtable"), (vtable, 2, "vtable"), (vtable + 2, 2, "vtable")]
        count = (self.number(vtable, 2) - 4) // 2
        for i, kind in enumerate(TABLES[name][:count]):
            self.fields.append((vtable + 4 + 2 * i, 2, "vtable"))
            offset = self.number(vtable + 4 + 2 * i, 2)
            if offset != 0 and kind is not None:
                self.value(at + offset, kind, name)

    def value(self, at, kind, table):
        if isinstance(kind, int):
            size = 1 if table == "Options" else kind
            self.fields.append((at, size, table))
        elif kind in ELEMENT_BYTES:
            self.elements(self.offset(at), kind)
        elif kind[0] == "table":
            self.table(self.offset(at), kind[1])
        else:
            vector = self.offset(at)
            self.fields.append((vector, 4, "length"))
            for i in range(self.number(vector, 4)):
                self.table(self.offset(vector + 4 + 4 * i), kind[1])

    def elements(self, vector, kind):
        self.fields.append((vector, 4, "length"))
        size = ELEMENT_BYTES[kind]
        for i in range(min(self.number(vector, 4), 16)):
            self.fields.append((vector + 4 + size * i, size, kind))


def damaged(random, data):
    data = bytearray(data)
    fields = Walk(data).fields
    kinds = sorted({what for _, _, what in fields})
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        if random.random() < 0.1:
            data = change_bytes(random, data)
            continue
        # First what, then which: there are many more bytes of constants than operators.
        what = random.choice(kinds)
        at, size, _ = random.choice([field for field in fields if field[2] == what])
        if what == "floats":
            put(data, at, int.from_bytes(float_extreme(random), "little"), 4)
        elif what == "ints" and random.random() < 0.5:  # another tensor, another order
            put(data, at, random.randrange(-1, 40), size)
        else:
            change_field(random, data, at, size)
    return bytes(data)


def make(random, seeds):
    name, data = seeds.choose("tflite", random)
    command = random.choice([
        ["predict", "m.tflite", "-t", random.choice(["ideal-cortex-m4", "rp2040", "ideal-cortex-m55", "fe310-g002"])],
        ["predict", "m.tflite", "-t", "coral-usb3,ethos-u55-128,imx500", "--layers"],
        ["predict", "m.tflite", "-t", "stm32f446re", "-f", random.choice(["json", "csv"]), "-o", "out",
         "--report", "page.html", "--save-output", "{model}.{output}.npy"],
        ["model", "show", "m.tflite"],
    ])
    return Case(command, {"m.tflite": damaged(random, data)}, outputs=["out", "page.html"])
