// Zicsr (manual chapter 9) and the machine-mode registers behind it (privileged 3.1).
#include "isa/riscv/csr.h"

#include <array>

#include "isa/riscv/operands.h"

namespace boardless::isa::riscv {
namespace {

std::optional<std::uint32_t> read_held(const State& s, std::uint32_t csr) {
  switch (csr) {
    case kMstatus: {
      constexpr std::uint32_t kDirty = 1U << 31;  // SD: FS is dirty
      return s.mstatus | ((s.mstatus & kMstatusFs) == kMstatusFs ? kDirty : 0);
    }
    case kMstatush:
      return 0;
    case kMisa:
      return s.misa;
    case kMie:
      return s.mie;
    case kMtvec:
      return s.mtvec;
    case kMscratch:
      return s.mscratch;
    case kMepc:
      return s.mepc;
    case kMcause:
      return s.mcause;
    case kMtval:
      return s.mtval;
    case kMip:
      return s.mip;
    case kMvendorid:
      return s.mvendorid;
    case kMarchid:
      return s.marchid;
    case kMimpid:
      return s.mimpid;
    case kMhartid:
      return s.mhartid;
    case kMconfigptr:
      return 0;
    default:
      break;
  }
  if (s.has_fpu && s.fp_enabled()) {
    if (csr == kFflags) return s.fflags;
    if (csr == kFrm) return s.frm;
    if (csr == kFcsr) return s.frm << 5 | s.fflags;
  }
  return std::nullopt;
}

void write_mstatus(State& s, std::uint32_t value) {
  std::uint32_t writable = kMstatusMie | kMstatusMpie;
  if (s.has_fpu) writable |= kMstatusFs;
  // No memory is protected from user mode here: MPRV changes no access.
  if (s.has_user_mode) writable |= kMstatusMprv | kMstatusTw;
  // MPP holds only modes that exist.
  const auto mode = static_cast<Privilege>(value >> 11 & 3);
  if (s.has_user_mode && (mode == Privilege::kUser || mode == Privilege::kMachine)) {
    writable |= kMstatusMpp;
  }
  s.mstatus = (s.mstatus & ~writable) | (value & writable);
}

bool write_fp(State& s, std::uint32_t csr, std::uint32_t value) {
  if (!s.has_fpu || !s.fp_enabled()) return false;
  if (csr != kFrm) s.fflags = value & 0x1f;
  if (csr == kFrm) s.frm = value & 7;
  if (csr == kFcsr) s.frm = value >> 5 & 7;
  s.mstatus |= kMstatusFs;
  return true;
}

// False: the state does not hold it.
bool write_held(State& s, std::uint32_t csr, std::uint32_t value) {
  switch (csr) {
    case kFflags:
    case kFrm:
    case kFcsr:
      return write_fp(s, csr, value);
    case kMstatus:
      write_mstatus(s, value);
      return true;
    case kMstatush:
    case kMisa:
      return true;  // read-only zero; extensions cannot be switched off
    case kMie:
      s.mie = value & s.mie_writable;
      return true;
    case kMtvec:
      s.mtvec = value & ~2U;
      return true;
    case kMscratch:
      s.mscratch = value;
      return true;
    case kMepc:
      s.mepc = value & ~1U;
      return true;
    case kMcause:
      s.mcause = value;
      return true;
    case kMtval:
      if (s.has_mtval) s.mtval = value;
      return true;
    case kMip:
      return true;  // machine-level bits follow their sources (3.1.9)
    default:
      return false;
  }
}

enum class Change { kWrite, kSet, kClear };

template <Change kWhat>
std::uint32_t changed(std::uint32_t before, std::uint32_t operand) {
  switch (kWhat) {
    case Change::kWrite:
      return operand;
    case Change::kSet:
      return before | operand;
    case Change::kClear:
      return before & ~operand;
  }
}

// op->aux: the register; op->imm: the operand of the immediate forms; op->ra: whether it is written
// (CSRRS and CSRRC with x0 or 0 do not), and in the next bit whether it is read (CSRRW to x0 does
// not).
constexpr std::uint8_t kWrites = 1, kReads = 2;

template <Change kWhat, bool kImmediate>
const Op* run_csr(State& s, const Op* op) {
  const std::uint32_t csr = op->aux;
  const bool writes = (op->ra & kWrites) != 0;
  const std::uint32_t operand = kImmediate ? op->imm : s.x[op->rn];
  const std::uint32_t needed = csr >> 8 & 3;
  const bool read_only = csr >> 10 == 3;
  if (static_cast<std::uint32_t>(s.privilege) < needed || (writes && read_only)) {
    return raise_illegal(s, op);
  }
  s.pc = op->pc;  // ports may look at it
  std::optional<std::uint32_t> before = 0;
  if ((op->ra & kReads) != 0) {
    before = read_held(s, csr);
    if (!before && s.csrs != nullptr) before = s.csrs->read(csr);
  }
  bool known = before.has_value();
  if (known && writes) {
    const std::uint32_t after = changed<kWhat>(*before, operand);
    known = write_held(s, csr, after) || (s.csrs != nullptr && s.csrs->write(csr, after));
  }
  if (!known) return raise_illegal(s, op);
  s.x[op->rd] = *before;
  return op + 1;
}

// LLVM operands: rd, register, rs1 or immediate.
template <Change kWhat, bool kImmediate>
void csr_op(const Decoded& d, Op op, OpList& out) {
  op.rd = destination(d, 0);
  op.aux = imm(d, 1);
  bool changes = kWhat == Change::kWrite;
  if (kImmediate) {
    op.imm = imm(d, 2);
    changes = changes || op.imm != 0;
  } else {
    op.rn = source(d, 2);
    changes = changes || op.rn != 0;
  }
  const bool reads = kWhat != Change::kWrite || op.rd != kNowhere;
  op.ra = static_cast<std::uint8_t>((changes ? kWrites : 0) | (reads ? kReads : 0));
  op.run = run_csr<kWhat, kImmediate>;
  out.push_back(op);
}

using enum InstructionClass;

constexpr std::array kRows = std::to_array<OpcodeRow>({
    {"CSRRW", rv32i(kSystemRegister), csr_op<Change::kWrite, false>},
    {"CSRRS", rv32i(kSystemRegister), csr_op<Change::kSet, false>},
    {"CSRRC", rv32i(kSystemRegister), csr_op<Change::kClear, false>},
    {"CSRRWI", rv32i(kSystemRegister), csr_op<Change::kWrite, true>},
    {"CSRRSI", rv32i(kSystemRegister), csr_op<Change::kSet, true>},
    {"CSRRCI", rv32i(kSystemRegister), csr_op<Change::kClear, true>},
});

}  // namespace

std::span<const OpcodeRow> csr_opcodes() { return kRows; }

}  // namespace boardless::isa::riscv
