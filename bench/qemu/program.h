// What the host leaves in the memory of QEMU's MPS boards for bench/qemu/repeat.c: which kernels
// to call, how often, and where input and expected output lie.
//
// One map for mps2-an386 (Cortex-M4), mps2-an500 (M7) and mps3-an547 (M55): all have 512 KB or more
// at address 0, where the kernel image runs at its own addresses, and at 0x20000000, where
// boardless has its arena too. Constants move behind the arena: at 0x10000000, where boardless has
// them, there is nothing.
//
// Bare literals, because the linker script is preprocessed with this header.
#ifndef BOARDLESS_BENCH_QEMU_PROGRAM_H_
#define BOARDLESS_BENCH_QEMU_PROGRAM_H_

#define BQ_ARENA_BYTES 0x00020000
#define BQ_PROGRAM_BASE 0x20070000
#define BQ_INFERENCES 0x20074000  // a word: how many to run
#define BQ_STACK_TOP 0x2007c000
#define BQ_CONSTANTS_BASE 0x20020000
#define BQ_CONSTANTS_BYTES 0x00050000
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
