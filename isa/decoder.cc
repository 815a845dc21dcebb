// The bridge to LLVM MC: MCInst operands become register masks.
#include "isa/decoder.h"

#include <fmt/format.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCInstPrinter.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>

#include <functional>
#include <optional>

#include "base/error.h"
#include "isa/opcode_table.h"

namespace boardless::isa {
namespace {

// LLVM's register numbers are not a public header; its register names are stable.
RegisterMask mask_of_name(llvm::StringRef name) {
  if (name == "SP") return register_bit(13);
  if (name == "LR") return register_bit(14);
  if (name == "PC") return kPcBit;
  if (name == "CPSR" || name == "APSR" || name == "APSR_NZCV" || name == "ITSTATE") {
    return register_bit(kFlagsRegister);
  }
  if (name.starts_with("FPSCR")) return register_bit(kFpscrRegister);
  unsigned number = 0;
  if (name.size() < 2 || name.drop_front(1).getAsInteger(10, number)) return 0;
  if (name[0] == 'R' && number < 13) return register_bit(static_cast<int>(number));
  if (name[0] == 'S' && number < 32)
    return register_bit(kFirstFpRegister + static_cast<int>(number));
  if (name[0] == 'D' && number < 16) {
    return RegisterMask{3} << (kFirstFpRegister + 2 * static_cast<int>(number));
  }
  return 0;
}

void initialise_llvm_once() {
  [[maybe_unused]] static const bool done = [] {
    LLVMInitializeARMTargetInfo();
    LLVMInitializeARMTargetMC();
    LLVMInitializeARMDisassembler();
    return true;
  }();
}

}  // namespace

struct Decoder::Llvm {
  explicit Llvm(const Variant& variant)
      : variant_name(variant.name), triple(std::string(variant.triple)) {
    initialise_llvm_once();
    std::string error;
    const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple.str(), error);
    check(target != nullptr, "this LLVM was built without the ARM target");
    registers.reset(target->createMCRegInfo(triple.str()));
    asm_info.reset(target->createMCAsmInfo(*registers, triple.str(), llvm::MCTargetOptions()));
    instructions.reset(target->createMCInstrInfo());
    subtarget.reset(target->createMCSubtargetInfo(triple.str(), std::string(variant.cpu),
                                                  std::string(variant.features)));
    context.emplace(triple, asm_info.get(), registers.get(), subtarget.get());
    printer.reset(target->createMCInstPrinter(triple, asm_info->getAssemblerDialect(), *asm_info,
                                              *instructions, *registers));
    reset_it_state = [this, target] {
      disassembler.reset(target->createMCDisassembler(*subtarget, *context));
    };
    reset_it_state();
    masks.resize(registers->getNumRegs());
    for (unsigned i = 1; i < registers->getNumRegs(); ++i) {
      masks[i] = mask_of_name(registers->getName(i));
    }
    facts.resize(instructions->getNumOpcodes());
    for (unsigned i = 0; i < instructions->getNumOpcodes(); ++i) {
      facts[i] = opcode_facts({instructions->getName(i).data(), instructions->getName(i).size()});
    }
  }

  std::optional<llvm::MCInst> fetch(std::uint32_t address, std::span<const std::uint8_t> bytes,
                                    std::uint64_t& size) {
    llvm::MCInst inst;
    const auto status = disassembler->getInstruction(
        inst, size, llvm::ArrayRef<std::uint8_t>(bytes.data(), bytes.size()), address,
        llvm::nulls());
    if (status == llvm::MCDisassembler::Fail) return std::nullopt;
    return inst;
  }

  Instruction translate(const llvm::MCInst& inst, const OpcodeFacts& opcode, std::uint32_t address,
                        std::uint64_t size) const;
  void collect_operands(const llvm::MCInst& inst, Instruction& result) const;

  std::string variant_name;
  llvm::Triple triple;
  std::unique_ptr<llvm::MCRegisterInfo> registers;
  std::unique_ptr<llvm::MCAsmInfo> asm_info;
  std::unique_ptr<llvm::MCInstrInfo> instructions;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget;
  std::optional<llvm::MCContext> context;
  std::unique_ptr<llvm::MCDisassembler> disassembler;
  std::unique_ptr<llvm::MCInstPrinter> printer;
  std::function<void()> reset_it_state;
  std::vector<RegisterMask> masks;                // by LLVM register number
  std::vector<std::optional<OpcodeFacts>> facts;  // by LLVM opcode
};

