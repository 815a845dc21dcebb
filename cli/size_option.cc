// A decimal number and a unit.
#include "cli/size_option.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace boardless::cli {
namespace {

constexpr std::array<std::pair<std::string_view, double>, 8> kUnits{{{"", 1},
                                                                     {"B", 1},
                                                                     {"kB", 1e3},
                                                                     {"KiB", 1024},
                                                                     {"MB", 1e6},
                                                                     {"MiB", 1048576},
                                                                     {"GB", 1e9},
                                                                     {"GiB", 1073741824}}};

std::optional<Bytes> size_of(std::string_view text) {
  double number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  while (text.starts_with(' ')) text.remove_prefix(1);
  const auto unit = std::ranges::find(kUnits, text, &std::pair<std::string_view, double>::first);
  if (unit == kUnits.end()) return std::nullopt;
  const double bytes = std::round(number * unit->second);
  constexpr double kMost = 9.2e18;
  if (!(bytes >= 1 && bytes <= kMost)) return std::nullopt;
  return static_cast<Bytes>(bytes);
}

}  // namespace

CLI::Option* add_size_option(CLI::App& command, const std::string& flag, Bytes& bytes,
                             const std::string& description) {
  const auto set = [flag, &bytes](const std::string& text) {
    const std::optional<Bytes> size = size_of(text);
    if (!size) {
      throw InputError(fmt::format(
          "{} {}: no size; accepted are bytes, or a number with kB, KiB, MB, MiB, GB or GiB", flag,
          text));
    }
    bytes = *size;
  };
  return command.add_option_function<std::string>(flag, set, description)->type_name("SIZE");
}

}  // namespace boardless::cli
