// The strips' loops in assembly: six weights, four sums, a pair of each row pair, the bias and the
// strip's address take all fourteen registers.
//
// Registers: r0 bias, r1 column, r2 and r3 its pairs and later constants, r4..r9 weights, r10 and
// r11 upper sums of two output columns, r12 and lr lower ones. Stack frame:
//   0 lanes   4 multiplier   8 power   12 output_offset   16 end of the pairs of output columns
//   20 from a lane's column to its results   24 the lane's first column   28 columns is odd
#include "kernels/dsp/strips.h"

// clang-format off: one instruction a line

// Both pairs of column `n`, for the places `first` and `second` in a column of 40 bytes.
#define LOAD_COLUMN(n, first, second)              \
  "ldr.w r2, [r1, #" #n " * 40 + " #first "]\n\t"  \
  "ldr.w r3, [r1, #" #n " * 40 + " #second "]\n\t"

// The column under filter column (w01, w12). The first one starts from the bias.
#define UPPER_FROM(sum, from, w01, w12)      \
  "smlad " sum ", r2, " w01 ", " from "\n\t" \
  "smlabt " sum ", r3, " w12 ", " sum "\n\t"
#define LOWER_FROM(sum, from, w01, w12)       \
  "smlatb " sum ", r2, " w01 ", " from "\n\t" \
  "smlad " sum ", r3, " w12 ", " sum "\n\t"
#define UPPER(sum, w01, w12) UPPER_FROM(sum, sum, w01, w12)
#define LOWER(sum, w01, w12) LOWER_FROM(sum, sum, w01, w12)

// dsp_requantize_doubled in two halves, because there are two registers for three constants.
#define SCALE(sum)                               \
  "smmulr " sum ", " sum ", r2\n\t"              \
  "add.w " sum ", " sum ", " sum ", asr #31\n\t"
#define ROUND(sum)                      \
  "smmlar " sum ", " sum ", r3, r2\n\t" \
  "ssat " sum ", #8, " sum "\n\t"
#define LOAD_SCALE         \
  "ldr.w r2, [sp, #4]\n\t" \
  "ldr.w r3, [sp, #8]\n\t"
#define LOAD_OFFSET "ldr.w r2, [sp, #12]\n\t"

#define BEGIN             \
  "push {r4-r11, lr}\n\t" \
  "sub sp, #36\n\t"       \
  "str r0, [sp, #0]\n\t"  \
  "str r3, [sp, #12]\n\t" \
  "and r4, r2, #1\n\t"    \
  "str r4, [sp, #28]\n\t" \
  "subs r2, r2, r4\n\t"   \
  "mov r5, #40\n\t"       \
  "mul r2, r2, r5\n\t"    \
  "subs r1, #4\n\t"
#define BEGIN_LANES               \
  "add r2, r1\n\t"                \
  "str r2, [sp, #16]\n\t"         \
  "movs r3, #32 + 3\n\t"          \
  "str r3, [sp, #20]\n\t"         \
  "str r1, [sp, #24]\n\t"         \
  ".balign 4\n"                   \
  "0:\n\t"                        \
  "ldr.w r10, [sp, #0]\n\t"       \
  "ldr.w r11, [sp, #16]\n\t"      \
  "ldr.w r12, [sp, #20]\n\t"      \
  "ldr.w r1, [sp, #24]\n\t"       \
  "ldmia.w r10!, {r0, r2-r9}\n\t" \
  "add.w r11, r11, #4\n\t"        \
  "sub.w r12, r12, #3\n\t"        \
  "add.w r1, r1, #4\n\t"          \
  "str.w r10, [sp, #0]\n\t"       \
  "str.w r2, [sp, #4]\n\t"        \
  "str.w r3, [sp, #8]\n\t"        \
  "str.w r11, [sp, #16]\n\t"      \
  "str.w r12, [sp, #20]\n\t"      \
  "str.w r1, [sp, #24]\n"         \
  "1:\n\t"
// Back to 0 until the last lane, whose results are nearest, is done.
#define END               \
  "ldr r2, [sp, #20]\n\t" \
  "cmp r2, #32 - 9\n\t"   \
  "bne 0b\n\t"            \
  "add sp, #36\n\t"       \
  "pop {r4-r11, pc}\n\t"

#define ARGUMENTS                                                                                 \
  (const struct dsp_lane* lanes __attribute__((unused)), uint32_t* strip __attribute__((unused)), \
   int32_t columns __attribute__((unused)), int32_t output_offset __attribute__((unused)))

