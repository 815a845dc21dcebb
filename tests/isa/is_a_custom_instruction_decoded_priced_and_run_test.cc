// Is an instruction that LLVM does not know decoded by a table of our own, priced and run beside
// those that LLVM decodes, and may such a table do without LLVM?
#include <gtest/gtest.h>

#include <cstring>

#include "base/error.h"
#include "cost_models/block_timer.h"
#include "isa/riscv/operands.h"
#include "tests/isa/riscv_core.h"

namespace boardless::isa {
namespace {

using riscv::State;

// --- Made up, in the encodings that RISC-V keeps free for such (custom-0) ---

// SDOT8 rd, rs1, rs2: the sum of the products of four signed bytes.
const riscv::Op* run_dot(State& s, const riscv::Op* op) {
  std::int32_t sum = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    sum += static_cast<std::int8_t>(s.x[op->rn] >> shift) *
           static_cast<std::int8_t>(s.x[op->rm] >> shift);
  }
  s.x[op->rd] = static_cast<std::uint32_t>(sum);
  return op + 1;
}

const Opcode kDot{"custom.SDOT8", of(Feature::kCustom, InstructionClass::kMultiplyHigh),
                  riscv::three_registers<run_dot>};
// VL4 vd, (rs1) and VADD4 vd, vs1, vs2: words in vector registers, without semantics.
const Opcode kVectorLoad{
    "custom.VL4", of(Feature::kCustom, InstructionClass::kLoad).at(AddressForm::kImmediate, 4), {}};
const Opcode kVectorAdd{"custom.VADD4", of(Feature::kCustom, InstructionClass::kAlu), {}};

constexpr std::uint32_t encode(std::uint32_t funct3, int rd, int rs1, int rs2) {
  return 0x0b | funct3 << 12 | static_cast<std::uint32_t>(rd << 7 | rs1 << 15 | rs2 << 20);
}
constexpr std::uint32_t dot(int rd, int rs1, int rs2) { return encode(0, rd, rs1, rs2); }
constexpr std::uint32_t vector_load(int vd, int rs1) { return encode(1, vd, rs1, 0); }
constexpr std::uint32_t vector_add(int vd, int vs1, int vs2) { return encode(2, vd, vs1, vs2); }

class CustomInstructions : public InstructionSource {
 public:
  std::optional<Decoded> next(std::uint32_t address, std::span<const std::uint8_t> bytes) override {
    std::uint32_t encoding = 0;
    if (bytes.size() < sizeof(encoding)) return std::nullopt;
    std::memcpy(&encoding, bytes.data(), sizeof(encoding));
    const std::uint32_t funct3 = encoding >> 12 & 7;
    if ((encoding & 0x7f) != 0x0b || encoding >> 25 != 0 || funct3 > 2) return std::nullopt;
    const auto field = [&](int low) { return static_cast<int>(encoding >> low & 31); };
    const int rd = field(7), rs1 = field(15), rs2 = field(20);
    Decoded decoded;
    decoded.opcode = funct3 == 0 ? &kDot : funct3 == 1 ? &kVectorLoad : &kVectorAdd;
    const OpcodeFacts& known = decoded.opcode->facts;
    Instruction& facts = decoded.facts;
    facts.address = address;
    facts.size = 4;
    facts.instruction_class = known.instruction_class;
    facts.form = known.form;
    facts.access_bytes = known.access_bytes;
    for (const int number : {rd, rs1, rs2}) {
      decoded.operands.push_back({MachineOperand::Kind::kCore, number});
    }
    const int first = funct3 == 0 ? 0 : kFirstVectorRegister;
    facts.writes = register_bit(first + rd);
    if (funct3 == 1) {
      facts.registers = 1;
      facts.reads = facts.address_reads = register_bit(rs1);
    } else {
      facts.reads = register_bit(first + rs1) | register_bit(first + rs2);
    }
    return decoded;
  }

