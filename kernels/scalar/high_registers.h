// What a function in assembly for Armv6-M does with the callee's registers r8 to r11, which PUSH
// and POP cannot name: r4 to r7 are pushed before, and popped behind.
#ifndef BOARDLESS_KERNELS_SCALAR_HIGH_REGISTERS_H_
#define BOARDLESS_KERNELS_SCALAR_HIGH_REGISTERS_H_

// clang-format off: one instruction a line
#define PUSH_HIGH_REGISTERS \
  "mov r4, r8\n\t"          \
  "mov r5, r9\n\t"          \
  "mov r6, r10\n\t"         \
  "mov r7, r11\n\t"         \
  "push {r4-r7}\n\t"
#define POP_HIGH_REGISTERS \
  "pop {r4-r7}\n\t"        \
  "mov r8, r4\n\t"         \
  "mov r9, r5\n\t"         \
  "mov r10, r6\n\t"        \
  "mov r11, r7\n\t"
// clang-format on

#endif  // BOARDLESS_KERNELS_SCALAR_HIGH_REGISTERS_H_
