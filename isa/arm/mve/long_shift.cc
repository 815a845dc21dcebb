// MVE's shifts of core registers and of pairs of them (DDI 0553 C2.4: ASRL to URSHRL).
#include <array>
#include <limits>

#include "isa/arm/mve/operands.h"

namespace boardless::isa::arm {
namespace {

struct Shifted {
  std::uint64_t value = 0;
  bool saturated = false;
};

// A signed value after a shift left by `left`, or right where that is negative, that
// saturates to `kTo` bits. The architecture computes without bounds.
template <int kTo>
constexpr Shifted saturating_signed(std::int64_t value, int left, bool rounds) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() >> (64 - kTo);
  constexpr std::int64_t kLeast = -kMost - 1;
  bool fits = true;
  std::int64_t result = value;
  if (left >= 0) {
    fits = value == 0 || (left < kTo && value >= kLeast >> left && value <= kMost >> left);
    result = fits && value != 0
                 ? static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << left)
                 : 0;
  } else {
    const int right = -left;
    if (rounds) {
      result = right > 64 ? 0 : value >> (right - 1);
      result = (result >> 1) + (result & 1);
    } else {
      result = value >> (right > 63 ? 63 : right);
    }
    fits = result >= kLeast && result <= kMost;
  }
  if (!fits) result = value < 0 ? kLeast : kMost;
  return {static_cast<std::uint64_t>(result), !fits};
}

template <int kTo>
constexpr Shifted saturating_unsigned(std::uint64_t value, int left, bool rounds) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max() >> (64 - kTo);
  bool fits = true;
  std::uint64_t result = value;
  if (left >= 0) {
    fits = value == 0 || (left < kTo && value <= kMost >> left);
    result = fits && value != 0 ? value << left : 0;
  } else {
    const int right = -left;
    if (rounds) {
      result = right > 64 ? 0 : value >> (right - 1);
      result = (result >> 1) + (result & 1);
    } else {
      result = right > 63 ? 0 : value >> right;
    }
    fits = result <= kMost;
  }
  return {fits ? result : kMost, !fits};
}

// Plain shifts lose what does not fit.
constexpr std::uint64_t shift_left_or_right(std::uint64_t value, int left, bool arithmetic) {
  if (left >= 64) return 0;
  if (left >= 0) return value << left;
  if (arithmetic) {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(value) >>
                                      (left < -63 ? 63 : -left));
  }
  return left < -63 ? 0 : value >> -left;
}

// --- What an instruction does with a value and an amount ---

enum class Kind { kPlainLogical, kPlainArithmetic, kSigned, kUnsigned };
enum class Direction { kLeft, kRight };  // of positive amounts

template <Kind kKind, Direction kDirection, bool kRounds, int kTo>
struct Shift {
  static Shifted apply(std::uint64_t value, int amount) {
    const int left = kDirection == Direction::kLeft ? amount : -amount;
    if constexpr (kKind == Kind::kSigned) {
      return saturating_signed<kTo>(static_cast<std::int64_t>(value), left, kRounds);
    } else if constexpr (kKind == Kind::kUnsigned) {
      return saturating_unsigned<kTo>(value, left, kRounds);
    } else {
      return {shift_left_or_right(value, left, kKind == Kind::kPlainArithmetic), false};
    }
  }
};

// The amount: a register's lowest byte, signed, or op->imm.
enum class From { kRegister, kImmediate };

template <From kFrom>
int amount_of(const State& s, const Op* op) {
  return kFrom == From::kRegister ? static_cast<std::int8_t>(s.r[op->rm])
                                  : static_cast<int>(op->imm);
}

template <class What, From kFrom>
const Op* run_long(State& s, const Op* op) {
  const std::uint64_t value = std::uint64_t{s.r[op->ra]} << 32 | s.r[op->rd];
  const Shifted result = What::apply(value, amount_of<kFrom>(s, op));
  s.r[op->rd] = static_cast<std::uint32_t>(result.value);
  s.r[op->ra] = static_cast<std::uint32_t>(result.value >> 32);
  if (result.saturated) s.q = 1;
  return next(s, op);
}

