// MVE: moves between lanes and core registers, and constants (DDI 0553 C2.4: VMOV, VDUP, VMVN and
// VORR, VBIC immediate).
#include <array>

#include "isa/arm/mve/operands.h"

namespace boardless::isa::arm {
namespace {

// --- One lane. No predicate applies. imm: the lane. ---

template <class T>
const Op* run_to_core(State& s, const Op* op) {
  const T lane = read_lanes<T>(s, op->rn)[op->imm];
  s.r[op->rd] = static_cast<std::uint32_t>(lane);  // extends by T's sign
  return next(s, op);
}

template <class T>
const Op* run_from_core(State& s, const Op* op) {
  Lanes<T> lanes = read_lanes<T>(s, op->rd);
  lanes[op->imm] = static_cast<T>(s.r[op->rn]);
  write_all_lanes(s, op->rd, lanes);
  return next(s, op);
}

template <class T>
std::uint32_t lane_number(const Decoded& d, std::size_t index) {
  const std::uint32_t lane = imm(d, index);
  check(lane < kLaneCount<T>, "a vector has the lane that an instruction names");
  return lane;
}

// LLVM operands: Rt, Qn, lane.
template <class T>
void to_core(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = quad(d, 1);
  op.imm = lane_number<T>(d, 2);
  append_vector(d, op, run_to_core<T>, out);
}

// LLVM operands: Qd, Qd again, Rt, lane.
template <class T>
void from_core(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rn = reg(d, 2);
  op.imm = lane_number<T>(d, 3);
  append_vector(d, op, run_from_core<T>, out);
}

// --- Two lanes of words. The lower lane goes with Rt, whatever the order in assembly text. ---

// rn: the lower lane's word of State::s; the other is two further on.
const Op* run_pair_to_core(State& s, const Op* op) {
  const std::uint32_t lower = s.s[op->rn], upper = s.s[op->rn + 2U];
  s.r[op->rd] = lower;
  s.r[op->ra] = upper;
  return next(s, op);
}

const Op* run_pair_from_core(State& s, const Op* op) {
  s.s[op->rd] = s.r[op->rn];
  s.s[op->rd + 2U] = s.r[op->rm];
  return next(s, op);
}

// LLVM operands: Rt, Rt2, Qd, upper lane, lower lane.
void pair_to_core(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.ra = reg(d, 1);
  op.rn = static_cast<std::uint8_t>(quad(d, 2) + imm(d, 4));
  append_vector(d, op, run_pair_to_core, out);
}

// LLVM operands: Qd, Qd again, Rt, Rt2, upper lane, lower lane.
void pair_from_core(const Decoded& d, Op op, OpList& out) {
  op.rd = static_cast<std::uint8_t>(quad(d, 0) + imm(d, 5));
  op.rn = reg(d, 2);
  op.rm = reg(d, 3);
  append_vector(d, op, run_pair_from_core, out);
}

// --- VDUP ---

template <class T>
constexpr T same(T value) {
  return value;
}

// LLVM operands: Qd, Rt.
template <class T>
void duplicate(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  op.rm = reg(d, 1);
  append_vector(d, op, run_lanes<same<T>, Rm<T>>, out);
}

// --- Constants. imm and aux: the lower and upper half of 64 bits, twice. ---

struct Pattern {
  static EveryLane<std::uint64_t> read(const State&, const Op* op) {
    return {std::uint64_t{op->aux} << 32 | op->imm};
  }
};

Op with_pattern(Op op, std::uint64_t pattern) {
  op.imm = static_cast<std::uint32_t>(pattern);
  op.aux = static_cast<std::uint32_t>(pattern >> 32);
  return op;
}

constexpr std::uint64_t repeat32(std::uint64_t word) { return word << 32 | word; }
constexpr std::uint64_t repeat16(std::uint64_t halfword) {
  return repeat32(halfword << 16 | halfword);
}

// AdvSIMDExpandImm (DDI 0553 E2.1); `encoded`: bit 12 op, bits 11:8 cmode, bits 7:0 imm8.
std::uint64_t expand(std::uint32_t encoded) {
  const std::uint64_t byte = encoded & 0xff;
  const std::uint32_t cmode = encoded >> 8 & 15;
  const bool inverse = (encoded >> 12 & 1) != 0;
  if (cmode < 8) return repeat32(byte << 8 * (cmode >> 1));
  if (cmode < 12) return repeat16(byte << 8 * (cmode >> 1 & 1));
  if (cmode == 12) return repeat32(byte << 8 | 0xff);
  if (cmode == 13) return repeat32(byte << 16 | 0xffff);
  if (cmode == 15) {
    const std::uint64_t sign = byte >> 7, low = byte & 0x3f;
    return repeat32(sign << 31 | ((byte >> 6 & 1) != 0 ? 0x1fULL << 25 : 1ULL << 30) | low << 19);
  }
  if (!inverse) return repeat16(byte << 8 | byte);
  std::uint64_t bytes = 0;
  for (int bit = 0; bit < 8; ++bit) {
    if ((byte >> bit & 1) != 0) bytes |= std::uint64_t{0xff} << 8 * bit;
  }
  return bytes;
}

// LLVM operands: Qd, the encoded constant. VMVN's has op set, which means the inverse.
template <bool kInverse>
void constant(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  const std::uint64_t pattern = expand(imm(d, 1));
  append_vector(d, with_pattern(op, kInverse ? ~pattern : pattern),
                run_lanes<same<std::uint64_t>, Pattern>, out);
}

constexpr std::uint64_t bits_or(std::uint64_t a, std::uint64_t b) { return a | b; }
constexpr std::uint64_t bits_clear(std::uint64_t a, std::uint64_t b) { return a & ~b; }

// LLVM operands: Qd, Qd again, a byte and above it twice the number of bytes it is shifted by.
template <int kBits, auto kFunction>
void change_bits(const Decoded& d, Op op, OpList& out) {
  op.rd = quad(d, 0);
  const std::uint32_t encoded = imm(d, 2);
  const std::uint64_t value = std::uint64_t{encoded & 0xff} << 8 * (encoded >> 9 & 3);
  append_vector(d, with_pattern(op, kBits == 32 ? repeat32(value) : repeat16(value)),
                run_lanes<kFunction, Qd<std::uint64_t>, Pattern>, out);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"MVE_VMOV_from_lane_32", helium(kVectorToCore), to_core<std::uint32_t>},
    {"MVE_VMOV_from_lane_s16", helium(kVectorToCore), to_core<std::int16_t>},
    {"MVE_VMOV_from_lane_u16", helium(kVectorToCore), to_core<std::uint16_t>},
    {"MVE_VMOV_from_lane_s8", helium(kVectorToCore), to_core<std::int8_t>},
    {"MVE_VMOV_from_lane_u8", helium(kVectorToCore), to_core<std::uint8_t>},
    {"MVE_VMOV_to_lane_32", helium(kVectorFromCore), from_core<std::uint32_t>},
    {"MVE_VMOV_to_lane_16", helium(kVectorFromCore), from_core<std::uint16_t>},
    {"MVE_VMOV_to_lane_8", helium(kVectorFromCore), from_core<std::uint8_t>},
    {"MVE_VMOV_rr_q", helium(kVectorToCore).to_distinct(), pair_to_core},
    {"MVE_VMOV_q_rr", helium(kVectorFromCore), pair_from_core},
    {"MVE_VDUP8", helium(kVectorDuplicate), duplicate<std::uint8_t>},
    {"MVE_VDUP16", helium(kVectorDuplicate), duplicate<std::uint16_t>},
    {"MVE_VDUP32", helium(kVectorDuplicate), duplicate<std::uint32_t>},
    {"MVE_VMOVimmi8 MVE_VMOVimmi16 MVE_VMOVimmi32 MVE_VMOVimmi64 MVE_VMOVimmf32",
     helium(kVectorImmediate), constant<false>},
    {"MVE_VMVNimmi16 MVE_VMVNimmi32", helium(kVectorLogical), constant<true>},
    {"MVE_VORRimmi16", helium(kVectorLogical), change_bits<16, bits_or>},
    {"MVE_VORRimmi32", helium(kVectorLogical), change_bits<32, bits_or>},
    {"MVE_VBICimmi16", helium(kVectorLogical), change_bits<16, bits_clear>},
    {"MVE_VBICimmi32", helium(kVectorLogical), change_bits<32, bits_clear>},
});

}  // namespace

std::span<const OpcodeRow> mve_move_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
