// What a case does beside computing, and how it ends.
#include "tests/isa/riscv_case_generator.h"

#include <array>

#include "base/error.h"
#include "isa/opcode.h"
#include "isa/riscv/csr.h"

namespace boardless::isa::riscv {
namespace {

constexpr std::uint32_t kSystem = 0x73, kOpImm = 0x13, kLui = 0x37, kLoadOp = 0x03, kStoreOp = 0x23,
                        kAmo = 0x2f, kJalr = 0x67, kMiscMem = 0x0f;
constexpr std::uint32_t kEbreak = 0x00100073, kWfi = 0x10500073;
// Registers that pieces may write: neither x0 nor one that points to the window.
constexpr std::array<std::uint32_t, 8> kFree{1, 5, 6, 7, 10, 17, 28, 31};

void append(Piece& piece, std::uint32_t encoding, int size = 4) {
  for (int i = 0; i < size; ++i) {
    piece.bytes.push_back(static_cast<std::uint8_t>(encoding >> 8 * i));
  }
}

}  // namespace

CaseGenerator::CaseGenerator(const Variant& variant, const std::string& extensions,
                             std::uint32_t seed)
    : variant_(variant),
      sequences_(variant, extensions, seed),
      decoder_(variant),
      random_(seed + 1) {
  sequences_.judges_extrema = true;
}

// Of registers that both judges have in full, of ones that nobody has, and writes of read-only
// ones.
Piece CaseGenerator::register_access(bool in_machine_mode) {
  constexpr std::array<std::uint32_t, 6> kWhole{kMepc, kMcause, kMtval, kFflags, kFrm, kFcsr};
  constexpr std::array<std::uint32_t, 8> kNone{0x5c0, 0x7c0, 0x800, 0x9c0,
                                               0xbc0, 0xfc0, 0x180, 0x100};
  std::uint32_t function = 1 + below(3) + 4 * below(2);
  std::uint32_t operand = below(32);
  std::uint32_t rd = below(3) == 0 ? 0 : kFree[below(kFree.size())];
  std::uint32_t csr = kWhole[below(variant_.has(Feature::kFloat) ? 6 : 3)];
  switch (below(16)) {
    case 0:
      csr = kNone[below(kNone.size())];
      break;
    case 1:  // QEMU's has supervisor's bits too
      csr = kMie;
      rd = 0;
      break;
    case 2:
      csr = kMhartid;
      break;
    case 3:
      csr = in_machine_mode ? std::uint32_t{kFcsr} : std::uint32_t{kCycle};
      break;
    default:
      break;
  }
  // QEMU 7.2 takes CSRRS and CSRRC of a register that holds 0 for reads, which read-only registers
  // allow, and keeps bit 0 of mepc.
  if (csr == kMhartid && operand != 0) function = below(2) != 0 ? 1 : 5;
  if (csr == kMepc) {
    function |= 4;
    operand &= ~1U;
  }
  Piece piece;
  append(piece, csr << 20 | operand << 15 | function << 12 | rd << 7 | kSystem);
  return piece;
}

// Sets or clears fields of mstatus that both have.
Piece CaseGenerator::status_change() {
  constexpr std::uint32_t kFields = kMstatusMprv | kMstatusTw | kMstatusFs | kMstatusMpie;
  const std::uint32_t scratch = kFree[below(kFree.size())];
  std::uint32_t fields = random_() & kFields;
  // QEMU 7.2 leaves FS initial where an instruction changes fcsr alone: FS is off or dirty here.
  fields &= ~kMstatusFs;
  if (variant_.has(Feature::kFloat) && below(2) != 0) fields |= kMstatusFs;
  Piece piece;
  append(piece, (fields & 0xfffff000) | scratch << 7 | kLui);
  append(piece, (fields & 0x7ff) << 20 | scratch << 15 | scratch << 7 | kOpImm);
  append(piece, kMstatus << 20 | scratch << 15 | (2 + below(2)) << 12 | kSystem);
  return piece;
}

// An encoding that our decoder refuses: QEMU has to refuse it as well.
Piece CaseGenerator::illegal() {
  for (;;) {
    std::uint32_t encoding = random_();
    const bool narrow = below(3) == 0 && variant_.has(Feature::kCompressed);
    encoding = narrow ? (encoding & 0xfffc) | below(3) : encoding | 3;
    Piece piece;
    append(piece, encoding);
    if (decoder_.next(0x1000, piece.bytes)) continue;
    piece.bytes.resize(narrow ? 2 : 4);
    return piece;
  }
}

Piece CaseGenerator::ending(Case& one) {
  const std::uint32_t rd = kFree[below(kFree.size())];
  Piece piece;
  switch (below(9)) {
    case 0:
    case 1:
      return illegal();
    case 2:
      append(piece, kEbreak);
      break;
    case 3: {  // where nothing is mapped
      const std::uint32_t size = below(3);
      const std::uint32_t address = below(0x1000) & ~((1U << size) - 1);
      if (below(2) != 0) {
        append(piece, address << 20 | size << 12 | rd << 7 | kLoadOp);
      } else {
        append(piece, address >> 5 << 25 | rd << 20 | size << 12 | (address & 31) << 7 | kStoreOp);
      }
      break;
    }
    case 4:
      append(piece, (below(0x1000) & ~1U) << 20 | rd << 7 | kJalr);
      break;
    case 5: {  // an atomic access that is not aligned, or where nothing is mapped
      if (!variant_.has(Feature::kAtomic)) return illegal();
      constexpr std::array<std::uint32_t, 4> kFunct{0, 1, 2, 8};
      const std::uint32_t funct = kFunct[below(kFunct.size())];
      const std::uint32_t rs2 = funct == 2 ? 0 : below(32);
      std::uint32_t base = 0;
      if (below(2) != 0) {
        one.start.x[kPointer] |= 1 + below(3);
        base = kPointer;
      }
      append(piece, funct << 27 | rs2 << 20 | base << 15 | 2U << 12 | rd << 7 | kAmo);
      break;
    }
    case 6:  // fences, with whatever is in the fields that are to be ignored
      append(piece, (random_() & ~0x7fffU) | below(2) << 12 | below(32) << 7 | kMiscMem);
      break;
    case 7:  // not in user mode while mstatus.TW is set
      one.mstatus = (one.mstatus & ~kMstatusMpp) | kMstatusTw;
      append(piece, kWfi);
      break;
    default:
      break;
  }
  return piece;
}

Case CaseGenerator::next() {
  Case one;
  one.start = sequences_.start();
  for (const std::size_t pointer : {kStackPointer, kPointer, kAtomicPointer}) {
    one.start.x[pointer] += kWindow - kDataBase;
  }
  const bool in_machine_mode = below(4) != 0;
  one.mstatus = in_machine_mode ? kMstatusMpp : 0;
  if (variant_.has(Feature::kFloat)) one.mstatus |= below(8) == 0 ? 0 : kMstatusFs;
  const Piece last = ending(one);
  // User mode has no register of these.
  const std::uint32_t most = in_machine_mode ? 3 : 1 + below(6) / 5;
  for (std::uint32_t i = below(most); i > 0; --i) {
    one.sequence.push_back(below(4) == 0 && in_machine_mode ? status_change()
                                                            : register_access(in_machine_mode));
  }
  const Sequence code = sequences_.sequence(6);
  one.sequence.insert(one.sequence.end(), code.begin(), code.end());
  for (std::uint32_t i = below(most); i > 0; --i) {
    one.sequence.push_back(register_access(in_machine_mode));
  }
  one.sequence.push_back(last);
  return one;
}

}  // namespace boardless::isa::riscv
