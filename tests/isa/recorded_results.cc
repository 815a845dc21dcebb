// Reads states line by line: there are millions.
#include "tests/isa/recorded_results.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <sstream>

#include "base/error.h"

namespace boardless::isa {
namespace {

std::optional<unsigned> register_number(std::string_view word, unsigned most) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(word.data() + 1, word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size() || number > most) return {};
  return number;
}

std::optional<StatePart> part_of(std::string_view word) {
  using enum StatePart::Kind;
  if (word == "nzcv") return StatePart{kNzcv};
  if (word == "q") return StatePart{kQ};
  if (word == "ge") return StatePart{kGe};
  if (word == "fpscr") return StatePart{kFpscr};
  constexpr unsigned kLinkRegister = 14, kLastDouble = 31;
  if (word.starts_with('r')) {
    if (const auto number = register_number(word, kLinkRegister)) return StatePart{kCore, *number};
  }
  if (word.starts_with('d')) {
    if (const auto number = register_number(word, kLastDouble)) return StatePart{kDouble, *number};
  }
  return {};
}

}  // namespace

void RecordedResults::refuse(std::string_view what) const {
  throw InputError(fmt::format("recorded results, line {}: {}", number_, what));
}

bool RecordedResults::next_line() {
  ++number_;
  return static_cast<bool>(std::getline(in_, line_));
}

void RecordedResults::read_words(std::size_t lines, std::vector<std::uint64_t>& words) {
  constexpr int kHexadecimal = 16;
  words.clear();
  for (std::size_t i = 0; i < lines; ++i) {
    if (!next_line()) refuse("the end, where a state was to follow");
    const char* at = line_.data();
    const char* const end = at + line_.size();
    while (at != end) {
      std::uint64_t word = 0;
      const auto [next, error] = std::from_chars(at, end, word, kHexadecimal);
      if (error != std::errc{}) refuse("no state of hexadecimal words");
      words.push_back(word);
      at = next;
      if (at != end && *at == ' ') ++at;
    }
  }
}

bool RecordedResults::next(RecordedInstruction& instruction) {
  while (next_line()) {
    std::istringstream words(line_);
    std::string what;
    words >> what;
    if (what == "form") {
      words >> form_;
      inputs_.clear();
      continue;
    }
    std::string name;
    words >> name;
    if (what == "inputs") {
      Inputs inputs;
      if (!(words >> inputs.states) || inputs.states == 0) refuse("how many inputs?");
      read_words(inputs.states, inputs.words);
      inputs_[name] = std::move(inputs);
      continue;
    }
    if (what != "instruction") refuse("form, inputs or instruction was to follow");
    const auto inputs = inputs_.find(name);
    if (inputs == inputs_.end()) refuse("no inputs of that name");
    std::string parts;
    words >> parts >> instruction.condition;
    std::getline(words >> std::ws, instruction.text);
    if (instruction.text.empty()) refuse("no instruction");
    instruction.form = form_;
    instruction.parts.clear();
    std::istringstream list(parts);
    for (std::string part; std::getline(list, part, ',');) {
      const std::optional<StatePart> known = part_of(part);
      if (!known) refuse("a part of the state that is not known: " + part);
      instruction.parts.push_back(*known);
    }
    const std::size_t expected = inputs->second.states * instruction.parts.size();
    instruction.inputs = inputs->second.words;
    read_words(inputs->second.states, instruction.results);
    if (instruction.inputs.size() != expected || instruction.results.size() != expected) {
      refuse("states of another size than their parts");
    }
    return true;
  }
  return false;
}

}  // namespace boardless::isa
