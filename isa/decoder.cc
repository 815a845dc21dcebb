// The bridge to LLVM MC. What differs between Arm and RISC-V is in decoder_arm.cc and
// decoder_riscv.cc.
#include "isa/decoder.h"

#include <fmt/format.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInstPrinter.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>

#include <functional>
#include <optional>

#include "base/error.h"
#include "isa/llvm_target.h"

namespace boardless::isa {
struct Decoder::Llvm {
  explicit Llvm(const Variant& variant)
      : variant_name(variant.name),
        rules(variant.architecture == Architecture::kArm ? arm_decoding() : riscv_decoding()),
        triple(std::string(variant.triple)) {
    rules.initialise_llvm();
    std::string error;
    const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple.str(), error);
    check(target != nullptr, "this LLVM was built without the variant's target");
    registers.reset(target->createMCRegInfo(triple.str()));
    asm_info.reset(target->createMCAsmInfo(*registers, triple.str(), llvm::MCTargetOptions()));
    instructions.reset(target->createMCInstrInfo());
    subtarget.reset(target->createMCSubtargetInfo(triple.str(), std::string(variant.cpu),
                                                  llvm_features(variant)));
    context.emplace(triple, asm_info.get(), registers.get(), subtarget.get());
    printer.reset(target->createMCInstPrinter(triple, asm_info->getAssemblerDialect(), *asm_info,
                                              *instructions, *registers));
    printer->setPrintBranchImmAsAddress(rules.prints_absolute_targets);
    new_disassembler = [this, target] {
      disassembler.reset(target->createMCDisassembler(*subtarget, *context));
    };
    new_disassembler();
    masks.resize(registers->getNumRegs());
    names.resize(registers->getNumRegs());
    for (unsigned i = 1; i < registers->getNumRegs(); ++i) {
      masks[i] = rules.mask_of_register(registers->getName(i));
      names[i] = rules.operand_of_register(registers->getName(i));
    }
    facts.resize(instructions->getNumOpcodes());
    for (unsigned i = 0; i < instructions->getNumOpcodes(); ++i) {
      const llvm::StringRef name = instructions->getName(i);
      facts[i] = rules.opcode_facts({name.data(), name.size()});
    }
  }

  std::optional<llvm::MCInst> fetch(std::uint32_t address, std::span<const std::uint8_t> bytes,
                                    std::uint64_t& size) {
    llvm::MCInst inst;
    const auto status = disassembler->getInstruction(
        inst, size, llvm::ArrayRef<std::uint8_t>(bytes.data(), bytes.size()), address,
        llvm::nulls());
    if (status == llvm::MCDisassembler::Fail) return std::nullopt;
    soft_fail = status == llvm::MCDisassembler::SoftFail;
    return inst;
  }

  // Forgets the IT block that LLVM's disassembler may be in.
  void reset_it_state() {
    if (rules.has_it_blocks) new_disassembler();
  }

  // Nothing for an encoding that the architecture reserves.
  std::optional<Decoded> describe(const llvm::MCInst& inst, const OpcodeFacts& opcode,
                                  std::uint32_t address, std::uint64_t size) const;
  std::optional<Instruction> translate(const llvm::MCInst& inst, const OpcodeFacts& opcode,
                                       std::uint32_t address, std::uint64_t size) const;
  void list_operands(const llvm::MCInst& inst, Decoded& decoded) const;
  // Whether a result's register is an input's too where the manual makes that UNPREDICTABLE: what
  // LLVM calls an early clobber. Its decoder lets it pass.
  bool overwrites_input(const llvm::MCInst& inst) const;

  std::string variant_name;
  const DecodingRules& rules;
  llvm::Triple triple;
  std::unique_ptr<llvm::MCRegisterInfo> registers;
  std::unique_ptr<llvm::MCAsmInfo> asm_info;
  std::unique_ptr<llvm::MCInstrInfo> instructions;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget;
  std::optional<llvm::MCContext> context;
  std::unique_ptr<llvm::MCDisassembler> disassembler;
  std::unique_ptr<llvm::MCInstPrinter> printer;
  std::function<void()> new_disassembler;
  bool soft_fail = false;                         // what fetch() returned last is UNPREDICTABLE
  std::vector<RegisterMask> masks;                // by LLVM register number
  std::vector<MachineOperand> names;              // likewise
  std::vector<std::optional<OpcodeFacts>> facts;  // by LLVM opcode
};

