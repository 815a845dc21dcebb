// The bridge to LLVM MC. What differs between Arm and RISC-V is in decoder_arm.cc and
// decoder_riscv.cc.
#include "isa/llvm_source.h"

#include <fmt/format.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInstPrinter.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>

#include <array>
#include <cstring>
#include <functional>
#include <optional>

#include "base/error.h"
#include "isa/llvm_target.h"

namespace boardless::isa {
namespace {

// Our records by LLVM's numbers, which all variants of a target share: names are looked up once.
template <Architecture kArchitecture>
const std::vector<const Opcode*>& numbered_opcodes(const llvm::MCInstrInfo& instructions,
                                                   const DecodingRules& rules) {
  static const std::vector<const Opcode*> opcodes = [&] {
    std::vector<const Opcode*> by_number(instructions.getNumOpcodes());
    for (unsigned i = 0; i < instructions.getNumOpcodes(); ++i) {
      const llvm::StringRef name = instructions.getName(i);
      by_number[i] = rules.opcodes().find({name.data(), name.size()});
    }
    return by_number;
  }();
  return opcodes;
}

class LlvmSource : public InstructionSource {
 public:
  explicit LlvmSource(const Variant& variant)
      : rules_(variant.architecture == Architecture::kArm ? arm_decoding() : riscv_decoding()),
        triple_(std::string(variant.triple)) {
    rules_.initialise_llvm();
    std::string error;
    const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple_.str(), error);
    check(target != nullptr, "this LLVM was built without the variant's target");
    registers_.reset(target->createMCRegInfo(triple_.str()));
    asm_info_.reset(target->createMCAsmInfo(*registers_, triple_.str(), llvm::MCTargetOptions()));
    instructions_.reset(target->createMCInstrInfo());
    subtarget_.reset(target->createMCSubtargetInfo(triple_.str(), std::string(variant.cpu),
                                                   llvm_features(variant)));
    context_.emplace(triple_, asm_info_.get(), registers_.get(), subtarget_.get());
    printer_.reset(target->createMCInstPrinter(triple_, asm_info_->getAssemblerDialect(),
                                               *asm_info_, *instructions_, *registers_));
    printer_->setPrintBranchImmAsAddress(rules_.prints_absolute_targets);
    new_disassembler_ = [this, target] {
      disassembler_.reset(target->createMCDisassembler(*subtarget_, *context_));
    };
    new_disassembler_();
    masks_.resize(registers_->getNumRegs());
    names_.resize(registers_->getNumRegs());
    for (unsigned i = 1; i < registers_->getNumRegs(); ++i) {
      masks_[i] = rules_.mask_of_register(registers_->getName(i));
      names_[i] = rules_.operand_of_register(registers_->getName(i));
    }
    opcodes_ = variant.architecture == Architecture::kArm
                   ? &numbered_opcodes<Architecture::kArm>(*instructions_, rules_)
                   : &numbered_opcodes<Architecture::kRiscV>(*instructions_, rules_);
  }

  void restart() override {
    if (rules_.has_it_blocks) new_disassembler_();
  }
  std::optional<Decoded> next(std::uint32_t address, std::span<const std::uint8_t> bytes) override;
  std::string text(std::uint32_t address, std::span<const std::uint8_t> bytes) override;

 private:
  std::optional<llvm::MCInst> fetch(std::uint32_t address, std::span<const std::uint8_t> bytes,
                                    std::uint64_t& size) {
    llvm::MCInst inst;
    std::array<std::uint8_t, 4> word;
    if (rules_.canonical != nullptr && bytes.size() >= word.size()) {
      std::uint32_t encoding = 0;
      std::memcpy(&encoding, bytes.data(), word.size());
      encoding = rules_.canonical(encoding);
      std::memcpy(word.data(), &encoding, word.size());
      bytes = word;
    }
    const auto status = disassembler_->getInstruction(
        inst, size, llvm::ArrayRef<std::uint8_t>(bytes.data(), bytes.size()), address,
        llvm::nulls());
    if (status == llvm::MCDisassembler::Fail) return std::nullopt;
    soft_fail_ = status == llvm::MCDisassembler::SoftFail;
    return inst;
  }

  // Nothing for an encoding that the architecture reserves.
  std::optional<Decoded> describe(const llvm::MCInst& inst, const Opcode& opcode,
                                  std::uint32_t address, std::uint64_t size) const;
  std::optional<Instruction> translate(const llvm::MCInst& inst, const Opcode& opcode,
                                       std::uint32_t address, std::uint64_t size) const;
  void list_operands(const llvm::MCInst& inst, Decoded& decoded) const;
  // Whether a result's register is an input's too where the manual makes that UNPREDICTABLE: what
  // LLVM calls an early clobber. Its decoder lets it pass.
  bool overwrites_input(const llvm::MCInst& inst) const;

