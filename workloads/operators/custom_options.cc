// Verifies a FlexBuffers map before anything is looked up in it.
#include "workloads/operators/custom_options.h"

#include <flatbuffers/flexbuffers.h>

#include <limits>
#include <string>
#include <vector>

namespace boardless::workloads {
namespace {

flexbuffers::Reference value_at(std::span<const std::uint8_t> bytes, std::string_view key) {
  return flexbuffers::GetRoot(bytes.data(), bytes.size()).AsMap()[std::string(key).c_str()];
}

}  // namespace

CustomOptions::CustomOptions(const OperatorView& view)
    : view_(view), bytes_(view.attributes<CustomAttributes>().options) {
  // Keeps the verifier from following what is referred to many times more than once.
  std::vector<std::uint8_t> visited(bytes_.size());
  if (bytes_.empty() || !flexbuffers::VerifyBuffer(bytes_.data(), bytes_.size(), &visited) ||
      !flexbuffers::GetRoot(bytes_.data(), bytes_.size()).IsMap()) {
    view.fail("its options are no FlexBuffers map");
  }
}

std::optional<std::int32_t> CustomOptions::optional_integer(std::string_view key) const {
  const flexbuffers::Reference value = value_at(bytes_, key);
  if (value.IsNull()) return std::nullopt;
  if (!value.IsIntOrUint()) view_.fail("its option '{}' is no integer", key);
  const std::int64_t wide = value.AsInt64();
  if (wide < std::numeric_limits<std::int32_t>::min() ||
      wide > std::numeric_limits<std::int32_t>::max()) {
    view_.fail("its option '{}' is {}, which is no 32-bit integer", key, wide);
  }
  return static_cast<std::int32_t>(wide);
}

std::int32_t CustomOptions::integer(std::string_view key) const {
  const std::optional<std::int32_t> value = optional_integer(key);
  if (!value) view_.fail("it has no option '{}'", key);
  return *value;
}

std::int32_t CustomOptions::integer(std::string_view key, std::int32_t least,
                                    std::int32_t most) const {
  const std::int32_t value = integer(key);
  if (value < least || value > most) {
    view_.fail("its option '{}' is {}; {} to {} is accepted", key, value, least, most);
  }
  return value;
}

bool CustomOptions::boolean(std::string_view key, bool otherwise) const {
  const flexbuffers::Reference value = value_at(bytes_, key);
  if (value.IsNull()) return otherwise;
  if (!value.IsBool() && !value.IsIntOrUint()) view_.fail("its option '{}' is no boolean", key);
  return value.AsBool();
}

float CustomOptions::real(std::string_view key) const {
  const flexbuffers::Reference value = value_at(bytes_, key);
  if (!value.IsNumeric()) view_.fail("it has no number as option '{}'", key);
  return value.AsFloat();
}

}  // namespace boardless::workloads