std::optional<Instruction> Decoder::Llvm::translate(const llvm::MCInst& inst,
                                                    const OpcodeFacts& opcode,
                                                    std::uint32_t address,
                                                    std::uint64_t size) const {
  Instruction result;
  result.address = address;
  result.size = static_cast<std::uint8_t>(size);
  result.instruction_class = opcode.instruction_class;
  result.form = opcode.form;
  result.access_bytes = opcode.access_bytes;
  result.lane_bytes = opcode.lane_bytes;
  result.opcode = static_cast<std::uint16_t>(inst.getOpcode());
  const unsigned op = inst.getOpcode();
  if (!rules.describe({inst, instructions->get(op), instructions->getName(op), masks}, result)) {
    return std::nullopt;
  }
  return result;
}

// Operands for semantics: condition and optional flags result apart, the rest in LLVM's order.
void Decoder::Llvm::list_operands(const llvm::MCInst& inst, Decoded& decoded) const {
  const llvm::MCInstrDesc& desc = instructions->get(inst.getOpcode());
  for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
    const llvm::MCOperand& operand = inst.getOperand(i);
    const llvm::MCOperandInfo* info = i < desc.getNumOperands() ? &desc.operands()[i] : nullptr;
    if (info != nullptr && rules.is_vector_predicate != nullptr &&
        rules.is_vector_predicate(*info)) {
      decoded.in_vpt_blocks = true;
      continue;  // VPT blocks are the translator's business
    }
    if (info != nullptr && info->isPredicate()) {
      if (operand.isImm()) decoded.condition = static_cast<std::uint8_t>(operand.getImm());
      ++i;  // the flags register that goes with the condition
    } else if (info != nullptr && info->isOptionalDef()) {
      decoded.sets_flags = operand.isReg() && operand.getReg() != 0;
    } else if (operand.isReg()) {
      decoded.operands.push_back(names[operand.getReg()]);
    } else if (operand.isImm()) {
      decoded.operands.push_back({MachineOperand::Kind::kImmediate, operand.getImm()});
    }
  }
}

bool Decoder::Llvm::overwrites_input(const llvm::MCInst& inst) const {
  const llvm::MCInstrDesc& desc = instructions->get(inst.getOpcode());
  for (unsigned d = 0; d < desc.getNumDefs(); ++d) {
    if (desc.getOperandConstraint(d, llvm::MCOI::EARLY_CLOBBER) == -1) continue;
    for (unsigned i = desc.getNumDefs(); i < desc.getNumOperands(); ++i) {
      const llvm::MCOperand& operand = inst.getOperand(i);
      const bool tied = desc.getOperandConstraint(i, llvm::MCOI::TIED_TO) == static_cast<int>(d);
      if (!tied && operand.isReg() && operand.getReg() == inst.getOperand(d).getReg()) return true;
    }
  }
  return false;
}

std::optional<Decoded> Decoder::Llvm::describe(const llvm::MCInst& inst, const OpcodeFacts& opcode,
                                               std::uint32_t address, std::uint64_t size) const {
  const std::optional<Instruction> instruction = translate(inst, opcode, address, size);
  if (!instruction) return std::nullopt;
  Decoded decoded;
  decoded.facts = *instruction;
  list_operands(inst, decoded);
  const llvm::StringRef name = instructions->getName(inst.getOpcode());
  if (rules.assign_operand_roles != nullptr) {
    rules.assign_operand_roles({name.data(), name.size()}, decoded);
  }
  return decoded;
}

Decoder::Decoder(const Variant& variant) : llvm_(std::make_unique<Llvm>(variant)) {}
Decoder::~Decoder() = default;

