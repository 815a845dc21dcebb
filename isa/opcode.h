// One record per opcode: everything that boardless knows of it, from what the decoder fills in to
// what the interpreter runs. Rows stand in the files of the semantics, by the manuals' groups.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "isa/feature.h"
#include "isa/instruction.h"
#include "isa/machine_operand.h"
#include "isa/op.h"

namespace boardless::isa {

namespace arm {
struct State;
}
namespace riscv {
struct State;
}

// In which unit an address's immediate operand counts.
enum class OffsetUnit : std::uint8_t {
  kByte,
  kAccess,         // Arm's 16-bit loads and stores
  kSignAndAccess,  // Arm's VLDR and VSTR: bit 8 subtracts
};

// The part of a 32-bit address that an instruction puts into a register.
enum class AddressPart : std::uint8_t { kNone, kUpper, kUpperFromPc };

constexpr std::uint8_t kAllShifted = 0xff;  // OpcodeFacts::shifted: whatever is read
constexpr std::uint8_t kEachLane = 0xff;    // OpcodeFacts::lane_bytes: the row's lanes decide

// A value; each member function gives one that says more. "Position" counts a Decoded's operands.
struct OpcodeFacts {
  InstructionClass instruction_class = InstructionClass::kAlu;
  Feature feature = Feature::kBase;  // what has it
  AddressForm form = AddressForm::kNone;
  std::uint8_t access_bytes = 0;
  std::uint8_t lane_bytes = 0;  // of a vector, where it matters
  OffsetUnit offset_unit = OffsetUnit::kByte;
  AddressPart address_part = AddressPart::kNone;
  std::uint8_t accumulator = 0, accumulators = 0;  // the first's position; how many
  std::uint8_t shifted = 0;                        // bits by position
  bool light = false;                              // Instruction::light
  bool modified_constant = false;                  // Arm's: a rotated byte is kAluShiftedConstant
  bool plain_operand2 = false;                     // the last register could be shifted, and is not
  bool distinct_results = false;  // UNPREDICTABLE, or reserved, if the first two are one register
  bool starts_vpt_block = false;
  bool returns = false;                      // loads the PC, which is not among its registers
  bool nonzero_immediate = false;            // zero is reserved
  bool replaces_status = false;              // LLVM's word on the registers below does not count
  RegisterMask status_reads, status_writes;  // registers that LLVM does not list

 private:
  // Stands before its uses, which are constants.
  template <class Member>
  constexpr OpcodeFacts with(Member OpcodeFacts::* member, Member value) const {
    OpcodeFacts facts = *this;
    facts.*member = value;
    return facts;
  }

 public:
  constexpr OpcodeFacts at(AddressForm where, std::uint8_t bytes, std::uint8_t lanes = 0) const {
    OpcodeFacts facts = *this;
    facts.form = where;
    facts.access_bytes = bytes;
    facts.lane_bytes = lanes;
    return facts;
  }
  constexpr OpcodeFacts lanes(std::uint8_t bytes) const {
    return with(&OpcodeFacts::lane_bytes, bytes);
  }
  constexpr OpcodeFacts counts(OffsetUnit unit) const {
    return with(&OpcodeFacts::offset_unit, unit);
  }
  constexpr OpcodeFacts builds(AddressPart part) const {
    return with(&OpcodeFacts::address_part, part);
  }
  constexpr OpcodeFacts accumulates(std::uint8_t position, std::uint8_t count = 1) const {
    return with(&OpcodeFacts::accumulator, position).with(&OpcodeFacts::accumulators, count);
  }
  constexpr OpcodeFacts shifts(std::initializer_list<int> positions) const {
    int bits = 0;
    for (const int each : positions) bits |= 1 << each;
    return with(&OpcodeFacts::shifted, static_cast<std::uint8_t>(bits));
  }
  constexpr OpcodeFacts shifts_all() const { return with(&OpcodeFacts::shifted, kAllShifted); }
  constexpr OpcodeFacts lightly() const { return with(&OpcodeFacts::light, true); }
  constexpr OpcodeFacts modified() const { return with(&OpcodeFacts::modified_constant, true); }
  constexpr OpcodeFacts plain() const { return with(&OpcodeFacts::plain_operand2, true); }
  constexpr OpcodeFacts to_distinct() const { return with(&OpcodeFacts::distinct_results, true); }
  constexpr OpcodeFacts vpt() const { return with(&OpcodeFacts::starts_vpt_block, true); }
  constexpr OpcodeFacts returning() const { return with(&OpcodeFacts::returns, true); }
  constexpr OpcodeFacts nonzero() const { return with(&OpcodeFacts::nonzero_immediate, true); }
  constexpr OpcodeFacts reads(RegisterMask mask) const {
    return with(&OpcodeFacts::status_reads, mask);
  }
  constexpr OpcodeFacts writes(RegisterMask mask) const {
    return with(&OpcodeFacts::status_writes, mask);
  }
  constexpr OpcodeFacts alone() const { return with(&OpcodeFacts::replaces_status, true); }
};

// How a row begins: the feature that has its opcodes, and their class.
constexpr OpcodeFacts of(Feature feature, InstructionClass instruction_class) {
  OpcodeFacts facts;
  facts.feature = feature;
  facts.instruction_class = instruction_class;
  return facts;
}

// Appends the operations of one instruction; it gets an Op whose pc is set already.
template <class State>
using BuilderFor = void (*)(const Decoded& instruction, Op<State> op, std::vector<Op<State>>& out);

// The semantics, for the interpreter of one architecture; null in both: it has none.
struct Semantics {
  constexpr Semantics() = default;
  constexpr Semantics(BuilderFor<arm::State> build) : arm(build) {}
  constexpr Semantics(BuilderFor<riscv::State> build) : riscv(build) {}
  BuilderFor<arm::State> arm = nullptr;
  BuilderFor<riscv::State> riscv = nullptr;
};

struct Opcode {
  std::string_view name;  // MCInstrInfo's, "t2LDRi12"; elsewhere one that LLVM does not have
  OpcodeFacts facts;
  Semantics build;
};

// Opcodes that share everything.
struct OpcodeRow {
  std::string_view names;  // separated by single spaces
  OpcodeFacts facts;
  Semantics build;
};

class OpcodeTable {
 public:
  // Every opcode stands in one row: another is a bug.
  explicit OpcodeTable(std::initializer_list<std::span<const OpcodeRow>> families);

  // Null: not modelled.
  const Opcode* find(std::string_view name) const;

 private:
  std::unordered_map<std::string_view, Opcode> opcodes_;
};

}  // namespace boardless::isa
