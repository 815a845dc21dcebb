// Decodes as the largest instruction set and names the part that an instruction belongs to.
#include "isa/arm/missing_feature.h"

#include <fmt/format.h>

#include "base/error.h"
#include "isa/decoder.h"
#include "isa/opcode.h"

namespace boardless::isa::arm {
namespace {

std::string_view feature_of(std::string_view opcode, InstructionClass instruction_class) {
  using enum InstructionClass;
  if (opcode.starts_with("MVE_")) return "Helium (MVE)";
  if (instruction_class >= kConditionalSelect && instruction_class <= kLoopEnd) return "Armv8.1-M";
  if (opcode.ends_with('D') && instruction_class >= kFpMove && instruction_class < kCoprocessor) {
    return "double-precision floating point";
  }
  if (instruction_class >= kFpMove && instruction_class < kCoprocessor) return "floating point";
  switch (instruction_class) {
    case kParallelAlu:
    case kSaturate:
    case kDspMultiply:
    case kDspMultiplyAccumulate:
    case kDspMultiplyAccumulateLong:
      return "the DSP extension";
    default:
      return "a later architecture";
  }
}

}  // namespace

std::string missing_feature(std::uint32_t address, std::span<const std::uint8_t> bytes) {
  Decoder decoder(find_variant("v8.1-m.main"));
  try {
    const std::optional<Decoded> decoded = decoder.next(address, bytes);
    if (!decoded || decoded->facts.instruction_class == InstructionClass::kException) return {};
    return fmt::format("{} is an instruction of {}, which this core lacks",
                       decoder.text(address, bytes),
                       feature_of(decoded->opcode->name, decoded->facts.instruction_class));
  } catch (const NotModelled&) {
    return {};
  }
}

}  // namespace boardless::isa::arm
