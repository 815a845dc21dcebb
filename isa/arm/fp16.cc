// What half precision has of its own: moves of halves between registers, and their loads and stores
// (DDI 0553 C2.4 VINS, VMOVX, VMOV, VLDR, VSTR). Its arithmetic is in fp_data.cc and fp_convert.cc.
#include <array>

#include "isa/arm/fp_operands.h"

namespace boardless::isa::arm {
namespace {

// --- Between registers ---

const Op* run_insert(State& s, const Op* op) {
  s.s[op->rd] = (s.s[op->rd] & 0xffff) | s.s[op->rm] << 16;
  return next(s, op);
}

const Op* run_extract(State& s, const Op* op) {
  s.s[op->rd] = s.s[op->rm] >> 16;
  return next(s, op);
}

// LLVM operands: Sd, [Sd again,] Sm.
template <Op::Handler kRun>
void upper_half(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  op.rm = fp_reg(d, d.operands.size() - 1);
  append_fp(d, op, kRun, out);
}

const Op* run_half_to_core(State& s, const Op* op) {
  s.r[op->rd] = read_fp<Half>(s, op->rn);
  return next(s, op);
}

const Op* run_half_from_core(State& s, const Op* op) {
  write_fp<Half>(s, op->rd, static_cast<std::uint16_t>(s.r[op->rn]));
  return next(s, op);
}

// LLVM operands: Rd, Sn.
void half_to_core(const Decoded& d, Op op, OpList& out) {
  op.rd = reg(d, 0);
  op.rn = fp_reg(d, 1);
  append_fp(d, op, run_half_to_core, out);
}

// LLVM operands: Sd, Rn.
void half_from_core(const Decoded& d, Op op, OpList& out) {
  op.rd = fp_reg(d, 0);
  op.rn = reg(d, 1);
  append_fp(d, op, run_half_from_core, out);
}

// --- Loads and stores, which fault unless their address is even ---

constexpr std::uint32_t kBytes = 2;

template <bool kFromPc>
std::uint32_t address_of(State& s, const Op* op, bool is_store) {
  const std::uint32_t address = kFromPc ? op->imm : s.r[op->rn] + op->imm;
  if (address % kBytes != 0) [[unlikely]] {
    s.pc = op->pc;
    throw MemoryFault(MemoryFault::Kind::kUnaligned, address, kBytes, is_store);
  }
  return address;
}

template <bool kFromPc>
const Op* run_load(State& s, const Op* op) {
  write_fp<Half>(s, op->rd, load<std::uint16_t>(s, op, address_of<kFromPc>(s, op, false)));
  return next(s, op);
}

template <bool kFromPc>
const Op* run_store(State& s, const Op* op) {
  store<std::uint16_t>(s, op, address_of<kFromPc>(s, op, true), read_fp<Half>(s, op->rd));
  return next(s, op);
}

// LLVM operands: Sd, Rn, offset in halfwords with bit 8 for subtraction.
template <Op::Handler kWithRegister, Op::Handler kWithPc>
void transfer(const Decoded& d, Op op, OpList& out) {
  constexpr std::uint32_t kSubtract = 1U << 8;
  const std::uint32_t encoded = imm(d, 2);
  const std::uint32_t offset = (encoded & 0xff) * kBytes;
  op.rd = fp_reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = (encoded & kSubtract) != 0 ? 0U - offset : offset;
  const bool literal = op.rn == 15;
  if (literal) op.imm += aligned_pc(op);
  append_fp(d, op, literal ? kWithPc : kWithRegister, out);
}

using enum InstructionClass;
using enum AddressForm;
using enum OffsetUnit;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"VINSH", armv81(kFpMove), upper_half<run_insert>},
    {"VMOVH", armv81(kFpMove), upper_half<run_extract>},
    {"VMOVRH", armv81(kFpCoreTransfer), half_to_core},
    {"VMOVHR", armv81(kFpCoreTransfer), half_from_core},
    {"VLDRH", armv81(kFpLoad).at(kImmediate, 2).counts(kSignAndAccess),
     transfer<run_load<false>, run_load<true>>},
    {"VSTRH", armv81(kFpStore).at(kImmediate, 2).counts(kSignAndAccess),
     transfer<run_store<false>, run_store<true>>},
});

}  // namespace

std::span<const OpcodeRow> fp16_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
