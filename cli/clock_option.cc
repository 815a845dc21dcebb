// Rounds to whole hertz.
#include "cli/clock_option.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/error.h"

namespace boardless::cli {

CLI::Option* add_clock_option(CLI::App& command, const std::string& flag,
                              std::optional<std::uint32_t>& clock_hz,
                              const std::string& description) {
  const auto set = [flag, &clock_hz](const double& mhz) {
    const double hz = std::round(mhz * 1e6);
    if (!(hz >= 1 && hz <= std::numeric_limits<std::uint32_t>::max())) {
      throw InputError(fmt::format(
          "{} {}: no clock in MHz; accepted is above 0 and up to the target's own", flag, mhz));
    }
    clock_hz = static_cast<std::uint32_t>(hz);
  };
  return command.add_option_function<double>(flag, set, description)->type_name("MHZ");
}

}  // namespace boardless::cli
