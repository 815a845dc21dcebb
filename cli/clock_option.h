// An option that takes a clock in MHz.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace boardless::cli {

// Throws InputError, naming the option, for what is no clock above 0 that 32 bits hold in hertz.
CLI::Option* add_clock_option(CLI::App& command, const std::string& flag,
                              std::optional<std::uint32_t>& clock_hz,
                              const std::string& description);

}  // namespace boardless::cli
