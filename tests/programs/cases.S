/* Runs a table of test cases: sets the whole state of the core, jumps into the case's code, takes
   the exception that ends it, keeps what the core and its memory look like, and writes all of that
   to a file by semihosting. tests/isa/qemu_batch.h describes the tables, which start at BLOB. */
  .syntax unified
  .thumb

  .equ header_cases, 4       /* how many */
  .equ header_table, 8       /* the first case */
  .equ header_pattern, 12    /* what the data window holds before each case */
  .equ header_window, 16
  .equ header_window_bytes, 20
  .equ header_results, 24    /* where results go in memory */
  .equ header_path, 28       /* the file they are written to */
  .equ header_path_bytes, 32

  .equ case_lr, 56
  .equ case_flags, 60
  .equ case_code, 64
  .equ case_fpscr, 68
  .equ case_vpr, 72
  .equ case_fp_registers, 80
  .equ case_bytes, 256

  .section .vectors, "ax"
  .word stack_top
  .word reset + 1
  .rept 14
  .word on_exception + 1
  .endr

  .text
  .global reset
  .thumb_func
reset:
  ldr r0, =0xe000ed88        /* CPACR: floating point and vectors for everyone */
  mov r1, #0x00f00000
  str r1, [r0]
  ldr r0, =0xe000ef34        /* FPCCR: no FP context is stacked by an exception */
  ldr r1, [r0]
  bic r1, r1, #0xc0000000
  str r1, [r0]
  ldr r0, =0xe000ed24        /* SHCSR: each fault has an exception of its own */
  ldr r1, [r0]
  orr r1, r1, #0x00070000
  str r1, [r0]
  ldr r0, =thread_stack_top
  msr psp, r0
  movs r0, #2                /* CONTROL: the process stack, so that SP is the case's own */
  msr control, r0
  isb

  ldr r8, =BLOB
  ldr r0, [r8, #header_pattern]
  ldr r1, [r8, #header_window]
  ldr r2, [r8, #header_window_bytes]
1:
  ldr r3, [r0], #4
  str r3, [r1], #4
  subs r2, r2, #4
  bne 1b
  ldr r0, [r8, #header_cases]
  ldr r1, [r8, #header_table]
  ldr r2, [r8, #header_results]
  ldr r3, =cases_left
  stm r3, {r0, r1, r2}

/* Also where the core goes on after a case. */
  .thumb_func
next_case:
  ldr r3, =cases_left
  ldm r3, {r0, r1, r2}
  cbz r0, all_done
  subs r0, r0, #1
  str r0, [r3]
  add r0, r1, #case_bytes
  str r0, [r3, #4]
  mov r0, r1
  ldr r1, [r0, #case_code]
  ldr r2, =code_address
  str r1, [r2]
  add r1, r0, #case_fp_registers
  vldmia r1, {s0-s31}
  ldr r1, [r0, #case_fpscr]
  vmsr fpscr, r1
#if __ARM_FEATURE_MVE
  ldr r1, [r0, #case_vpr]
  vmsr vpr, r1
#endif
  ldr lr, [r0, #case_lr]
  ldr r1, [r0, #case_flags]
  msr apsr_nzcvqg, r1
  ldr sp, [r0, #52]
  ldm r0, {r0-r12}
  ldr pc, code_address

all_done:
  ldr r8, =BLOB
  sub sp, sp, #16
  ldr r0, [r8, #header_path]
  movs r1, #5                /* "wb" */
  ldr r3, [r8, #header_path_bytes]
  strd r0, r1, [sp]
  str r3, [sp, #8]
  movs r0, #1                /* SYS_OPEN */
  mov r1, sp
  bkpt #0xab
  ldr r1, [r8, #header_results]
  ldr r3, =cases_left
  ldr r2, [r3, #8]
  subs r2, r2, r1
  stm sp, {r0, r1, r2}
  movs r0, #5                /* SYS_WRITE */
  mov r1, sp
  bkpt #0xab
  movs r0, #2                /* SYS_CLOSE */
  mov r1, sp
  bkpt #0xab
  ldr r0, =0x20026           /* ADP_Stopped_ApplicationExit */
  movs r1, #0
  strd r0, r1, [sp]
  movs r0, #0x20             /* SYS_EXIT_EXTENDED */
  mov r1, sp
  bkpt #0xab
  b .

  .align 2
code_address:
  .word 0
cases_left:
  .word 0
next_in_table:
  .word 0
next_result:
  .word 0

/* A result: R0-R12, the stack pointer with the exception's frame on it, LR, xPSR, PC, the
   exception's number, CFSR, FPSCR, VPR, S0-S31, how many words of the window changed, and the
   offset and value of each. */
  .thumb_func
on_exception:
  ldr r3, =next_result
  ldr r3, [r3]
  mrs r0, psp
  add r1, r3, #16
  stm r1, {r4-r11}
  ldm r0, {r4-r11}           /* R0-R3, R12, LR, PC, xPSR */
  stm r3, {r4-r7}
  str r8, [r3, #48]
  str r0, [r3, #52]
  str r9, [r3, #56]
  str r11, [r3, #60]
  str r10, [r3, #64]
  mrs r1, ipsr
  str r1, [r3, #68]
  ldr r2, =0xe000ed28        /* CFSR: writing ones clears it */
  ldr r1, [r2]
  str r1, [r2]
  str r1, [r3, #72]
  vmrs r1, fpscr
  str r1, [r3, #76]
#if __ARM_FEATURE_MVE
  vmrs r1, vpr
  str r1, [r3, #80]
  movs r2, #0
  vmsr vpr, r2
  ldr r2, =0x00040000        /* no tail predication in what follows */
  vmsr fpscr, r2
#else
  movs r1, #0
  str r1, [r3, #80]
#endif
  add r1, r3, #84
  vstmia r1!, {s0-s31}
  mov r9, r1                 /* where the count goes */
  add r1, r1, #4
  ldr r8, =BLOB
  ldr r4, [r8, #header_pattern]
  ldr r5, [r8, #header_window]
  ldr r6, [r8, #header_window_bytes]
  movs r2, #0
1:
  ldr r10, [r4, r2]
  ldr r7, [r5, r2]
  cmp r10, r7
  beq 2f
  str r2, [r1], #4
  str r7, [r1], #4
  str r10, [r5, r2]
2:
  adds r2, r2, #4
  cmp r2, r6
  bne 1b
  sub r2, r1, r9
  subs r2, r2, #4
  lsrs r2, r2, #3
  str r2, [r9]
  ldr r3, =next_result
  str r1, [r3]

  ldr r0, =thread_stack_top - 32
  msr psp, r0
  ldr r1, =next_case
  str r1, [r0, #24]
  mov r1, #0x01000000        /* xPSR: Thumb, nothing else */
  str r1, [r0, #28]
  clrex
  bx lr
  .pool

  .bss
  .align 3
  .space 256
thread_stack_top:
  .space 256
stack_top:
