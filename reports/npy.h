// NumPy's .npy format, version 1.0: a header that says type and shape, then the elements.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "workloads/graph/graph.h"

namespace boardless::reports {

// NumPy's word for a type that outputs have: "|i1", "<f4".
std::string_view npy_type(workloads::DataType type);

// `type` is NumPy's, "|i1", "<f4"; `elements` are in C order, as many as the shape says.
std::string to_npy(std::string_view type, std::span<const std::int32_t> shape,
                   std::span<const std::uint8_t> elements);

}  // namespace boardless::reports
