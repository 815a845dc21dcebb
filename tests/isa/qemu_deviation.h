// Where QEMU 7.2 does something else than the architecture manual says: what it cannot judge, each
// with the manual's text.
#pragma once

#include <span>
#include <string_view>

#include "isa/machine_operand.h"

namespace boardless::isa {

struct QemuDeviation {
  std::string_view opcodes;  // LLVM names start so
  std::string_view manual;   // what Arm's manual says, and where
  std::string_view qemu;     // what QEMU 7.2 does
  // Which of them; null: all.
  bool (*applies)(const Decoded& decoded) = nullptr;
};

std::span<const QemuDeviation> qemu_deviations();

// QEMU cannot judge a case that ends in this fault.
const QemuDeviation& unaligned_vector_deviation();

// Null when QEMU can judge the instruction.
const QemuDeviation* find_qemu_deviation(const Decoded& decoded, std::string_view opcode_name);

}  // namespace boardless::isa
