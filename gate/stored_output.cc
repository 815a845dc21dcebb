// Steps over the header of a .npy file (NEP 1).
#include "gate/stored_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/visible_text.h"

namespace boardless::gate {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";

// Bytes before the elements; 0 where there is no whole header.
std::size_t header_size(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kVersion = 6, kLength = 8;
  if (bytes.size() < kLength + 4) return 0;
  const std::size_t length_bytes = bytes[kVersion] == 1 ? 2 : 4;
  std::size_t length = 0;
  for (std::size_t i = length_bytes; i-- > 0;) length = length << 8U | bytes[kLength + i];
  const std::size_t size = kLength + length_bytes + length;
  return size <= bytes.size() ? size : 0;
}

}  // namespace

std::string stored_output_sha256(const std::filesystem::path& file) {
  const std::vector<std::uint8_t> bytes = read_file(file);
  const bool is_npy =
      bytes.size() >= kMagic.size() &&
      std::equal(kMagic.begin(), kMagic.end(), bytes.begin(),
                 [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
  if (!is_npy) return sha256_hex(bytes);
  const std::size_t header = header_size(bytes);
  if (header == 0) {
    throw InputError(fmt::format("{}: begins as a .npy file, and its header does not end",
                                 visible(file.string())));
  }
  return sha256_hex(std::span(bytes).subspan(header));
}

}  // namespace boardless::gate
