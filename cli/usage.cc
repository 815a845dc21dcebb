// Looks through the commands and options that the parser knows.
#include "cli/usage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <vector>

#include "base/error.h"
#include "base/suggest.h"
#include "base/visible_text.h"

namespace boardless::cli {
namespace {

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

// The command that was being read, and those before it: "boardless model show".
const CLI::App& innermost(const CLI::App& app, std::string& path) {
  const CLI::App* at = &app;
  for (;;) {
    const std::vector<const CLI::App*> parsed =
        at->get_subcommands([](const CLI::App* command) { return command->parsed(); });
    if (parsed.empty()) return *at;
    at = parsed.front();
    path += " " + at->get_name();
  }
}

std::string usage_message(const CLI::App* app, const CLI::Error& error) {
  std::string path = "boardless";
  const CLI::App& command = innermost(*app, path);
  const std::vector<std::string> unknown = app->remaining(true);
  // A mistyped command shows as one that is missing; what was typed instead says more.
  if (unknown.empty()) {
    return fmt::format("boardless: {}; see {} --help\n", error.what(), path);
  }
  const std::string word = unknown.front().substr(0, unknown.front().find('='));
  const bool is_option = word.starts_with('-');
  std::vector<std::string> known = is_option ? option_names(command) : command_names(command);
  return fmt::format("boardless: unknown {} '{}'{}; see {} --help\n",
                     is_option       ? "option"
                     : known.empty() ? "argument"
                                     : "command",
                     unknown.front(), did_you_mean(word, known), path);
}

}  // namespace

std::string usage_failure(const CLI::App* app, const CLI::Error& error) {
  return visible(usage_message(app, error), "\n", std::string::npos);
}

void add_help_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("help", "Help for a command, as COMMAND --help gives it");
  const auto words = std::make_shared<std::vector<std::string>>();
  command->add_option("COMMAND", *words, "Such as predict, or targets show");
  command->footer("Examples:\n  boardless help predict\n  boardless help targets show");
  command->callback([&app, words] {
    const CLI::App* at = &app;
    std::string path = "boardless";
    for (const std::string& word : *words) {
      const std::vector<std::string> known = command_names(*at);
      const std::vector<const CLI::App*> found =
          at->get_subcommands([&](const CLI::App* each) { return each->get_name() == word; });
      if (found.empty()) {
        throw InputError(
            fmt::format("{}: no command of {}{}", word, path,
                        known.empty() ? "; it has none"
                                      : fmt::format("{}; there are {}", did_you_mean(word, known),
                                                    fmt::join(known, ", "))));
      }
      path += " " + word;
      at = found.front();
    }
    fmt::print("{}", at->get_formatter()->make_help(at, path, CLI::AppFormatMode::Normal));
  });
}

}  // namespace boardless::cli
