// Elements of type int4 as files and kernels hold them: two in a byte, the even one in the low
// half.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace boardless::workloads {

inline std::int64_t packed_int4_bytes(std::int64_t elements) { return (elements + 1) / 2; }

inline std::vector<std::int8_t> unpack_int4(std::span<const std::uint8_t> packed,
                                            std::int64_t elements) {
  std::vector<std::int8_t> values(static_cast<std::size_t>(elements));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int half = i % 2 == 0 ? packed[i / 2] & 0xF : packed[i / 2] >> 4;
    values[i] = static_cast<std::int8_t>(half < 8 ? half : half - 16);
  }
  return values;
}

}  // namespace boardless::workloads