template <class What, From kFrom, bool kSigned>
const Op* run_word(State& s, const Op* op) {
  const std::uint32_t word = s.r[op->rd];
  const std::uint64_t value =
      kSigned ? static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(word)}) : word;
  const Shifted result = What::apply(value, amount_of<kFrom>(s, op));
  s.r[op->rd] = static_cast<std::uint32_t>(result.value);
  if (result.saturated) s.q = 1;
  return next(s, op);
}

// --- Builders ---

template <Kind kKind, Direction kDirection, bool kRounds, int kTo = 64>
using Long = Shift<kKind, kDirection, kRounds, kTo>;

// LLVM operands: RdaLo, RdaHi, both again, Rm or the amount.
template <class What, From kFrom>
void long_shift(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  if constexpr (kFrom == From::kRegister) {
    op.rm = reg(d, 4);
  } else {
    op.imm = imm(d, 4);
  }
  op.run = run_long<What, kFrom>;
  out.push_back(op);
}

// LLVM operands: RdaLo, RdaHi, both again, Rm, 1 for 48 bits.
template <Kind kKind, Direction kDirection>
void long_shift_to_48_or_64(const Decoded& d, Op op, OpList& out) {
  const bool to_48 = imm(d, 5) != 0;
  to_48 ? long_shift<Long<kKind, kDirection, true, 48>, From::kRegister>(d, op, out)
        : long_shift<Long<kKind, kDirection, true, 64>, From::kRegister>(d, op, out);
}

// LLVM operands: Rda, Rda again, Rm or the amount.
template <Kind kKind, Direction kDirection, bool kRounds, From kFrom>
void word_shift(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  if constexpr (kFrom == From::kRegister) {
    op.rm = reg(d, 2);
  } else {
    op.imm = imm(d, 2);
  }
  op.run = run_word < Shift<kKind, kDirection, kRounds, 32>, kFrom, kKind == Kind::kSigned > ;
  out.push_back(op);
}

using enum Kind;
using enum Direction;

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_ASRLi", helium(kShiftLong),
     long_shift<Long<kPlainArithmetic, kRight, false>, From::kImmediate>},
    {"MVE_ASRLr", helium(kShiftLong),
     long_shift<Long<kPlainArithmetic, kRight, false>, From::kRegister>},
    {"MVE_LSRL", helium(kShiftLong),
     long_shift<Long<kPlainLogical, kRight, false>, From::kImmediate>},
    {"MVE_LSLLi", helium(kShiftLong),
     long_shift<Long<kPlainLogical, kLeft, false>, From::kImmediate>},
    {"MVE_LSLLr", helium(kShiftLong),
     long_shift<Long<kPlainLogical, kLeft, false>, From::kRegister>},
    {"MVE_SQSHLL", helium(kShiftLong), long_shift<Long<kSigned, kLeft, false>, From::kImmediate>},
    {"MVE_UQSHLL", helium(kShiftLong), long_shift<Long<kUnsigned, kLeft, false>, From::kImmediate>},
    {"MVE_SRSHRL", helium(kShiftLong), long_shift<Long<kSigned, kRight, true>, From::kImmediate>},
    {"MVE_URSHRL", helium(kShiftLong), long_shift<Long<kUnsigned, kRight, true>, From::kImmediate>},
    {"MVE_SQRSHRL", helium(kShiftLong), long_shift_to_48_or_64<kSigned, kRight>},
    {"MVE_UQRSHLL", helium(kShiftLong), long_shift_to_48_or_64<kUnsigned, kLeft>},
    {"MVE_SQSHL", helium(kShiftLong), word_shift<kSigned, kLeft, false, From::kImmediate>},
    {"MVE_UQSHL", helium(kShiftLong), word_shift<kUnsigned, kLeft, false, From::kImmediate>},
    {"MVE_SRSHR", helium(kShiftLong), word_shift<kSigned, kRight, true, From::kImmediate>},
    {"MVE_URSHR", helium(kShiftLong), word_shift<kUnsigned, kRight, true, From::kImmediate>},
    {"MVE_SQRSHR", helium(kShiftLong), word_shift<kSigned, kRight, true, From::kRegister>},
    {"MVE_UQRSHL", helium(kShiftLong), word_shift<kUnsigned, kLeft, true, From::kRegister>},
});

}  // namespace

std::span<const OpcodeRow> mve_long_shift_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
