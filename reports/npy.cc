// The header is padded so that the elements begin at a multiple of 64.
#include "reports/npy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"

namespace boardless::reports {

using workloads::DataType;

std::string_view npy_type(DataType type) {
  switch (type) {
    case DataType::kFloat32:
      return "<f4";
    case DataType::kUInt8:
      return "|u1";
    case DataType::kInt16:
      return "<i2";
    case DataType::kInt32:
      return "<i4";
    case DataType::kInt64:
      return "<i8";
    case DataType::kBool:
      return "|b1";
    default:
      check(type == DataType::kInt8, "prepare() admits no other output types");
      return "|i1";
  }
}

std::string to_npy(std::string_view type, std::span<const std::int32_t> shape,
                   std::span<const std::uint8_t> elements) {
  constexpr std::size_t kAlignment = 64;
  constexpr std::size_t kPreamble = 10;  // magic, version, length of the header
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}{}), }}",
                                   type, fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
  const std::size_t unpadded = kPreamble + header.size() + 1;
  header.append((kAlignment - unpadded % kAlignment) % kAlignment, ' ');
  header += '\n';
  std::string file("\x93NUMPY\x01\x00", 8);
  file += static_cast<char>(header.size() & 0xff);
  file += static_cast<char>(header.size() >> 8);
  file += header;
  file.append(reinterpret_cast<const char*>(elements.data()), elements.size());
  return file;
}

}  // namespace boardless::reports
