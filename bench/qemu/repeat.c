// Bare-metal program for QEMU's MPS boards: runs a network's kernels as often as the host says,
// compares the last output with the expected one, and leaves by semihosting with status 0 when it
// is right.
#include "bench/qemu/program.h"

typedef int32_t kernel(const void* params, void* const* operands, void* scratch);

static volatile const struct bq_program* const program =
    (volatile const struct bq_program*)BQ_PROGRAM_BASE;

static _Noreturn void leave(int status) {
  // SYS_EXIT_EXTENDED: ADP_Stopped_ApplicationExit and a status.
  const uint32_t block[2] = {0x20026, (uint32_t)status};
  register uint32_t operation __asm__("r0") = 0x20;
  register const uint32_t* argument __asm__("r1") = block;
  __asm__ volatile("bkpt 0xab" : : "r"(operation), "r"(argument) : "memory");
  for (;;) {
  }
}

static _Noreturn void fault(void) { leave(3); }

static void copy(uint32_t to, uint32_t from, uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; ++i) {
    ((volatile uint8_t*)to)[i] = ((const uint8_t*)from)[i];
  }
}

static int differs(uint32_t a, uint32_t b, uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; ++i) {
    if (((const uint8_t*)a)[i] != ((const uint8_t*)b)[i]) return 1;
  }
  return 0;
}

static _Noreturn void reset(void) {
  *(volatile uint32_t*)0xe000ed88 = 0xfu << 20;  // CPACR: the FPU is open to everyone
  __asm__ volatile("dsb\n isb" : : : "memory");
  const uint32_t inferences = *(volatile const uint32_t*)BQ_INFERENCES;
  for (uint32_t n = 0; n < inferences; ++n) {
    copy(program->input, program->input_source, program->input_bytes);
    for (uint32_t i = 0; i < program->calls; ++i) {
      volatile const struct bq_call* call = &program->call[i];
      ((kernel*)call->function)((const void*)call->params, (void* const*)call->operands,
                                (void*)call->scratch);
    }
  }
  leave(differs(program->output, program->expected_output, program->output_bytes));
}

__attribute__((section(".vectors"), used)) static const struct {
  uint32_t stack_top;
  void (*handlers[15])(void);
} vectors = {BQ_STACK_TOP,
             {reset, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault,
              fault, fault, fault}};
