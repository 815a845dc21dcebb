// What the command line accepts, read off its definitions: the one origin of the man page and of
// the shells' completions.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace boardless::cli {

// What can stand where a value is asked for. A value's name says it (`TARGET`, `MODEL`, `DIR`,
// `FILE.html`); words in small letters stand for themselves (`auto|reference|optimized|DIR`).
struct ValueReference {
  std::string name;                // as in the help; empty: no value
  std::vector<std::string> words;  // literal ones
  bool is_target = false, is_network = false, is_file = false, is_folder = false;
  bool is_list = false;  // several, separated by commas

  bool is_anything() const { return !name.empty(); }
};

struct OptionReference {
  std::vector<std::string> names;  // with their dashes, the short one first; empty: by position
  ValueReference value;
  std::string description, default_text;
  bool is_required = false, is_repeated = false;
};

struct CommandReference {
  std::string path;  // "model show"; empty for the executable itself
  std::string name;  // its last word
  std::string description, footer;
  std::vector<OptionReference> options, positionals;
  std::vector<CommandReference> commands;
};

// Everything below `app` that its help shows.
CommandReference read_commands(const CLI::App& app);

// `command` and all below it, each before those that it holds.
std::vector<const CommandReference*> with_all_below(const CommandReference& command);

}  // namespace boardless::cli
