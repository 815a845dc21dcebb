// LDM, STM, PUSH and POP (DDI 0403E A5.2, A5.3.5).
#include <array>
#include <bit>

#include "isa/arm/aligned_access.h"
#include "isa/arm/operands.h"

namespace boardless::isa::arm {
namespace {

// rn: the base; aux: the registers as a mask; imm: from the base to the lowest address; rd: bytes.
// Written back: the base plus or minus rd.
enum class Base { kKept, kUp, kDown };

template <Base kBase>
void update_base(State& s, const Op* op) {
  if constexpr (kBase == Base::kUp) s.r[op->rn] += op->rd;
  if constexpr (kBase == Base::kDown) s.r[op->rn] -= op->rd;
}

// Host memory that holds all of [address, address + bytes), when one page does.
const std::uint8_t* direct(const std::uintptr_t* pages, std::uint32_t address,
                           std::uint32_t bytes) {
  const std::uintptr_t entry = pages[address >> kPageShift] - kPageDirect;
  const bool one_page = (address & (kPageBytes - 1)) + bytes <= kPageBytes;
  if ((entry & (kPageBytes - 1)) != 0 || !one_page) return nullptr;
  return reinterpret_cast<const std::uint8_t*>(entry + address);
}

template <Base kBase, bool kLoadsPc>
const Op* run_load_multiple(State& s, const Op* op) {
  const std::uint32_t address = s.r[op->rn] + op->imm;
  require_aligned(s, op, address, 4, false);
  std::array<std::uint32_t, 16> values;
  const std::uint8_t* host = direct(s.around.read_pages, address, op->rd);
  if (host == nullptr) [[unlikely]] {
    // All of it before any register changes: a fault leaves the base as it was.
    for (std::uint32_t i = 0; i < op->rd / 4U; ++i) {
      values[i] = load<std::uint32_t>(s, op, address + 4 * i);
    }
    host = reinterpret_cast<const std::uint8_t*>(values.data());
  }
  update_base<kBase>(s, op);
  for (std::uint32_t left = op->aux; left != 0; left &= left - 1) {
    std::memcpy(&s.r[static_cast<std::size_t>(std::countr_zero(left))], host, 4);
    host += 4;
  }
  if constexpr (!kLoadsPc) return next(s, op);
  std::uint32_t target = 0;
  std::memcpy(&target, host, 4);
  interwork(s, target);
  return nullptr;
}

template <Base kBase>
const Op* run_store_multiple(State& s, const Op* op) {
  std::uint32_t address = s.r[op->rn] + op->imm;
  require_aligned(s, op, address, 4, true);
  const std::uint8_t* host = direct(s.around.write_pages, address, op->rd);
  if (host != nullptr) [[likely]] {
    auto* to = const_cast<std::uint8_t*>(host);  // the page is writable
    for (std::uint32_t left = op->aux; left != 0; left &= left - 1) {
      std::memcpy(to, &s.r[static_cast<std::size_t>(std::countr_zero(left))], 4);
      to += 4;
    }
  } else {
    for (std::uint32_t left = op->aux; left != 0; left &= left - 1) {
      store<std::uint32_t>(s, op, address, s.r[static_cast<std::size_t>(std::countr_zero(left))]);
      address += 4;
    }
  }
  update_base<kBase>(s, op);
  return next(s, op);
}

constexpr std::uint32_t kPcInList = 1U << 15;

// The registers from operand `first` on.
void set_list(const Decoded& d, std::size_t first, bool down, Op& op) {
  for (std::size_t i = first; i < d.operands.size(); ++i) op.aux |= 1U << reg(d, i);
  op.rd = static_cast<std::uint8_t>(4 * std::popcount(op.aux));
  op.imm = down ? 0U - op.rd : 0;
}

template <Base kBase>
void push_load(Op op, OpList& out) {
  op.run = run_load_multiple<kBase, false>;
  if ((op.aux & kPcInList) != 0) {
    op.aux &= ~kPcInList;
    op.run = run_load_multiple<kBase, true>;
  }
  out.push_back(op);
}

// LLVM operands: Rn, registers.
template <bool kDown>
void load_multiple(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  set_list(d, 1, kDown, op);
  push_load<Base::kKept>(op, out);
}
template <bool kDown>
void store_multiple(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  set_list(d, 1, kDown, op);
  op.run = run_store_multiple<Base::kKept>;
  out.push_back(op);
}

// LLVM operands: Rn, Rn, registers.
template <bool kDown>
void load_multiple_updating(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  set_list(d, 2, kDown, op);
  push_load<kDown ? Base::kDown : Base::kUp>(op, out);
}
template <bool kDown>
void store_multiple_updating(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  set_list(d, 2, kDown, op);
  op.run = run_store_multiple < kDown ? Base::kDown : Base::kUp > ;
  out.push_back(op);
}

// The 16-bit LDM writes its base back unless it loads it. LLVM operands: Rn, registers.
void load_multiple_low(const Decoded& d, Op op, OpList& out) {
  op.rn = reg(d, 0);
  set_list(d, 1, false, op);
  if ((op.aux >> op.rn & 1) != 0) {
    push_load<Base::kKept>(op, out);
  } else {
    push_load<Base::kUp>(op, out);
  }
}

// LLVM operands: registers.
void push(const Decoded& d, Op op, OpList& out) {
  op.rn = 13;
  set_list(d, 0, true, op);
  op.run = run_store_multiple<Base::kDown>;
  out.push_back(op);
}
void pop(const Decoded& d, Op op, OpList& out) {
  op.rn = 13;
  set_list(d, 0, false, op);
  push_load<Base::kUp>(op, out);
}

using enum InstructionClass;
using enum AddressForm;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"tLDMIA", base(kLoadMultiple).at(kImmediate, 4), load_multiple_low},
    {"t2LDMIA", mainline(kLoadMultiple).at(kImmediate, 4), load_multiple<false>},
    {"t2LDMDB", mainline(kLoadMultiple).at(kImmediate, 4), load_multiple<true>},
    {"t2LDMIA_UPD", mainline(kLoadMultiple).at(kPostIndexed, 4), load_multiple_updating<false>},
    {"t2LDMDB_UPD", mainline(kLoadMultiple).at(kPostIndexed, 4), load_multiple_updating<true>},
    {"tPOP", base(kLoadMultiple).at(kPostIndexed, 4), pop},
    {"t2STMIA", mainline(kStoreMultiple).at(kImmediate, 4), store_multiple<false>},
    {"t2STMDB", mainline(kStoreMultiple).at(kImmediate, 4), store_multiple<true>},
    {"tSTMIA_UPD", base(kStoreMultiple).at(kPostIndexed, 4), store_multiple_updating<false>},
    {"t2STMIA_UPD", mainline(kStoreMultiple).at(kPostIndexed, 4), store_multiple_updating<false>},
    {"t2STMDB_UPD", mainline(kStoreMultiple).at(kPostIndexed, 4), store_multiple_updating<true>},
    {"tPUSH", base(kStoreMultiple).at(kPostIndexed, 4), push},
});

}  // namespace

std::span<const OpcodeRow> load_store_multiple_opcodes() { return kRows; }

}  // namespace boardless::isa::arm
