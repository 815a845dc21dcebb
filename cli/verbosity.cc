// The level, and the lines that depend on it.
#include "cli/verbosity.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/detail_log.h"
#include "base/visible_text.h"

namespace boardless::cli {
namespace {

Verbosity level = Verbosity::kNormal;

std::string shown(const std::string& text) { return visible(text, "\n\t", std::string::npos); }

void set(Verbosity wished) {
  level = wished;
  if (wished == Verbosity::kVerbose) set_detail_listener(detail);
}

void add_to(CLI::App& app) {
  const char* group = "Messages";
  CLI::Option* quiet = app.add_flag_callback(
      "-q,--quiet", [] { set(Verbosity::kQuiet); }, "No progress and no remarks, errors alone");
  CLI::Option* verbose = app.add_flag_callback(
      "-v,--verbose", [] { set(Verbosity::kVerbose); },
      "Say on stderr what is run and how long it takes");
  quiet->group(group);
  verbose->group(group);
  // Before commands' callbacks, which the parser runs from the inside out.
  quiet->trigger_on_parse();
  verbose->trigger_on_parse();
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    add_to(*command);
  }
}

}  // namespace

void complain(const std::string& message, const std::string& more) {
  // Where stderr takes nothing there is nobody to be told: fputs() says so, fmt::print() would
  // throw.
  std::fputs(fmt::format("boardless: {}\n{}", shown(message), shown(more)).c_str(), stderr);
}

Verbosity verbosity() { return level; }

void add_verbosity_options(CLI::App& app) { add_to(app); }

void remark(const std::string& line) {
  if (level == Verbosity::kQuiet) return;
  std::fflush(stdout);
  complain(line);
}

void detail(const std::string& line) {
  if (level != Verbosity::kVerbose) return;
  std::fputs((shown(line) + '\n').c_str(), stderr);
}

}  // namespace boardless::cli