  const DecodingRules& rules_;
  llvm::Triple triple_;
  std::unique_ptr<llvm::MCRegisterInfo> registers_;
  std::unique_ptr<llvm::MCAsmInfo> asm_info_;
  std::unique_ptr<llvm::MCInstrInfo> instructions_;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget_;
  std::optional<llvm::MCContext> context_;
  std::unique_ptr<llvm::MCDisassembler> disassembler_;
  std::unique_ptr<llvm::MCInstPrinter> printer_;
  std::function<void()> new_disassembler_;
  bool soft_fail_ = false;             // what fetch() returned last is UNPREDICTABLE
  std::vector<RegisterMask> masks_;    // by LLVM register number
  std::vector<MachineOperand> names_;  // likewise
  const std::vector<const Opcode*>* opcodes_ = nullptr;  // by LLVM opcode; null: not modelled
};

std::optional<Instruction> LlvmSource::translate(const llvm::MCInst& inst, const Opcode& opcode,
                                                 std::uint32_t address, std::uint64_t size) const {
  Instruction result;
  result.address = address;
  result.size = static_cast<std::uint8_t>(size);
  result.instruction_class = opcode.facts.instruction_class;
  result.form = opcode.facts.form;
  result.access_bytes = opcode.facts.access_bytes;
  result.lane_bytes = opcode.facts.lane_bytes;
  const unsigned op = inst.getOpcode();
  if (!rules_.describe({inst, instructions_->get(op), opcode.facts, masks_}, result)) {
    return std::nullopt;
  }
  return result;
}

// Operands for semantics: condition and optional flags result apart, the rest in LLVM's order.
void LlvmSource::list_operands(const llvm::MCInst& inst, Decoded& decoded) const {
  const llvm::MCInstrDesc& desc = instructions_->get(inst.getOpcode());
  for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
    const llvm::MCOperand& operand = inst.getOperand(i);
    const llvm::MCOperandInfo* info = i < desc.getNumOperands() ? &desc.operands()[i] : nullptr;
    if (info != nullptr && rules_.is_vector_predicate != nullptr &&
        rules_.is_vector_predicate(*info)) {
      decoded.in_vpt_blocks = true;
      continue;  // VPT blocks are the translator's business
    }
    if (info != nullptr && info->isPredicate()) {
      if (operand.isImm()) decoded.condition = static_cast<std::uint8_t>(operand.getImm());
      ++i;  // the flags register that goes with the condition
    } else if (info != nullptr && info->isOptionalDef()) {
      decoded.sets_flags = operand.isReg() && operand.getReg() != 0;
    } else if (operand.isReg()) {
      decoded.operands.push_back(names_[operand.getReg()]);
    } else if (operand.isImm()) {
      decoded.operands.push_back({MachineOperand::Kind::kImmediate, operand.getImm()});
    }
  }
}

bool LlvmSource::overwrites_input(const llvm::MCInst& inst) const {
  const llvm::MCInstrDesc& desc = instructions_->get(inst.getOpcode());
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

std::optional<Decoded> LlvmSource::describe(const llvm::MCInst& inst, const Opcode& opcode,
                                            std::uint32_t address, std::uint64_t size) const {
  const std::optional<Instruction> instruction = translate(inst, opcode, address, size);
  if (!instruction) return std::nullopt;
  Decoded decoded;
  decoded.facts = *instruction;
  decoded.opcode = &opcode;
  list_operands(inst, decoded);
  if (rules_.assign_operand_roles != nullptr) {
    rules_.assign_operand_roles(decoded);
  }
  return decoded;
}

std::optional<Decoded> LlvmSource::next(std::uint32_t address,
                                        std::span<const std::uint8_t> bytes) {
  std::uint64_t size = 0;
  const auto inst = fetch(address, bytes, size);
  if (!inst || size == 0) return std::nullopt;
  const Opcode* opcode = (*opcodes_)[inst->getOpcode()];
  if (opcode == nullptr) {
    throw NotModelled(fmt::format("instruction at 0x{:08x} ({}) is not one that boardless models",
                                  address, text(address, bytes)));
  }
  std::optional<Decoded> decoded = describe(*inst, *opcode, address, size);
  if (decoded) decoded->unpredictable |= soft_fail_ || overwrites_input(*inst);
  return decoded;
}

std::string LlvmSource::text(std::uint32_t address, std::span<const std::uint8_t> bytes) {
  std::uint64_t size = 0;
  restart();
  const auto inst = fetch(address, bytes, size);
  if (!inst) return {};
  std::string out;
  llvm::raw_string_ostream stream(out);
  printer_->printInst(&*inst, address, "", *subtarget_, stream);
  for (char& c : out) {
    if (c == '\t') c = ' ';
  }
  return out.substr(out.find_first_not_of(' '));
}

}  // namespace

std::unique_ptr<InstructionSource> llvm_source(const Variant& variant) {
  return std::make_unique<LlvmSource>(variant);
}

std::vector<std::string_view> llvm_opcode_names(const Variant& variant) {
  static_cast<void>(LlvmSource(variant));  // initialises the target
  std::string error;
  const llvm::Target* target =
      llvm::TargetRegistry::lookupTarget(std::string(variant.triple), error);
  check(target != nullptr, "this LLVM was built with the variant's target");
  const std::unique_ptr<llvm::MCInstrInfo> instructions(target->createMCInstrInfo());
  std::vector<std::string_view> names;
  for (unsigned i = 0; i < instructions->getNumOpcodes(); ++i) {
    if (instructions->get(i).isPseudo()) continue;
    const llvm::StringRef name = instructions->getName(i);
    names.emplace_back(name.data(), name.size());
  }
  return names;
}

}  // namespace boardless::isa
