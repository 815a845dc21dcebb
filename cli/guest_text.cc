// Waits for the bytes that a UTF-8 character's first announces.
#include "cli/guest_text.h"

#include <bit>
#include <cstdint>
#include <utility>

#include "base/visible_text.h"

namespace boardless::cli {

std::string GuestText::show(char byte) {
  const auto bits = static_cast<std::uint8_t>(byte);
  const bool continues = (bits & 0xc0U) == 0x80;
  std::string shown;
  if (!continues && !begun_.empty()) shown = visible(std::exchange(begun_, ""));
  begun_ += byte;
  const auto first = static_cast<std::uint8_t>(begun_.front());
  const auto length = static_cast<std::size_t>(std::countl_one(first));
  if (length >= 2 && length <= 4 && begun_.size() < length) return shown;
  return shown + visible(std::exchange(begun_, ""), "\n\r\t\b");
}

}  // namespace boardless::cli
