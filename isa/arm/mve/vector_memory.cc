// Vector accesses in pieces.
#include "isa/arm/mve/vector_memory.h"

namespace boardless::isa::arm {

Buffer load_bytes(State& s, const Op* op, std::uint32_t address, std::uint32_t wanted) {
  Buffer bytes{};
  for_each_piece(address, wanted, [&](std::uint32_t offset, std::uint32_t size) {
    std::uint32_t value = 0;
    if (size == 4) {
      value = load<std::uint32_t>(s, op, address + offset);
    } else if (size == 2) {
      value = load<std::uint16_t>(s, op, address + offset);
    } else {
      value = load<std::uint8_t>(s, op, address + offset);
    }
    std::memcpy(&bytes[offset], &value, size);
  });
  return bytes;
}

void store_bytes(State& s, const Op* op, std::uint32_t address, std::uint32_t wanted,
                 const Buffer& from) {
  for_each_piece(address, wanted, [&](std::uint32_t offset, std::uint32_t size) {
    std::uint32_t value = 0;
    std::memcpy(&value, &from[offset], size);
    if (size == 4) {
      store<std::uint32_t>(s, op, address + offset, value);
    } else if (size == 2) {
      store<std::uint16_t>(s, op, address + offset, static_cast<std::uint16_t>(value));
    } else {
      store<std::uint8_t>(s, op, address + offset, static_cast<std::uint8_t>(value));
    }
  });
}

}  // namespace boardless::isa::arm
