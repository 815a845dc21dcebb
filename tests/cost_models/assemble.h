// Assembles a few instructions for a test, by LLVM's assembler.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace boardless::cost_models {

// Instructions separated by ';', UAL syntax; `cpu` as LLVM names it ("cortex-m7").
std::vector<std::uint8_t> assemble(std::string_view cpu, const std::string& text);

}  // namespace boardless::cost_models