#define STRIP_OF_STRIDE_1(name, first, second)                                      \
  __attribute__((naked)) static void name ARGUMENTS {                               \
    __asm__(BEGIN BEGIN_LANES                                                       \
            LOAD_COLUMN(0, first, second)                                           \
            UPPER_FROM("r10", "r0", "r4", "r5") LOWER_FROM("r12", "r0", "r4", "r5") \
            LOAD_COLUMN(1, first, second)                                           \
            UPPER("r10", "r6", "r7") LOWER("r12", "r6", "r7")                       \
            UPPER_FROM("r11", "r0", "r4", "r5") LOWER_FROM("lr", "r0", "r4", "r5")  \
            LOAD_COLUMN(2, first, second)                                           \
            UPPER("r10", "r8", "r9") LOWER("r12", "r8", "r9")                       \
            UPPER("r11", "r6", "r7") LOWER("lr", "r6", "r7")                        \
            LOAD_COLUMN(3, first, second)                                           \
            UPPER("r11", "r8", "r9") LOWER("lr", "r8", "r9")                        \
            LOAD_SCALE SCALE("r10") SCALE("r11") SCALE("r12") SCALE("lr")           \
            LOAD_OFFSET ROUND("r10") ROUND("r11") ROUND("r12") ROUND("lr")          \
            "ldr.w r3, [sp, #20]\n\t"                                               \
            "ldr.w r2, [sp, #16]\n\t"                                               \
            "add.w r3, r3, r1\n\t"                                                  \
            "add.w r1, r1, #80\n\t"                                                 \
            "strb.w r10, [r3]\n\t"                                                  \
            "strb.w r12, [r3, #4]\n\t"                                              \
            "strb.w r11, [r3, #40]\n\t"                                             \
            "strb.w lr, [r3, #44]\n\t"                                              \
            "cmp r1, r2\n\t"                                                        \
            "bne 1b\n\t"                                                            \
            "ldr r2, [sp, #28]\n\t"                                                 \
            "cmp r2, #0\n\t"                                                        \
            "beq.w 2f\n\t"                                                          \
            ".balign 4\n\t"                                                         \
            LOAD_COLUMN(0, first, second)                                           \
            UPPER_FROM("r10", "r0", "r4", "r5") LOWER_FROM("r12", "r0", "r4", "r5") \
            LOAD_COLUMN(1, first, second)                                           \
            UPPER("r10", "r6", "r7") LOWER("r12", "r6", "r7")                       \
            LOAD_COLUMN(2, first, second)                                           \
            UPPER("r10", "r8", "r9") LOWER("r12", "r8", "r9")                       \
            LOAD_SCALE SCALE("r10") SCALE("r12")                                    \
            LOAD_OFFSET ROUND("r10") ROUND("r12")                                   \
            "ldr.w r3, [sp, #20]\n\t"                                               \
            "add r3, r1\n\t"                                                        \
            "strb.w r10, [r3]\n\t"                                                  \
            "strb.w r12, [r3, #4]\n"                                                \
            "2:\n\t" END);                                                          \
  }

#define STRIP_OF_STRIDE_2(name, first, second)                                         \
  __attribute__((naked)) static void name ARGUMENTS {                                  \
    __asm__(BEGIN "lsls r2, r2, #1\n\t" BEGIN_LANES                                    \
            LOAD_COLUMN(0, first, second) UPPER_FROM("r10", "r0", "r4", "r5")          \
            LOAD_COLUMN(1, first, second) UPPER("r10", "r6", "r7")                     \
            LOAD_COLUMN(2, first, second) UPPER("r10", "r8", "r9")                     \
            UPPER_FROM("r11", "r0", "r4", "r5")                                        \
            LOAD_COLUMN(3, first, second) UPPER("r11", "r6", "r7")                     \
            LOAD_COLUMN(4, first, second) UPPER("r11", "r8", "r9")                     \
            LOAD_SCALE SCALE("r10") SCALE("r11") LOAD_OFFSET ROUND("r10") ROUND("r11") \
            "ldr.w r3, [sp, #20]\n\t"                                                  \
            "ldr.w r2, [sp, #16]\n\t"                                                  \
            "add.w r3, r3, r1\n\t"                                                     \
            "add.w r1, r1, #160\n\t"                                                   \
            "strb.w r10, [r3]\n\t"                                                     \
            "strb.w r11, [r3, #80]\n\t"                                                \
            "cmp r1, r2\n\t"                                                           \
            "bne 1b\n\t"                                                               \
            "ldr r2, [sp, #28]\n\t"                                                    \
            "cmp r2, #0\n\t"                                                           \
            "beq.w 2f\n\t"                                                             \
            ".balign 4\n\t"                                                            \
            LOAD_COLUMN(0, first, second) UPPER_FROM("r10", "r0", "r4", "r5")          \
            LOAD_COLUMN(1, first, second) UPPER("r10", "r6", "r7")                     \
            LOAD_COLUMN(2, first, second) UPPER("r10", "r8", "r9")                     \
            LOAD_SCALE SCALE("r10") LOAD_OFFSET ROUND("r10")                           \
            "ldr.w r3, [sp, #20]\n\t"                                                  \
            "add r3, r1\n\t"                                                           \
            "strb.w r10, [r3]\n"                                                       \
            "2:\n\t" END);                                                             \
  }

// clang-format on

STRIP_OF_STRIDE_1(run_stride_1_place_0, 0, 16)
STRIP_OF_STRIDE_1(run_stride_1_place_1, 16, 0)
STRIP_OF_STRIDE_2(run_stride_2_place_0, 0, 16)
STRIP_OF_STRIDE_2(run_stride_2_place_1, 16, 0)

void dsp_run_strip(const struct dsp_lane* lanes, uint32_t* strip, int32_t columns,
                   int32_t output_offset, int32_t stride, int32_t place) {
  // Calls by name: an indirect one would hide these functions from whoever adds up code sizes.
  if (stride == 1 && place == 0) {
    run_stride_1_place_0(lanes, strip, columns, output_offset);
  } else if (stride == 1) {
    run_stride_1_place_1(lanes, strip, columns, output_offset);
  } else if (place == 0) {
    run_stride_2_place_0(lanes, strip, columns, output_offset);
  } else {
    run_stride_2_place_1(lanes, strip, columns, output_offset);
  }
}
