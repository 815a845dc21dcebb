// What reports of guest faults say.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "isa/decoder.h"
#include "isa/memory_port.h"

namespace boardless::sim {

// "invalid read (nothing is mapped)".
std::string_view memory_fault_name(const isa::MemoryFault& fault);

// "0x08000100: ldr r0, [r1]" and so on, from `address` to the first branch.
std::string code_text(isa::Decoder& decoder, std::uint32_t address,
                      std::span<const std::uint8_t> bytes);

}  // namespace boardless::sim
