/* Runs a table of test cases: sets the whole state of the hart, goes into the case's code by MRET,
   takes the trap that ends it, keeps what the hart and its memory look like, and, where a file is
   named, writes all of that to it by semihosting. tests/isa/riscv_case_batch.h describes the tables,
   which start at BLOB. mscratch and mtvec are this program's own. */

  .equ header_cases, 4       /* how many */
  .equ header_table, 8       /* the first case */
  .equ header_pattern, 12    /* what the data window holds before each case */
  .equ header_window, 16
  .equ header_window_bytes, 20
  .equ header_results, 24    /* where results go in memory */
  .equ header_path, 28       /* the file they are written to */
  .equ header_path_bytes, 32 /* 0: none */

  .equ case_x, 0             /* x0 to x31; x0 is not looked at */
  .equ case_code, 128
  .equ case_mstatus, 132
  .equ case_fcsr, 136
  .equ case_f, 144
  .equ case_bytes, 288

  .equ mstatus_mpp, 0x1800
  .equ mstatus_fs, 0x6000
  .equ mstatus_all, 0x80227888  /* SD, TW, MPRV, FS, MPP, MPIE, MIE */
  .equ mie_all, 0x888

/* Every register of a file but the first `skip`, at 4 * number from `base`. */
  .macro each_register instruction, letter, base, skip
  .set number, \skip
  .rept 32 - \skip
  one_register \instruction, \letter, \base, %number
  .set number, number + 1
  .endr
  .endm
  .altmacro
  .macro one_register instruction, letter, base, number
  \instruction \letter\number, 4 * \number(\base)
  .endm

  .macro semihost operation
  li a0, \operation
  mv a1, sp
  .balign 16
  .option push
  .option norvc
  slli x0, x0, 0x1f
  ebreak
  srai x0, x0, 7
  .option pop
  .endm

  .section .text.entry, "ax"
  .global _start
_start:
  la t0, on_trap
  csrw mtvec, t0
  li t0, -1                  /* user mode may do everything, where memory is protected */
  csrw pmpaddr0, t0
  li t0, 0x1f
  csrw pmpcfg0, t0
  csrr s11, misa
  andi s11, s11, 1 << 5      /* F, until the cases begin */
  la t0, has_fpu
  sw s11, 0(t0)
  li s0, BLOB
  lw t0, header_pattern(s0)
  lw t1, header_window(s0)
  lw t2, header_window_bytes(s0)
  add t2, t2, t1
1:
  lw t3, 0(t0)
  sw t3, 0(t1)
  addi t0, t0, 4
  addi t1, t1, 4
  bne t1, t2, 1b
  la t0, cases_left
  lw t1, header_cases(s0)
  sw t1, 0(t0)
  lw t1, header_table(s0)
  sw t1, 4(t0)
  lw t1, header_results(s0)
  sw t1, 8(t0)

next_case:
  la t0, cases_left
  lw t1, 0(t0)
  beqz t1, all_done
  addi t1, t1, -1
  sw t1, 0(t0)
  lw s0, 4(t0)
  addi t1, s0, case_bytes
  sw t1, 4(t0)
  csrw mie, zero
  csrw mcause, zero
  csrw mtval, zero
  li t1, mstatus_all
  csrc mstatus, t1
  lw t2, has_fpu
  beqz t2, 1f
  li t1, mstatus_fs
  csrs mstatus, t1
  lw t1, case_fcsr(s0)
  fscsr t1
  addi t1, s0, case_f
  each_register flw, f, t1, 0
  li t1, mstatus_fs
  csrc mstatus, t1
1:
  lw t1, case_mstatus(s0)
  csrs mstatus, t1
  lw t1, case_code(s0)
  csrw mepc, t1
  la t1, code_address
  lw t2, case_code(s0)
  sw t2, 0(t1)
  la t1, kept
  csrw mscratch, t1
  mv x31, s0
  .set number, 1
  .rept 30
  one_register lw, x, x31, %number
  .set number, number + 1
  .endr
  lw x31, 4 * 31(x31)
  mret

/* A result: mcause, x1 to x31, mepc from the case's beginning, mtval, mstatus, mie, fcsr, f0 to f31,
   how many words of the window changed, and the offset and value of each. */
  .balign 4
on_trap:
  csrrw sp, mscratch, sp
  sw x1, 4(sp)
  .set number, 3
  .rept 29
  one_register sw, x, sp, %number
  .set number, number + 1
  .endr
  csrr t0, mscratch
  sw t0, 8(sp)
  csrr t0, mcause
  sw t0, 0(sp)
  csrr t0, mepc
  lw t1, code_address
  sub t0, t0, t1
  sw t0, 128(sp)
  csrr t0, mtval
  sw t0, 132(sp)
  csrr t0, mstatus
  li t1, mstatus_all
  and t0, t0, t1
  sw t0, 136(sp)
  csrr t0, mie
  li t1, mie_all
  and t0, t0, t1
  sw t0, 140(sp)
  li t1, 1 << 17             /* MPRV */
  csrc mstatus, t1
  addi t1, sp, 148
  lw t2, has_fpu
  beqz t2, 1f
  li t0, mstatus_fs
  csrs mstatus, t0
  frcsr t0
  sw t0, 144(sp)
  each_register fsw, f, t1, 0
1:
  la t0, next_result
  lw t1, 0(t0)
  addi t2, sp, 276           /* the end of what is kept */
  mv t3, sp
2:
  lw t4, 0(t3)
  sw t4, 0(t1)
  addi t3, t3, 4
  addi t1, t1, 4
  bne t3, t2, 2b
  mv s2, t1                  /* where the count goes */
  addi t1, t1, 4
  li s0, BLOB
  lw t2, header_pattern(s0)
  lw t3, header_window(s0)
  lw t4, header_window_bytes(s0)
  add t4, t4, t3
3:
  lw t5, 0(t2)
  lw t6, 0(t3)
  beq t5, t6, 4f
  lw a0, header_window(s0)
  sub a0, t3, a0
  sw a0, 0(t1)
  sw t6, 4(t1)
  addi t1, t1, 8
  sw t5, 0(t3)
4:
  addi t2, t2, 4
  addi t3, t3, 4
  bne t3, t4, 3b
  sub t2, t1, s2
  srli t2, t2, 3
  sw t2, 0(s2)
  sw t1, 0(t0)
  j next_case

all_done:
  li s0, BLOB
  la sp, stack_top - 16
  lw t1, header_path_bytes(s0)
  beqz t1, 1f
  lw t0, header_path(s0)
  sw t0, 0(sp)
  li t0, 5                   /* "wb" */
  sw t0, 4(sp)
  sw t1, 8(sp)
  semihost 0x01              /* SYS_OPEN */
  sw a0, 0(sp)
  lw t0, header_results(s0)
  sw t0, 4(sp)
  lw t1, next_result
  sub t1, t1, t0
  sw t1, 8(sp)
  semihost 0x05              /* SYS_WRITE */
  semihost 0x02              /* SYS_CLOSE */
1:
  li t0, 0x20026             /* ADP_Stopped_ApplicationExit */
  sw t0, 0(sp)
  sw zero, 4(sp)
  semihost 0x20              /* SYS_EXIT_EXTENDED */
  j .

  .data
  .balign 4
has_fpu:
  .word 0
code_address:
  .word 0
cases_left:
  .word 0
next_in_table:
  .word 0
next_result:
  .word 0
kept:
  .space 280
  .space 64
stack_top:
