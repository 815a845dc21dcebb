// The record of every type that the TFLite format knows.
#include "workloads/graph/element_type.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace boardless::workloads {
namespace {

template <class E>
constexpr ElementType record(std::string_view name) {
  using Storage = typename E::Storage;
  ElementType result{.name = name, .bytes = sizeof(Storage), .suffix = E::kSuffix};
  result.is_float = std::is_floating_point_v<Storage>;
  result.comparison = E::kComparison;
  if constexpr (std::is_integral_v<Storage> && sizeof(Storage) <= 4) {
    result.lowest = std::numeric_limits<Storage>::min();
    result.highest = std::numeric_limits<Storage>::max();
  }
  return result;
}

// A type that nothing here computes with.
constexpr ElementType opaque(std::string_view name, int bytes, bool is_float = false) {
  return {.name = name, .bytes = bytes, .is_float = is_float};
}

// Packed, so that no element can be visited.
constexpr ElementType int4() {
  ElementType result = opaque("int4", 1);
  result.lowest = -8;
  result.highest = 7;
  return result;
}

// The index is the type.
constexpr std::array kTypes{
    record<Float32>("float32"), opaque("float16", 2, true), record<Int32>("int32"),
    record<UInt8>("uint8"),     record<Int64>("int64"),     opaque("string", 0),
    record<Bool>("bool"),       record<Int16>("int16"),     opaque("complex64", 8),
    record<Int8>("int8"),       record<Float64>("float64"), opaque("complex128", 16),
    record<UInt64>("uint64"),   opaque("resource", 0),      opaque("variant", 0),
    record<UInt32>("uint32"),   record<UInt16>("uint16"),   int4(),
};
static_assert(kTypes.size() == static_cast<std::size_t>(DataType::kInt4) + 1);

constexpr ElementType kUnknown = opaque("unknown", 0);

template <class E>
bool same_floats(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  using Storage = typename E::Storage;
  for (std::size_t at = 0; at + sizeof(Storage) <= a.size(); at += sizeof(Storage)) {
    Storage x, y;
    std::memcpy(&x, a.data() + at, sizeof x);
    std::memcpy(&y, b.data() + at, sizeof y);
    const bool both_nan = std::isnan(x) && std::isnan(y);
    if (!both_nan && std::memcmp(&x, &y, sizeof x) != 0) return false;
  }
  return true;
}

}  // namespace

const ElementType& element_type(DataType type) {
  const auto index = static_cast<std::size_t>(type);
  return index < kTypes.size() ? kTypes[index] : kUnknown;
}

std::string_view data_type_name(DataType type) { return element_type(type).name; }
int data_type_size(DataType type) { return element_type(type).bytes; }

bool same_elements(DataType type, std::span<const std::uint8_t> a,
                   std::span<const std::uint8_t> b) {
  if (a.size() != b.size()) return false;
  if (element_type(type).comparison == Comparison::kBitForBit) return std::ranges::equal(a, b);
  return visit_element(type, [&]<class E>(E) {
    if constexpr (E::kComparison == Comparison::kExactOrder) return same_floats<E>(a, b);
    return std::ranges::equal(a, b);
  });
}

}  // namespace boardless::workloads
