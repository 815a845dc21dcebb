// Turns instruction bytes into Instruction facts: by LLVM's disassembler, and by the variant's own
// source where LLVM does not know an instruction.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "isa/instruction.h"
#include "isa/instruction_source.h"
#include "isa/machine_operand.h"
#include "isa/variant.h"

namespace boardless::isa {

class Decoder {
 public:
  explicit Decoder(const Variant& variant);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // Decodes `bytes` completely, the first at `address`, as straight-line code outside an IT block.
  // Throws NotModelled naming address and encoding for an instruction that the variant lacks or the
  // opcode table does not know, and when the last instruction is cut off.
  std::vector<Instruction> decode(std::uint32_t address, std::span<const std::uint8_t> bytes);

  // Like decode(), but stops quietly before the first thing that is not an instruction: for
  // walking functions that end in literal pools.
  std::vector<Instruction> decode_prefix(std::uint32_t address,
                                         std::span<const std::uint8_t> bytes);

  // Step by step, for translators: restart() forgets the IT block the decoder may be in, next()
  // decodes one instruction, nothing when `bytes` do not start with one that the variant has.
  // Throws NotModelled for one that the opcode table does not know.
  void restart();
  std::optional<Decoded> next(std::uint32_t address, std::span<const std::uint8_t> bytes);
  // Whether the instruction after the last one returned is inside an IT block.
  bool in_it_block() const { return it_left_ > 0; }

  // The instruction as assembly text, for reports: "smlad r3, r6, r7, r3".
  std::string text(std::uint32_t address, std::span<const std::uint8_t> bytes);

 private:
  std::optional<Decoded> find(std::uint32_t address, std::span<const std::uint8_t> bytes);

  std::string_view variant_name_;
  std::unique_ptr<InstructionSource> extension_, llvm_;  // null where the variant has none
  int it_left_ = 0;
};

}  // namespace boardless::isa
