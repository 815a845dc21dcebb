// An ELF file: its segments and symbols, and what a profile asks of them.
#include "profiling/code_map.h"
#include "sim/firmware_image.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_elf(Bytes bytes) {
  const sim::ElfImage image = sim::load_firmware(input_file("fuzz.elf", bytes).string());
  profiling::CodeMap code(image.symbols);
  for (const sim::Symbol& symbol : image.symbols) {
    (void)image.find(symbol.name);
    (void)image.at(symbol.address);
    (void)image.is_code(symbol.address);
    (void)image.bytes_at(symbol.address, symbol.size);
    (void)code.name(code.function_at(symbol.address + symbol.size / 2));
  }
}

}  // namespace boardless::fuzz
