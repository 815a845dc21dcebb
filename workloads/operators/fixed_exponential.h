// Exponential and reciprocal in TFLite's fixed-point arithmetic, for the host's answers. Comments
// write Qm.n for a number with m integer and n fraction bits; a high product of Qa and Qb has a + b
// integer bits.
#pragma once

#include <cstdint>

namespace boardless::workloads {

// exp(x), Q0.31, for x <= 0 with `integer_bits` of them, 4 or 5.
std::int32_t exp_of_negative(std::int32_t x, int integer_bits);

// 2 / (1 + x), Q2.29, for x in [0, 1), Q0.31.
std::int32_t two_over_one_plus(std::int32_t x);

// 1 / (1 + x), Q0.31, for x in [0, 1), Q0.31.
std::int32_t reciprocal_of_one_plus(std::int32_t x);

}  // namespace boardless::workloads
