// What one element of a tensor is, by type: at compile time as traits that kernels' answers are
// written with, at run time as a record.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/error.h"
#include "workloads/graph/graph.h"

namespace boardless::workloads {

// When two results are the same. Integers have one right answer. Floats have one too where the host
// does a kernel's operations in the kernel's order; only not-a-numbers may differ in their bits.
enum class Comparison { kBitForBit, kExactOrder };

// Storage: what an element is in memory. Accumulator: what sums of products of elements are kept
// in. kSuffix: how kernel names spell the type; empty while no kernel has it.
template <DataType type, class StorageType, class AccumulatorType>
struct Element {
  using Storage = StorageType;
  using Accumulator = AccumulatorType;
  static constexpr DataType kType = type;
  static constexpr std::string_view kSuffix = {};
  static constexpr Comparison kComparison =
      std::is_floating_point_v<Storage> ? Comparison::kExactOrder : Comparison::kBitForBit;
};

struct Int8 : Element<DataType::kInt8, std::int8_t, std::int32_t> {
  static constexpr std::string_view kSuffix = "s8";
};
struct UInt8 : Element<DataType::kUInt8, std::uint8_t, std::int32_t> {
  static constexpr std::string_view kSuffix = "u8";
};
struct Float32 : Element<DataType::kFloat32, float, float> {
  static constexpr std::string_view kSuffix = "f32";
};
struct Int16 : Element<DataType::kInt16, std::int16_t, std::int64_t> {
  static constexpr std::string_view kSuffix = "s16";
};
struct Int32 : Element<DataType::kInt32, std::int32_t, std::int64_t> {
  static constexpr std::string_view kSuffix = "s32";
};
struct UInt32 : Element<DataType::kUInt32, std::uint32_t, std::int64_t> {
  static constexpr std::string_view kSuffix = "u32";
};
struct Int64 : Element<DataType::kInt64, std::int64_t, std::int64_t> {
  static constexpr std::string_view kSuffix = "s64";
};
struct UInt64 : Element<DataType::kUInt64, std::uint64_t, std::uint64_t> {
  static constexpr std::string_view kSuffix = "u64";
};
struct Bool : Element<DataType::kBool, std::uint8_t, std::int32_t> {  // 0 or 1
  static constexpr std::string_view kSuffix = "bool";
};
// Packed: a byte holds two (packed_int4.h).
struct Int4 : Element<DataType::kInt4, std::int8_t, std::int32_t> {
  static constexpr std::string_view kSuffix = "s4";
};
using UInt16 = Element<DataType::kUInt16, std::uint16_t, std::int64_t>;
using Float64 = Element<DataType::kFloat64, double, double>;

// Calls visit(element) with the traits above of `type`, which must be one of them.
template <class Visitor>
decltype(auto) visit_element(DataType type, Visitor visit) {
  const auto visit_first = [&]<class First, class... Rest>(const auto& self, First first,
                                                           Rest... rest) -> decltype(visit(first)) {
    if constexpr (sizeof...(rest) > 0) {
      if (type != First::kType) return self(self, rest...);
    }
    check(type == First::kType, "only types whose elements the host can hold are visited");
    return visit(first);
  };
  return visit_first(visit_first, Int8{}, UInt8{}, Float32{}, Int16{}, UInt16{}, Int32{}, UInt32{},
                     Int64{}, UInt64{}, Float64{}, Bool{});
}

struct ElementType {
  std::string_view name;  // "int8"
  int bytes = 0;          // of one element; 0 without a fixed size
  std::string_view suffix = {};
  // What a zero point may be: the values of an integer type of up to 32 bits.
  std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  bool is_float = false;
  Comparison comparison = Comparison::kBitForBit;
};

const ElementType& element_type(DataType type);

// Whether two tensors of `type`, as bytes of equal count, are the same by the type's comparison.
bool same_elements(DataType type, std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

}  // namespace boardless::workloads
