// An option whose value is one of a few words.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace boardless::cli {

// The first choice is the default, which `into` must already be.
template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& flags, Value& into,
                        const std::vector<std::pair<std::string, Value>>& choices,
                        const std::string& description) {
  std::vector<std::string> words;
  for (const auto& [word, value] : choices) words.push_back(word);
  const auto choose = [&into, choices](const std::string& chosen) {
    const auto is_chosen = [&](const auto& choice) { return choice.first == chosen; };
    into = std::ranges::find_if(choices, is_chosen)->second;
  };
  return command.add_option_function<std::string>(flags, choose, description)
      ->check(CLI::IsMember(words))
      ->type_name("WORD")
      ->default_str(words.front());
}

}  // namespace boardless::cli
