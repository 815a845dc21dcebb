// Formats commands and options with the `man` macros.
#include "cli/man_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <sstream>
#include <string_view>

namespace boardless::cli {
namespace {

// The code point that begins at `at`, which is moved behind it; text of our own is valid UTF-8.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at++]);
  if (byte < 0x80) return byte;
  const int more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
  std::uint32_t code = byte & (0x3fU >> more);
  for (int i = 0; i < more && at < text.size(); ++i) {
    code = code << 6 | (static_cast<unsigned char>(text[at++]) & 0x3fU);
  }
  return code;
}

// One line of text as troff takes it: nothing in it is a request or an escape, and a hyphen is the
// character that can be copied into a shell.
std::string escaped(std::string_view line) {
  std::string result = line.starts_with('.') || line.starts_with('\'') ? "\\&" : "";
  for (std::size_t at = 0; at < line.size();) {
    const std::uint32_t code = next_code_point(line, at);
    if (code >= 0x80) {
      result += fmt::format("\\[u{:04X}]", code);
    } else if (code == '\\') {
      result += "\\e";
    } else if (code == '-') {
      result += "\\-";
    } else {
      result += static_cast<char>(code);
    }
  }
  return result;
}

// Lines as they stand: footers hold examples.
std::string verbatim(const std::string& text) {
  std::string result = ".nf\n";
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result += escaped(line) + "\n";
  return result + ".fi\n";
}

std::string bold(const std::string& text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + escaped(text) + "\\fR"; }

// "The answer; one of: a, b. Default: a." as one paragraph.
std::string sentence(const OptionReference& option) {
  std::string text = option.description;
  const bool lists_words = !option.value.words.empty() && option.value.name == "WORD";
  if (lists_words) text += fmt::format(": {}", fmt::join(option.value.words, ", "));
  if (!text.empty() && text.back() != '.') text += ".";
  if (option.is_required) text += " Needed.";
  if (!option.default_text.empty()) text += fmt::format(" Default: {}.", option.default_text);
  return escaped(text) + "\n";
}

std::string names_of(const OptionReference& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back(bold(name));
  std::string text = fmt::format("{}", fmt::join(names, ", "));
  if (option.value.is_anything()) {
    if (!text.empty()) text += " ";
    text += italic(option.value.name);
  }
  return text;
}

std::string options_text(const std::vector<OptionReference>& options) {
  std::string text;
  for (const OptionReference& option : options) {
    text += ".TP\n" + names_of(option) + "\n" + sentence(option);
  }
  return text;
}

std::string synopsis(const CommandReference& command) {
  std::string line = bold(command.path.empty() ? "boardless" : "boardless " + command.path);
  for (const OptionReference& positional : command.positionals) {
    line += " " + italic(positional.value.name) + (positional.is_repeated ? "\\&..." : "");
  }
  for (const OptionReference& option : command.options) {
    if (option.is_required) line += " " + names_of(option);
  }
  if (!command.options.empty()) line += " [" + italic("OPTION") + "\\&...]";
  return line;
}

// A command that only holds others has no line of its own.
bool is_run_itself(const CommandReference& command) {
  return !command.path.empty() &&
         (command.commands.empty() || !command.positionals.empty() ||
          command.footer.find("\n  boardless " + command.path + "\n") != std::string::npos);
}

std::string command_text(const CommandReference& command) {
  std::string text = ".SS " + escaped(command.path) + "\n";
  if (is_run_itself(command)) text += synopsis(command) + "\n.PP\n";
  text += escaped(command.description + ".") + "\n";
  text += options_text(command.positionals) + options_text(command.options);
  if (!command.footer.empty()) text += ".PP\n" + verbatim(command.footer);
  return text;
}

constexpr std::string_view kEnvironment = R"(.SH ENVIRONMENT
.TP
\fBBOARDLESS_DATA\fR
The folder that holds targets, networks and kernels, instead of share/boardless beside the executable's folder.
.TP
\fBXDG_CACHE_HOME\fR
Kernel libraries that were compiled are kept in its folder boardless; without it in ~/.cache/boardless.
)";

}  // namespace

std::string man_page(const CommandReference& commands, const std::string& version) {
  std::string page =
      fmt::format(".TH BOARDLESS 1 \"\" \"boardless {}\" \"User Commands\"\n", escaped(version));
  page += ".SH NAME\nboardless \\- predicts how a TinyML model behaves on a microcontroller\n";
  page += ".SH SYNOPSIS\n";
  for (const CommandReference* command : with_all_below(commands)) {
    if (is_run_itself(*command)) page += ".B\n" + synopsis(*command) + "\n.br\n";
  }
  page += ".SH DESCRIPTION\n" + escaped(commands.description) + "\n";
  page += ".SH OPTIONS\n" + options_text(commands.options);
  page += ".SH COMMANDS\n";
  for (const CommandReference* command : with_all_below(commands)) {
    if (!command->path.empty()) page += command_text(*command);
  }
  page += kEnvironment;
  page += ".SH EXAMPLES AND EXIT STATUS\n" + verbatim(commands.footer);
  return page;
}

}  // namespace boardless::cli
