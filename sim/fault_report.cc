// Words for faults, and disassembly.
#include "sim/fault_report.h"

#include <fmt/format.h>

namespace boardless::sim {

std::string_view memory_fault_name(const isa::MemoryFault& fault) {
  switch (fault.kind) {
    case isa::MemoryFault::Kind::kUnmapped:
      return fault.is_store ? "invalid write (nothing is mapped there)"
                            : "invalid read (nothing is mapped there)";
    case isa::MemoryFault::Kind::kReadOnly:
      return "invalid write (the memory is write-protected)";
    case isa::MemoryFault::Kind::kUnaligned:
      return fault.is_store ? "unaligned write" : "unaligned read";
    case isa::MemoryFault::Kind::kProtected:
      return fault.is_store ? "invalid write (the memory protection unit refuses it)"
                            : "invalid read (the memory protection unit refuses it)";
    case isa::MemoryFault::Kind::kUnprivileged:
      return fault.is_store ? "invalid write (for privileged code only)"
                            : "invalid read (for privileged code only)";
  }
  return "invalid access";
}

std::string code_text(isa::Decoder& decoder, std::uint32_t address,
                      std::span<const std::uint8_t> bytes) {
  std::string text;
  std::size_t offset = 0;
  for (const isa::Instruction& instruction : decoder.decode_prefix(address, bytes)) {
    offset = instruction.address - address;
    text += fmt::format("0x{:08x}: {}\n", instruction.address,
                        decoder.text(instruction.address, bytes.subspan(offset)));
    offset += instruction.size;
    if (instruction.is_branch()) return text;
  }
  if (offset < bytes.size()) {
    const auto at = address + static_cast<std::uint32_t>(offset);
    text += fmt::format("0x{:08x}: {}\n", at, decoder.text(at, bytes.subspan(offset)));
  }
  return text;
}

}  // namespace boardless::sim
