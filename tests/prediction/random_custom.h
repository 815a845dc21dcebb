// What draws of custom operators share.
#pragma once

#include <flatbuffers/flexbuffers.h>

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "tests/prediction/random_builder.h"
#include "tests/prediction/random_operator.h"

namespace boardless::prediction {

constexpr RandomKind custom_kind(std::string_view name, int operators) {
  return {workloads::OpKind::kCustom, operators, RandomKind::Optimized::kNever, name};
}

// The operator's options, written by add(builder).
template <class Add>
void options(RandomBuilder& b, const Add& add) {
  flexbuffers::Builder builder;
  builder.Map([&] { add(builder); });
  builder.Finish();
  b.op().attributes = workloads::CustomAttributes{builder.GetBuffer()};
}

template <class T>
std::vector<std::uint8_t> bytes_of(const std::vector<T>& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(T));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

}  // namespace boardless::prediction
