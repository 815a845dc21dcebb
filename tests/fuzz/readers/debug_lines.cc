// Debug information of an ELF file: lines, or that there are none, whatever LLVM makes of it.
#include "base/error.h"
#include "profiling/line_table.h"
#include "sim/elf_image.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_debug_lines(Bytes bytes) {
  const std::filesystem::path file = input_file("fuzz.elf", bytes);
  const sim::ElfImage image = sim::load_elf(file);
  constexpr std::size_t kMost = 16;
  std::vector<std::uint32_t> addresses;
  for (const sim::Symbol& symbol : image.symbols) {
    if (addresses.size() < kMost) addresses.push_back(symbol.address);
  }
  const profiling::LineTable table = profiling::read_lines(file, addresses);
  check(table.lines.empty() || table.lines.size() == addresses.size(), "a line for each address");
}

}  // namespace boardless::fuzz
