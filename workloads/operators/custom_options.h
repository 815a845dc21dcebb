// The options of custom operators: a map in the FlexBuffers format, beside the operator in the
// file.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {

// Kept as they are: the writer stores them. Such an operator may have no operands at all.
inline constexpr OptionsCodec kCustomOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto* options = stored.custom_options();
      if (options == nullptr) return CustomAttributes{};
      return CustomAttributes{{options->begin(), options->end()}};
    },
    .write = write_nothing,
    .version = first_version};

// Reads one operator's map. A buffer that is none, and a value that is missing or of another kind,
// are refused with the operator's name.
class CustomOptions {
 public:
  // `view` must outlive it.
  explicit CustomOptions(const OperatorView& view);

  std::int32_t integer(std::string_view key) const;
  // None where the key is absent.
  std::optional<std::int32_t> optional_integer(std::string_view key) const;
  // Within `least` and `most`.
  std::int32_t integer(std::string_view key, std::int32_t least, std::int32_t most) const;
  bool boolean(std::string_view key, bool otherwise) const;
  float real(std::string_view key) const;

 private:
  const OperatorView& view_;
  std::span<const std::uint8_t> bytes_;
};

}  // namespace boardless::workloads
