// Loads and stores of FP registers (DDI 0403E A6.5). All are of words, and fault unless their
// address is a multiple of four (A3.2.1).
#include <array>

#include "isa/arm/fp_operands.h"

namespace boardless::isa::arm {
namespace {

constexpr std::uint32_t kWord = 4;

void require_aligned(State& s, const Op* op, std::uint32_t address, bool is_store) {
  if (address % kWord == 0) [[likely]]
    return;
  s.pc = op->pc;
  throw MemoryFault(MemoryFault::Kind::kUnaligned, address, kWord, is_store);
}

// The host memory of [address, address + bytes), if it is reached by the page table alone.
std::uint8_t* direct_range(const std::uintptr_t* pages, std::uint32_t address,
                           std::uint32_t bytes) {
  const std::uintptr_t entry = pages[address >> kPageShift] - kPageDirect;
  const bool one_page = (address & (kPageBytes - 1)) + bytes <= kPageBytes;
  if ((entry & (kPageBytes - 1)) != 0 || !one_page) return nullptr;
  return reinterpret_cast<std::uint8_t*>(entry + address);
}

// `words` registers from S<first> on.
void load_words(State& s, const Op* op, std::uint32_t address, std::uint32_t first,
                std::uint32_t words) {
  require_aligned(s, op, address, false);
  if (const std::uint8_t* from = direct_range(s.around.read_pages, address, kWord * words))
      [[likely]] {
    std::memcpy(&s.s[first], from, kWord * words);
    return;
  }
  for (std::uint32_t i = 0; i < words; ++i) {
    s.s[first + i] = load<std::uint32_t>(s, op, address + kWord * i);
  }
}

void store_words(State& s, const Op* op, std::uint32_t address, std::uint32_t first,
                 std::uint32_t words) {
  require_aligned(s, op, address, true);
  if (std::uint8_t* to = direct_range(s.around.write_pages, address, kWord * words)) [[likely]] {
    std::memcpy(to, &s.s[first], kWord * words);
    return;
  }
  for (std::uint32_t i = 0; i < words; ++i) {
    store<std::uint32_t>(s, op, address + kWord * i, s.s[first + i]);
  }
}

// --- One register: VLDR, VSTR ---

// Where the address comes from: a base register and op->imm, or op->imm alone.
enum class Base { kRegister, kPc };

template <Base kBase>
std::uint32_t address_of(const State& s, const Op* op) {
  return kBase == Base::kPc ? op->imm : s.r[op->rn] + op->imm;
}

template <Base kBase>
const Op* run_load_single(State& s, const Op* op) {
  const std::uint32_t address = address_of<kBase>(s, op);
  require_aligned(s, op, address, false);
  s.s[op->rd] = load<std::uint32_t>(s, op, address);
  return next(s, op);
}

template <Base kBase>
const Op* run_store_single(State& s, const Op* op) {
  const std::uint32_t address = address_of<kBase>(s, op);
  require_aligned(s, op, address, true);
  store<std::uint32_t>(s, op, address, s.s[op->rd]);
  return next(s, op);
}

template <Base kBase>
const Op* run_load_double(State& s, const Op* op) {
  const std::uint32_t address = address_of<kBase>(s, op);
  require_aligned(s, op, address, false);
  // The register changes only when both words are there.
  if (const std::uint8_t* from = direct_range(s.around.read_pages, address, 2 * kWord)) [[likely]] {
    std::memcpy(&s.s[op->rd], from, 2 * kWord);
    return next(s, op);
  }
  const auto low = load<std::uint32_t>(s, op, address);
  const auto high = load<std::uint32_t>(s, op, address + kWord);
  s.s[op->rd] = low;
  s.s[op->rd + 1U] = high;
  return next(s, op);
}

template <Base kBase>
const Op* run_store_double(State& s, const Op* op) {
  store_words(s, op, address_of<kBase>(s, op), op->rd, 2);
  return next(s, op);
}

// LLVM operands: Fd, Rn, offset in words with bit 8 for subtraction.
template <Op::Handler kWithRegister, Op::Handler kWithPc>
void transfer(const Decoded& d, Op op, OpList& out) {
  constexpr std::uint32_t kSubtract = 1U << 8;
  const std::uint32_t encoded = imm(d, 2);
  const std::uint32_t offset = (encoded & 0xff) * kWord;
  op.rd = fp_reg(d, 0);
  op.rn = reg(d, 1);
  op.imm = (encoded & kSubtract) != 0 ? 0U - offset : offset;
  const bool literal = op.rn == 15;
  if (literal) op.imm += (op.pc + 4) & ~3U;
  append_fp(d, op, literal ? kWithPc : kWithRegister, out);
}

// --- Several registers: VLDM, VSTM, VPUSH, VPOP ---

// op->imm: from the base to the first address; op->aux: words; op->ra: whether the base moves, and
// then up (words after it) or down.
enum Update : std::uint8_t { kKeep, kUp, kDown };

template <bool kStore>
const Op* run_multiple(State& s, const Op* op) {
  const std::uint32_t base = s.r[op->rn];
  if constexpr (kStore) {
    store_words(s, op, base + op->imm, op->rd, op->aux);
  } else {
    load_words(s, op, base + op->imm, op->rd, op->aux);
  }
  if (op->ra != kKeep) s.r[op->rn] = op->ra == kUp ? base + kWord * op->aux : base + op->imm;
  return next(s, op);
}

// LLVM operands: [Rn,] Rn, the registers.
template <bool kStore, Update kUpdate>
void multiple(const Decoded& d, Op op, OpList& out) {
  constexpr std::size_t kFirst = kUpdate == kKeep ? 1 : 2;
  const bool is_double = d.operands[kFirst].kind == MachineOperand::Kind::kDouble;
  op.rn = reg(d, 0);
  op.rd = fp_reg(d, kFirst);
  op.aux = static_cast<std::uint32_t>(d.operands.size() - kFirst) * (is_double ? 2 : 1);
  op.imm = kUpdate == kDown ? 0U - kWord * op.aux : 0;
  op.ra = kUpdate;
  append_fp(d, op, run_multiple<kStore>, out);
}

using enum InstructionClass;
using enum AddressForm;
using enum OffsetUnit;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"VLDRS", dsp(kFpLoad).at(kImmediate, 4).counts(kSignAndAccess),
     transfer<run_load_single<Base::kRegister>, run_load_single<Base::kPc>>},
    {"VLDRD", dsp(kFpLoadDouble).at(kImmediate, 4).counts(kSignAndAccess),
     transfer<run_load_double<Base::kRegister>, run_load_double<Base::kPc>>},
    {"VSTRS", dsp(kFpStore).at(kImmediate, 4).counts(kSignAndAccess),
     transfer<run_store_single<Base::kRegister>, run_store_single<Base::kPc>>},
    {"VSTRD", dsp(kFpStoreDouble).at(kImmediate, 4).counts(kSignAndAccess),
     transfer<run_store_double<Base::kRegister>, run_store_double<Base::kPc>>},
    {"VLDMSIA VLDMDIA", dsp(kFpLoadMultiple).at(kImmediate, 4), multiple<false, kKeep>},
    {"VLDMSIA_UPD VLDMDIA_UPD", dsp(kFpLoadMultiple).at(kPostIndexed, 4), multiple<false, kUp>},
    {"VLDMSDB_UPD VLDMDDB_UPD", dsp(kFpLoadMultiple).at(kPostIndexed, 4), multiple<false, kDown>},
    {"VSTMSIA VSTMDIA", dsp(kFpStoreMultiple).at(kImmediate, 4), multiple<true, kKeep>},
    {"VSTMSIA_UPD VSTMDIA_UPD", dsp(kFpStoreMultiple).at(kPostIndexed, 4), multiple<true, kUp>},
    {"VSTMSDB_UPD VSTMDDB_UPD", dsp(kFpStoreMultiple).at(kPostIndexed, 4), multiple<true, kDown>},
});

}  // namespace

std::span<const OpcodeRow> fp_load_store_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
