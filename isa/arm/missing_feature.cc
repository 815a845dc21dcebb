// Decodes as the largest instruction set and names the part that an instruction belongs to.
#include "isa/arm/missing_feature.h"

#include <fmt/format.h>

#include "base/error.h"
#include "isa/arm/semantics.h"
#include "isa/decoder.h"
#include "isa/opcode.h"

namespace boardless::isa::arm {
std::string missing_feature(std::uint32_t address, std::span<const std::uint8_t> bytes) {
  Decoder decoder(find_variant("v8.1-m.main"));
  try {
    const std::optional<Decoded> decoded = decoder.next(address, bytes);
    if (!decoded || decoded->facts.instruction_class == InstructionClass::kException ||
        decoded->opcode->build.arm == undefined_instruction) {
      return {};
    }
    return fmt::format("{} is an instruction of {}, which this core lacks",
                       decoder.text(address, bytes), feature_name(decoded->opcode->facts.feature));
  } catch (const NotModelled&) {
    return {};
  }
}

}  // namespace boardless::isa::arm
