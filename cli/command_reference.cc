// Walks CLI11's commands and options.
#include "cli/command_reference.h"

#include <cctype>
#include <sstream>
#include <string_view>
#include <utility>

namespace boardless::cli {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

// CLI11 appends what a value is checked for: "WORD:{table,json}", "N:POSITIVE".
std::pair<std::string, std::string> name_and_check(const std::string& type) {
  const std::size_t colon = type.find(':');
  if (colon == std::string::npos) return {type, ""};
  return {type.substr(0, colon), type.substr(colon + 1)};
}

ValueReference read_value(const CLI::Option& option) {
  ValueReference value;
  if (option.get_items_expected_max() == 0) return value;  // a flag
  const auto [name, check] = name_and_check(option.get_type_name());
  value.name = name;
  value.is_list = option.get_delimiter() != '\0';
  if (check.starts_with('{') && check.ends_with('}')) {
    value.words = split(check.substr(1, check.size() - 2), ',');
  }
  for (std::string part : split(name, '|')) {
    if (part.ends_with("...")) part.resize(part.size() - 3);  // several of them
    if (std::islower(static_cast<unsigned char>(part.front())) != 0) value.words.push_back(part);
    if (part == "TARGET") value.is_target = true;
    if (part == "NETWORK" || part == "MODEL") value.is_network = true;
    if (part == "DIR") value.is_folder = true;
    if (part.starts_with("FILE") || part == "FIRMWARE" || part == "MODEL" || part == "TARGET") {
      value.is_file = true;
    }
  }
  return value;
}

OptionReference read_option(const CLI::Option& option) {
  OptionReference result;
  for (const std::string& name : option.get_snames()) result.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) result.names.push_back("--" + name);
  result.value = read_value(option);
  if (result.names.empty() && result.value.name == "TEXT") {
    result.value.name = option.get_name(true);
  }
  result.description = option.get_description();
  result.default_text = option.get_default_str();
  result.is_required = option.get_required();
  result.is_repeated = option.get_items_expected_max() > 1;
  return result;
}

CommandReference read_command(const CLI::App& app, const std::string& path) {
  CommandReference result;
  result.path = path;
  result.name = app.get_name();
  result.description = app.get_description();
  result.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    (option->nonpositional() ? result.options : result.positionals).push_back(read_option(*option));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;  // not in the help either
    const std::string space = path.empty() ? "" : " ";
    result.commands.push_back(read_command(*command, path + space + command->get_name()));
  }
  return result;
}

void append(const CommandReference& command, std::vector<const CommandReference*>& all) {
  all.push_back(&command);
  for (const CommandReference& below : command.commands) append(below, all);
}

}  // namespace

CommandReference read_commands(const CLI::App& app) {
  CommandReference result = read_command(app, "");
  result.name = "boardless";
  return result;
}

std::vector<const CommandReference*> with_all_below(const CommandReference& command) {
  std::vector<const CommandReference*> all;
  append(command, all);
  return all;
}

}  // namespace boardless::cli
