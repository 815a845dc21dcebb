"""Folders for --kernels that claim to be a known library and are not."""

from case import Case
from mutate import change_bytes

RECOGNISED = ["Include/arm_nnfunctions.h", "Source/ConvolutionFunctions/arm_convolve_wrapper_s8.c"]
CONTENTS = [b"", b"\n", b"#error \x1b[31mred\n", b"#include \"/dev/zero\"\n", b"#include __FILE__\n", b"\0" * 1000,
            b"int main(void) { return 0; }\n", b"x" * 1000000,
            b"#define A(x) x x x x x x x x\nint a = A(A(A(A(1))));\n", b".incbin \"/etc/passwd\"\n"]
VERSIONS = [b"7" * 200000, b"7.0\x1b[0m", b"\xff\xfe", b"7.1"]
PLACES = ["ARM.CMSIS-NN.pdsc", "Source/PoolingFunctions/arm_avgpool_s8.c", "Source/A/\x1b[31m.c", "Source/A/ b.c",
          "Source/A/-o.c", "Source/A/@x.c", "Source/A/$(id).c", ".git/HEAD", ".git/packed-refs"]


def make(random, seeds):
    files = {"lib/" + name: random.choice(CONTENTS) for name in RECOGNISED}
    links, pipes = {}, []
    for place in random.sample(PLACES, random.randrange(1, 5)):
        what = random.randrange(6)
        if what == 0:
            links["lib/" + place] = random.choice(["..", ".", "/dev/zero", "/proc/self/mem", "nowhere", "/"])
        elif what == 1:
            pipes.append("lib/" + place)
        elif place.startswith(".git"):
            _, text = seeds.choose("git_checkout", random)
            files["lib/" + place] = bytes(change_bytes(random, bytearray(text.split(b"=\n")[0])))
        else:
            files["lib/" + place] = random.choice([*CONTENTS, b'release version="' + random.choice(VERSIONS) + b'"'])
    files["m.tflite"] = seeds.named("tflite", "every_operator")
    target = random.choice(["ideal-cortex-m4", "ideal-cortex-m55"])
    return Case(["predict", "m.tflite", "-t", target, "--kernels", "lib"], files, links, pipes)
