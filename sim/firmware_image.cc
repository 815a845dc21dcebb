// The format is told by the file's name, an ELF file by its first bytes too.
#include "sim/firmware_image.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/data_files.h"
#include "base/error.h"
#include "base/number.h"
#include "base/visible_text.h"
#include "sim/intel_hex.h"

namespace boardless::sim {
namespace {

ElfImage raw_image(const std::string& file, std::uint32_t address) {
  ElfImage image;
  image.file = file;
  image.segments.push_back({address, read_file(file), address});
  const std::size_t size = image.segments.front().bytes.size();
  if (size == 0) throw InputError(fmt::format("{}: the file is empty", file));
  if (size > (std::uint64_t{1} << 32) - address) {
    throw InputError(fmt::format(
        "{}: {} bytes at 0x{:08x} pass the end of the 32-bit address space", file, size, address));
  }
  return image;
}

// Where the address of a raw file begins; npos where there is none.
std::size_t at_sign(const std::string& argument) {
  std::error_code ignored;  // a name that is too long is of no file
  return std::filesystem::exists(argument, ignored) ? std::string::npos : argument.rfind('@');
}

}  // namespace

void take_symbols(ElfImage& image, const std::string& elf_file) {
  const ElfImage elf = load_elf(elf_file);
  bool is_there = false;
  for (const Symbol& symbol : elf.symbols) {
    if (!symbol.is_function || symbol.size == 0) continue;
    const std::vector<std::uint8_t> theirs = image.bytes_at(symbol.address, symbol.size);
    if (theirs.empty()) continue;  // start-up code copies it there
    if (theirs != elf.bytes_at(symbol.address, symbol.size)) {
      throw InputError(fmt::format("{}: is of another program than {}: {}, at 0x{:08x}, differs",
                                   visible(elf_file), visible(image.file), visible(symbol.name),
                                   symbol.address));
    }
    is_there = true;
  }
  if (!is_there) {
    throw InputError(
        fmt::format("{}: names no function that {} has", visible(elf_file), visible(image.file)));
  }
  image.symbols = elf.symbols;
  image.mappings = elf.mappings;
  image.symbols_file = elf_file;
}

std::string firmware_file(const std::string& argument) {
  return argument.substr(0, at_sign(argument));
}

ElfImage load_firmware(const std::string& argument) {
  const std::size_t at = at_sign(argument);
  if (at != std::string::npos) {
    constexpr WholeForm kAddress{NumberKind::kAddress, 0, 0xffffffff};
    const auto address = read_number(std::string_view(argument).substr(at + 1), kAddress);
    if (!address) throw InputError(fmt::format("{}: {}", visible(argument), address.refusal()));
    return raw_image(argument.substr(0, at), static_cast<std::uint32_t>(*address));
  }
  const std::string extension = std::filesystem::path(argument).extension().string();
  if (extension == ".hex" || extension == ".ihex") {
    const std::vector<std::uint8_t> bytes = read_file(argument);
    ElfImage image;
    image.file = argument;
    image.segments =
        parse_intel_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, argument);
    return image;
  }
  if (extension == ".bin") {
    throw InputError(fmt::format(
        "{}: raw bytes need the address they belong to, as in {}@0x08000000", argument, argument));
  }
  return load_elf(argument);
}

}  // namespace boardless::sim