// Fills reads, writes, address_reads and registers from the operands.
void Decoder::Llvm::collect_operands(const llvm::MCInst& inst, Instruction& result) const {
  const llvm::MCInstrDesc& desc = instructions->get(inst.getOpcode());
  for (const llvm::MCPhysReg reg : desc.implicit_defs()) result.writes |= masks[reg];
  for (const llvm::MCPhysReg reg : desc.implicit_uses()) result.reads |= masks[reg];

  const bool multiple = result.instruction_class == InstructionClass::kLoadMultiple ||
                        result.instruction_class == InstructionClass::kStoreMultiple ||
                        result.instruction_class == InstructionClass::kFpLoadMultiple ||
                        result.instruction_class == InstructionClass::kFpStoreMultiple;
  // A store's data registers come first among its inputs, the address after them.
  int data_operands = 0;
  if (result.is_store() && !multiple) {
    data_operands = result.instruction_class == InstructionClass::kStoreDual ? 2 : 1;
  }
  // PUSH and POP name their base, SP, only implicitly: their first operand is already in the list.
  bool seen_base = multiple && (result.reads & register_bit(13)) != 0;
  if (seen_base) result.address_reads |= register_bit(13);
  for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
    const llvm::MCOperand& operand = inst.getOperand(i);
    const llvm::MCOperandInfo* info = i < desc.getNumOperands() ? &desc.operands()[i] : nullptr;
    if (info != nullptr && info->isPredicate()) {
      if (operand.isImm() && operand.getImm() != 14) {  // 14: always
        result.predicated = true;
        result.reads |= register_bit(kFlagsRegister);
      }
      ++i;  // the flags register that goes with the condition
      continue;
    }
    if (!operand.isReg() || operand.getReg() == 0) continue;
    const RegisterMask mask = masks[operand.getReg()];
    if (i < desc.getNumDefs() || (info != nullptr && info->isOptionalDef())) {
      result.writes |= mask;
      continue;
    }
    if (multiple && (info == nullptr || seen_base)) {  // the register list
      result.registers += static_cast<std::uint8_t>(std::popcount(mask));
      (result.is_load() ? result.writes : result.reads) |= mask;
      continue;
    }
    result.reads |= mask;
    if (result.access_bytes == 0) continue;
    if (data_operands > 0) {
      --data_operands;
      continue;
    }
    result.address_reads |= mask;
    seen_base = true;
  }
}

Instruction Decoder::Llvm::translate(const llvm::MCInst& inst, const OpcodeFacts& opcode,
                                     std::uint32_t address, std::uint64_t size) const {
  Instruction result;
  result.address = address;
  result.size = static_cast<std::uint8_t>(size);
  result.instruction_class = opcode.instruction_class;
  result.form = opcode.form;
  result.access_bytes = opcode.access_bytes;
  result.opcode = static_cast<std::uint16_t>(inst.getOpcode());
  collect_operands(inst, result);

  const std::uint32_t pc = address + 4;
  const llvm::MCInstrDesc& desc = instructions->get(inst.getOpcode());
  if (result.form == AddressForm::kLiteral) {
    for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
      if (inst.getOperand(i).isImm()) {
        result.literal_address =
            (pc & ~3U) + static_cast<std::uint32_t>(inst.getOperand(i).getImm());
        break;
      }
    }
    result.address_reads = 0;
  }
  switch (result.instruction_class) {
    case InstructionClass::kBranch:
    case InstructionClass::kBranchConditional:
    case InstructionClass::kCompareBranch:
    case InstructionClass::kBranchLink:
      for (unsigned i = 0; i < inst.getNumOperands(); ++i) {
        const bool predicate = i < desc.getNumOperands() && desc.operands()[i].isPredicate();
        if (!predicate && inst.getOperand(i).isImm()) {
          result.branch_target = pc + static_cast<std::uint32_t>(inst.getOperand(i).getImm());
        }
        if (predicate) ++i;
      }
      result.writes |= kPcBit;
      break;
    case InstructionClass::kBranchIndirect:
    case InstructionClass::kTableBranch:
      result.writes |= kPcBit;
      break;
    case InstructionClass::kAlu:
      if (result.writes_pc()) result.instruction_class = InstructionClass::kBranchIndirect;
      break;
    default:
      break;
  }
  if (result.instruction_class == InstructionClass::kBranchConditional) result.predicated = false;
  if (result.instruction_class == InstructionClass::kLoadDual ||
      result.instruction_class == InstructionClass::kStoreDual ||
      result.instruction_class == InstructionClass::kFpLoadDouble ||
      result.instruction_class == InstructionClass::kFpStoreDouble) {
    result.registers = 2;
  } else if (result.access_bytes != 0 && result.registers == 0) {
    result.registers = 1;
  }
  return result;
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
    result.push_back(llvm_->translate(*inst, *facts, at, size));
    offset += size;
  }
  return result;
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

std::string_view Decoder::opcode_name(const Instruction& instruction) const {
  const llvm::StringRef name = llvm_->instructions->getName(instruction.opcode);
  return {name.data(), name.size()};
}

}  // namespace boardless::isa
