// An option that takes a number, read by base/number.h and nothing else.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>

#include "base/number_kind.h"

namespace boardless::cli {

// Throws InputError, naming the option, for what is no such number. The help says what may be
// given, and what stands there for the value comes from the form's kind: N, SIZE, MHZ, PERCENT.
CLI::Option* add_number_option(CLI::App& command, const std::string& flag,
                               const std::function<void(std::uint64_t)>& set, const WholeForm& form,
                               const std::string& description);
CLI::Option* add_number_option(CLI::App& command, const std::string& flag,
                               std::optional<double>& into, const RealForm& form,
                               const std::string& description);

template <std::integral T>
T held_in(const T& place);
template <std::integral T>
T held_in(const std::optional<T>& place);

// The same for a place to put a whole number. No more is accepted than it holds.
template <class T>
  requires std::integral<T> || std::integral<typename T::value_type>
CLI::Option* add_number_option(CLI::App& command, const std::string& flag, T& into, WholeForm form,
                               const std::string& description) {
  using Held = decltype(held_in(into));
  form.most = std::min<std::uint64_t>(form.most, std::numeric_limits<Held>::max());
  const std::function<void(std::uint64_t)> set = [&into](std::uint64_t value) {
    into = static_cast<Held>(value);
  };
  return add_number_option(command, flag, set, form, description);
}

}  // namespace boardless::cli