std::vector<Instruction> Decoder::decode(std::uint32_t address,
                                         std::span<const std::uint8_t> bytes) {
  std::vector<Instruction> result = decode_prefix(address, bytes);
  const std::uint32_t reached = result.empty() ? address : result.back().end();
  const std::uint32_t left = address + static_cast<std::uint32_t>(bytes.size()) - reached;
  if (left == 0) return result;
  const std::uint8_t* at = bytes.data() + (reached - address);
  const unsigned halfword = left >= 2 ? static_cast<unsigned>(at[0] | (at[1] << 8)) : at[0];
  const unsigned second = left >= 4 ? static_cast<unsigned>(at[2] | (at[3] << 8)) : 0;
  throw NotModelled(
      fmt::format("instruction at 0x{:08x} (0x{:04x} 0x{:04x}: {}) is not one that {} has and "
                  "boardless models",
                  reached, halfword, second, text(reached, {at, left}), llvm_->variant_name));
}

std::vector<Instruction> Decoder::decode_prefix(std::uint32_t address,
                                                std::span<const std::uint8_t> bytes) {
  std::vector<Instruction> result;
  llvm_->reset_it_state();
  std::size_t offset = 0;
  while (offset < bytes.size()) {
    std::uint64_t size = 0;
    const std::uint32_t at = address + static_cast<std::uint32_t>(offset);
    const auto inst = llvm_->fetch(at, bytes.subspan(offset), size);
    if (!inst || size == 0) break;
    const std::optional<OpcodeFacts>& facts = llvm_->facts[inst->getOpcode()];
    if (!facts || facts->instruction_class == InstructionClass::kCoprocessor) break;
    const std::optional<Decoded> decoded = llvm_->describe(*inst, *facts, at, size);
    if (!decoded) break;
    result.push_back(decoded->facts);
    offset += size;
  }
  return result;
}

void Decoder::restart() {
  llvm_->reset_it_state();
  it_left_ = 0;
}

std::optional<Decoded> Decoder::next(std::uint32_t address, std::span<const std::uint8_t> bytes) {
  std::uint64_t size = 0;
  const auto inst = llvm_->fetch(address, bytes, size);
  if (!inst || size == 0) return std::nullopt;
  const std::optional<OpcodeFacts>& facts = llvm_->facts[inst->getOpcode()];
  if (!facts) {
    throw NotModelled(fmt::format("instruction at 0x{:08x} ({}) is not one that boardless models",
                                  address, text(address, bytes)));
  }
  std::optional<Decoded> decoded = llvm_->describe(*inst, *facts, address, size);
  if (!decoded) return std::nullopt;
  decoded->unpredictable |= llvm_->soft_fail || llvm_->overwrites_input(*inst);
  if (it_left_ > 0) --it_left_;
  if (decoded->facts.instruction_class == InstructionClass::kIfThen) {
    it_left_ = 4 - std::countr_zero(static_cast<unsigned>(inst->getOperand(1).getImm()));
  }
  return decoded;
}

std::string Decoder::text(std::uint32_t address, std::span<const std::uint8_t> bytes) {
  std::uint64_t size = 0;
  llvm_->reset_it_state();
  const auto inst = llvm_->fetch(address, bytes, size);
  if (!inst) return "undefined";
  std::string out;
  llvm::raw_string_ostream stream(out);
  llvm_->printer->printInst(&*inst, address, "", *llvm_->subtarget, stream);
  for (char& c : out) {
    if (c == '\t') c = ' ';
  }
  return out.substr(out.find_first_not_of(' '));
}

std::vector<std::string_view> Decoder::opcode_names() const {
  std::vector<std::string_view> names;
  for (unsigned i = 0; i < llvm_->instructions->getNumOpcodes(); ++i) {
    if (llvm_->instructions->get(i).isPseudo()) continue;
    const llvm::StringRef name = llvm_->instructions->getName(i);
    names.emplace_back(name.data(), name.size());
  }
  return names;
}

std::string_view Decoder::opcode_name(const Instruction& instruction) const {
  const llvm::StringRef name = llvm_->instructions->getName(instruction.opcode);
  return {name.data(), name.size()};
}

}  // namespace boardless::isa
