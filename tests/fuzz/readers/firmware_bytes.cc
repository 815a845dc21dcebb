// Intel HEX, and raw bytes at an address that the first of them say.
#include <fmt/format.h>

#include "base/error.h"
#include "sim/firmware_image.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {
namespace {

void read(const std::string& argument) {
  std::uint64_t free = 0;
  for (const sim::Segment& segment : sim::load_firmware(argument).segments) {
    check(segment.address >= free, "segments rise and do not overlap");
    free = std::uint64_t{segment.address} + segment.bytes.size();
  }
  check(free <= std::uint64_t{1} << 32U, "segments lie in the address space");
}

}  // namespace

void read_firmware_bytes(Bytes bytes) {
  constexpr std::size_t kAddressBytes = 4;
  if (bytes.size() >= kAddressBytes && bytes[0] != ':') {
    const std::uint32_t address =
        bytes[0] | bytes[1] << 8U | bytes[2] << 16U | static_cast<std::uint32_t>(bytes[3]) << 24U;
    const auto file = input_file("fuzz.bin", bytes.subspan(kAddressBytes));
    read(fmt::format("{}@0x{:x}", file.string(), address));
  } else {
    read(input_file("fuzz.hex", bytes).string());
  }
}

}  // namespace boardless::fuzz