  std::string text(std::uint32_t address, std::span<const std::uint8_t> bytes) override {
    const std::optional<Decoded> decoded = next(address, bytes);
    return decoded ? std::string(decoded->opcode->name) : std::string();
  }
};

Variant custom_variant() {
  Variant variant = find_variant("rv32imc");
  variant.name = "rv32imc-custom";
  variant.features = variant.features | FeatureSet{Feature::kCustom};
  variant.extension = []() -> std::unique_ptr<InstructionSource> {
    return std::make_unique<CustomInstructions>();
  };
  return variant;
}

std::vector<std::uint8_t> bytes_of(std::initializer_list<std::uint32_t> encodings) {
  std::vector<std::uint8_t> bytes(4 * encodings.size());
  std::memcpy(bytes.data(), encodings.begin(), bytes.size());
  return bytes;
}

constexpr std::uint32_t kAdd = 0x00c58533;  // add a0, a1, a2

Cycles time_of(const Variant& variant, std::initializer_list<std::uint32_t> encodings) {
  const cost_models::CoreModel core = cost_models::load_core_model_named("cv32e40p");
  const std::vector<Instruction> block = Decoder(variant).decode(0x1000, bytes_of(encodings));
  return cost_models::BlockTimer(core, {})
      .time(block, {}, cost_models::Arrival::kSequential)
      .cycles;
}

TEST(IsACustomInstruction, DecodedBesideLlvms) {
  const Variant variant = custom_variant();
  Decoder decoder(variant);
  const auto bytes = bytes_of({kAdd, dot(10, 11, 12), kAdd});
  const std::vector<Instruction> block = decoder.decode(0x1000, bytes);
  ASSERT_EQ(block.size(), 3U);
  EXPECT_EQ(block[1].instruction_class, InstructionClass::kMultiplyHigh);
  EXPECT_EQ(block[1].reads, register_bit(11) | register_bit(12));
  EXPECT_EQ(block[2].address, 0x1008U);
  EXPECT_EQ(decoder.text(0x1004, std::span(bytes).subspan(4)), "custom.SDOT8");
  EXPECT_EQ(decoder.text(0x1000, bytes), "add a0, a1, a2");
  EXPECT_THROW(Decoder(find_variant("rv32imc")).decode(0x1000, bytes), NotModelled);
}

TEST(IsACustomInstruction, Executed) {
  const Variant variant = custom_variant();
  riscv::Core core(variant);
  core.x(11) = 0x01ff027f;  // 1, -1, 2, 127
  core.x(12) = 0x0503fe02;  // 5, 3, -2, 2
  // sdot8 a0, a1, a2; add a0, a0, a2
  EXPECT_EQ(core.run({dot(10, 11, 12), 0x00c50533}), riscv::Trap::kBreakpoint);
  EXPECT_EQ(core.x(10), 0x0503fe02U + (5 - 3 - 4 + 254));
  riscv::Core plain("rv32imc");
  EXPECT_EQ(plain.run({dot(10, 11, 12)}), riscv::Trap::kIllegal);
}

TEST(IsACustomInstruction, PricedByItsClassAndItsRegisters) {
  const Variant variant = custom_variant();
  EXPECT_EQ(time_of(variant, {kAdd, dot(10, 11, 12), kAdd}), 1 + 5 + 1);
  // The second waits for the first's vector register, and for no other.
  EXPECT_EQ(time_of(variant, {vector_load(1, 11), vector_add(2, 1, 3)}), 3);
  EXPECT_EQ(time_of(variant, {vector_load(1, 11), vector_add(2, 31, 3)}), 2);
  EXPECT_EQ(time_of(variant, {vector_load(31, 11), vector_add(2, 31, 3)}), 3);
}

TEST(IsACustomInstruction, DecodedWithoutLlvm) {
  Variant variant = custom_variant();
  variant.triple = "";
  Decoder decoder(variant);
  EXPECT_EQ(decoder.decode(0x1000, bytes_of({dot(1, 2, 3), dot(4, 5, 6)})).size(), 2U);
  EXPECT_EQ(decoder.text(0x1000, bytes_of({kAdd})), "undefined");
  EXPECT_THROW(decoder.decode(0x1000, bytes_of({dot(1, 2, 3), kAdd})), NotModelled);
}

TEST(IsARegisterMask, ASetOfNumbers) {
  const RegisterMask mask = register_bit(0) | register_bit(63) | RegisterMask::range(64, 3);
  std::vector<int> numbers;
  for (const int number : mask) numbers.push_back(number);
  EXPECT_EQ(numbers, (std::vector<int>{0, 63, 64, 65, 66}));
  EXPECT_EQ(mask.count(), 5);
  EXPECT_TRUE(mask.has(66));
  EXPECT_FALSE(mask.has(67));
  EXPECT_EQ(mask & ~register_bit(63) & ~register_bit(0), RegisterMask::range(64, 3));
  EXPECT_TRUE((mask & register_bit(95)).none());
  EXPECT_TRUE(RegisterMask().none());
}

}  // namespace
}  // namespace boardless::isa
