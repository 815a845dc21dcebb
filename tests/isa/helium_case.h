// One MVE instruction with its operands in Q0-Q2, R2 and R3, and what it must make of them.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <optional>

#include "tests/isa/core_under_test.h"

namespace boardless::isa {

using Vector = std::array<std::uint32_t, 4>;

// The lanes of a vector from the lowest on; fewer than all are repeated.
template <class T>
Vector lanes(std::initializer_list<T> values) {
  std::array<T, 16 / sizeof(T)> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = values.begin()[i % values.size()];
  Vector vector;
  std::memcpy(vector.data(), all.data(), sizeof(vector));
  return vector;
}
inline Vector s8(std::initializer_list<std::int8_t> values) { return lanes(values); }
inline Vector u8(std::initializer_list<std::uint8_t> values) { return lanes(values); }
inline Vector s16(std::initializer_list<std::int16_t> values) { return lanes(values); }
inline Vector u16(std::initializer_list<std::uint16_t> values) { return lanes(values); }
inline Vector s32(std::initializer_list<std::int32_t> values) { return lanes(values); }
inline Vector u32(std::initializer_list<std::uint32_t> values) { return lanes(values); }
inline Vector u64(std::initializer_list<std::uint64_t> values) { return lanes(values); }

inline const Vector kBefore = u8({0x55});

struct HeliumCase {
  const char* text;  // the instruction, of which `code` is the encoding
  std::array<std::uint16_t, 2> code;
  Vector q1 = {}, q2 = {}, q0 = kBefore;
  std::uint32_t r2 = 0, r3 = 0;
  std::optional<std::uint16_t> p0 = {};  // in a VPT block of one, with this predicate
  Vector result = kBefore;               // Q0 afterwards
  std::optional<std::uint32_t> r2_result = {}, r3_result = {};  // when not what they were
  bool saturates = false;
};

inline void expect_result(const HeliumCase& c) {
  SCOPED_TRACE(c.text);
  CoreUnderTest core("v8.1-m.main");
  arm::State& state = core.state();
  state.control |= 4;  // FPCA: no new context, whose VPR would be 0
  std::memcpy(&state.s[0], c.q0.data(), 16);
  std::memcpy(&state.s[4], c.q1.data(), 16);
  std::memcpy(&state.s[8], c.q2.data(), 16);
  state.r[2] = c.r2;
  state.r[3] = c.r3;
  if (c.p0) {
    constexpr std::uint16_t kVpst[] = {0xfe71, 0x0f4d};
    state.vpr = *c.p0;
    core.run({kVpst[0], kVpst[1], c.code[0], c.code[1]});
  } else {
    core.run({c.code[0], c.code[1]});
  }
  ASSERT_EQ(state.trap, arm::Trap::kBreakpoint);
  ASSERT_EQ(state.pc, core.end());
  Vector q0;
  std::memcpy(q0.data(), &state.s[0], 16);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(q0[i], c.result[i]) << "word " << i << std::hex << ": 0x" << q0[i] << ", not 0x"
                                  << c.result[i];
  }
  EXPECT_EQ(state.r[2], c.r2_result.value_or(c.r2));
  EXPECT_EQ(state.r[3], c.r3_result.value_or(c.r3));
  EXPECT_EQ((state.fpscr & arm::kFpSaturated) != 0, c.saturates);
}

inline void expect_results(std::initializer_list<HeliumCase> cases) {
  for (const HeliumCase& each : cases) expect_result(each);
}

}  // namespace boardless::isa
