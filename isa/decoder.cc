// Asks the variant's sources of instructions in turn, and keeps count of IT blocks.
#include "isa/decoder.h"

#include <fmt/format.h>

#include <bit>

#include "base/error.h"
#include "isa/llvm_source.h"
#include "isa/opcode.h"

namespace boardless::isa {

Decoder::Decoder(const Variant& variant) : variant_name_(variant.name) {
  if (variant.extension != nullptr) extension_ = variant.extension();
  if (!variant.triple.empty()) llvm_ = llvm_source(variant);
}
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
                  reached, halfword, second, text(reached, {at, left}), variant_name_));
}

std::vector<Instruction> Decoder::decode_prefix(std::uint32_t address,
                                                std::span<const std::uint8_t> bytes) {
  std::vector<Instruction> result;
  restart();
  try {
    for (std::size_t offset = 0; offset < bytes.size(); offset += result.back().size) {
      const std::optional<Decoded> decoded =
          next(address + static_cast<std::uint32_t>(offset), bytes.subspan(offset));
      if (!decoded || decoded->facts.instruction_class == InstructionClass::kCoprocessor) break;
      result.push_back(decoded->facts);
    }
  } catch (const NotModelled&) {  // the end of what can be walked
  }
  return result;
}

void Decoder::restart() {
  if (llvm_ != nullptr) llvm_->restart();
  if (extension_ != nullptr) extension_->restart();
  it_left_ = 0;
}

std::optional<Decoded> Decoder::find(std::uint32_t address, std::span<const std::uint8_t> bytes) {
  // LLVM's disassembler counts the instructions of an IT block itself: nobody else takes one there.
  if (extension_ != nullptr && !in_it_block()) {
    if (std::optional<Decoded> decoded = extension_->next(address, bytes)) return decoded;
  }
  return llvm_ != nullptr ? llvm_->next(address, bytes) : std::nullopt;
}

std::optional<Decoded> Decoder::next(std::uint32_t address, std::span<const std::uint8_t> bytes) {
  std::optional<Decoded> decoded = find(address, bytes);
  if (!decoded) return std::nullopt;
  if (it_left_ > 0) --it_left_;
  if (decoded->facts.instruction_class == InstructionClass::kIfThen) {
    it_left_ = 4 - std::countr_zero(static_cast<unsigned>(decoded->operands.back().value));
  }
  return decoded;
}

std::string Decoder::text(std::uint32_t address, std::span<const std::uint8_t> bytes) {
  for (InstructionSource* source : {extension_.get(), llvm_.get()}) {
    if (source == nullptr) continue;
    if (std::string text = source->text(address, bytes); !text.empty()) return text;
  }
  return "undefined";
}

}  // namespace boardless::isa
