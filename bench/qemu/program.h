// What the host leaves in the memory of QEMU's mps2-an386 board for bench/qemu/repeat.c: which
// kernels to call, how often, and where input and expected output lie. The board has RAM at
// 0x20000000 (4 MB), where boardless has its arena too, and at 0x21000000 (16 MB), where the
// constants go; the kernel image itself runs at its own addresses.
//
// Bare literals, because the linker script is preprocessed with this header.
#ifndef BOARDLESS_BENCH_QEMU_PROGRAM_H_
#define BOARDLESS_BENCH_QEMU_PROGRAM_H_

#define BQ_ARENA_BYTES 0x00200000
#define BQ_PROGRAM_BASE 0x20200000
#define BQ_INFERENCES 0x20300000  // a word: how many to run
#define BQ_STACK_TOP 0x20400000
#define BQ_CONSTANTS_BASE 0x21000000
#define BQ_CONSTANTS_BYTES 0x01000000
#define BQ_MAX_CALLS 256

#ifndef BQ_NO_TYPES
#include <stdint.h>

struct bq_call {
  uint32_t function;  // address with the Thumb bit
  uint32_t params, operands, scratch;
};

struct bq_program {
  uint32_t calls;
  uint32_t input, input_source, input_bytes;  // the source is copied to the input before each one
  uint32_t output, expected_output, output_bytes;
  struct bq_call call[BQ_MAX_CALLS];
};
#endif

#endif  // BOARDLESS_BENCH_QEMU_PROGRAM_H_
