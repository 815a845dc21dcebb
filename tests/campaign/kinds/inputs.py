"""Input tensors of every size, as raw bytes and as .npy."""

from case import Case
from mutate import change_bytes

NPY = b"\x93NUMPY\x01\x00v\x00{'descr': '|i1', 'fortran_order': False, 'shape': (1, 8), }"


def make(random, seeds):
    name, data = seeds.choose("model_input", random)
    data = bytearray(random.choice([data, NPY.ljust(128) + data, random.randbytes(random.choice([0, 1, 64, 65536]))]))
    if random.random() < 0.7:
        data = change_bytes(random, data)
    return Case(["predict", "m.tflite", "-t", "ideal-cortex-m4", "-i", random.choice(["in.npy", "in.bin"]),
                 "--save-output", random.choice(["{model}.npy", "{output}.bin", "x/{model}{model}.npy", "same"])],
                {"m.tflite": seeds.named("tflite", name), "in.npy": bytes(data), "in.bin": bytes(data)})
