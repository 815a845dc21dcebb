// What boardless knows of an opcode: its class, address form and access width.
#pragma once

#include <cstdint>
#include <string_view>

#include "isa/opcode_table.h"

namespace boardless::isa {

struct Opcode {
  std::string_view name;  // LLVM's, "t2LDRi12"
  OpcodeFacts facts;
};

}  // namespace boardless::isa
