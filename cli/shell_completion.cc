// For each shell tables of commands and options, and a few lines that look things up in them.
#include "cli/shell_completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>
#include <vector>

namespace boardless::cli {
namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// In single quotes of a POSIX shell.
std::string quoted(const std::string& text) { return "'" + replaced(text, "'", R"('\'')") + "'"; }

// In single quotes of fish.
std::string fish_quoted(const std::string& text) {
  return "'" + replaced(replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::vector<std::string> sub_names(const CommandReference& command) {
  std::vector<std::string> names;
  for (const CommandReference& below : command.commands) names.push_back(below.name);
  return names;
}

// What the bash functions below understand: words, and "@targets", "@networks", "@files",
// "@folders"; a last "," says that several may follow each other; "-" is a value that nobody can
// guess.
std::string bash_values(const ValueReference& value) {
  std::vector<std::string> parts = value.words;
  if (value.is_target) parts.emplace_back("@targets");
  if (value.is_network) parts.emplace_back("@networks");
  if (value.is_file) parts.emplace_back("@files");
  if (value.is_folder) parts.emplace_back("@folders");
  if (parts.empty()) parts.emplace_back("-");
  if (value.is_list) parts.emplace_back(",");
  return fmt::format("{}", fmt::join(parts, " "));
}

constexpr std::string_view kBashDriver = R"bash(
# _boardless_complete PROGRAM CURRENT VALUE…: puts what CURRENT can become into COMPREPLY.
_boardless_complete() {
  local program=$1 current=$2 value before= names= kind file
  shift 2
  if [[ " $* " == *' , '* ]]; then
    before=${current%"${current##*,}"}
    current=${current##*,}
    compopt -o nospace 2>/dev/null
  fi
  for value in "$@"; do
    case $value in
      - | ,) ;;
      @targets | @networks) names+=" $("$program" reference "${value#@}" 2>/dev/null)" ;;
      @files | @folders)
        compopt -o filenames 2>/dev/null
        kind=-f
        [[ $value == @folders ]] && kind=-d
        while IFS= read -r file; do COMPREPLY+=("$before$file"); done < <(compgen $kind -- "$current")
        ;;
      *) names+=" $value" ;;
    esac
  done
  COMPREPLY+=($(compgen -P "$before" -W "$names" -- "$current"))
}

_boardless() {
  local program=${COMP_WORDS[0]/#\~/$HOME} current=${COMP_WORDS[COMP_CWORD]} command= option= word values= i
  COMPREPLY=()
  # The shell cuts "--format=json" into three words.
  [[ $current == = ]] && current=
  for ((i = 1; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    case $word in
      =) ;;
      -*) option=$word ;;
      *)
        if [[ -z $option || -z $(_boardless_values "$command" "$option") ]]; then
          word="${command:+$command }$word"
          [[ -n $(_boardless_words "$word") ]] && command=$word
        fi
        option=
        ;;
    esac
  done
  [[ -n $option ]] && values=$(_boardless_values "$command" "$option")
  if [[ -n $values ]]; then
    _boardless_complete "$program" "$current" $values
    return
  fi
  for word in $(_boardless_words "$command"); do
    if [[ $current == -* ]]; then
      [[ $word == -?* ]] && values+=" $word"
    else
      [[ $word == -?* ]] || values+=" $word"
    fi
  done
  _boardless_complete "$program" "$current" $values
}
complete -F _boardless boardless
)bash";

// --- zsh

std::string zsh_text(const std::string& text) {
  std::string result = text;
  for (const char* special : {"\\", "[", "]", ":"}) {
    result = replaced(result, special, std::string("\\") + special);
  }
  return result;
}

std::string zsh_action(const ValueReference& value) {
  std::vector<std::string> actions;
  if (!value.words.empty()) {
    actions.push_back(fmt::format("compadd -- {}", fmt::join(value.words, " ")));
  }
  if (value.is_target) {
    actions.emplace_back(value.is_list ? "_sequence _boardless_name_targets"
                                       : "_boardless_name_targets");
  }
  if (value.is_network) actions.emplace_back("_boardless_name_networks");
  if (value.is_file) actions.emplace_back("_files");
  if (value.is_folder) actions.emplace_back("_files -/");
  if (actions.empty()) return " ";
  return fmt::format("{{{}}}", fmt::join(actions, "; "));
}

std::string zsh_option(const OptionReference& option) {
  std::string value;
  if (option.value.is_anything()) {
    value = fmt::format(":{}:{}", zsh_text(option.value.name), zsh_action(option.value));
  }
  const std::string rest = fmt::format("[{}]{}", zsh_text(option.description), value);
  if (option.names.size() == 1) return "    " + quoted(option.names.front() + rest);
  return fmt::format("    {}{{{}}}{}", quoted(fmt::format("({})", fmt::join(option.names, " "))),
                     fmt::join(option.names, ","), quoted(rest));
}

std::string zsh_function(const CommandReference& command) {
  return "_boardless" + (command.path.empty() ? "" : "_" + replaced(command.path, " ", "_"));
}

std::string zsh_arguments(const CommandReference& command) {
  std::vector<std::string> lines;
  for (const OptionReference& option : command.options) lines.push_back(zsh_option(option));
  for (const OptionReference& positional : command.positionals) {
    lines.push_back("    " + quoted(fmt::format("{}:{}:{}", positional.is_repeated ? "*" : "",
                                                zsh_text(positional.value.name),
                                                zsh_action(positional.value))));
  }
  if (!command.commands.empty()) {
    lines.emplace_back("    '1:command:->command'");
    lines.emplace_back("    '*::argument:->argument'");
  }
  return fmt::format("{}", fmt::join(lines, " \\\n"));
}

std::string zsh_command(const CommandReference& command) {
  std::string text = zsh_function(command) + "() {\n";
  if (command.path.empty()) text += "  local _boardless_program=${~words[1]}\n";
  text += "  local context state state_descr line\n  typeset -A opt_args\n";
  text += "  _arguments -C \\\n" + zsh_arguments(command) + "\n";
  if (!command.commands.empty()) {
    text += "  case $state in\n    command)\n      local -a commands=(\n";
    for (const CommandReference& below : command.commands) {
      text += fmt::format("        {}\n", quoted(below.name + ":" + zsh_text(below.description)));
    }
    text += "      )\n      _describe command commands\n      ;;\n";
    text += "    argument)\n      case $words[1] in\n";
    for (const CommandReference& below : command.commands) {
      text += fmt::format("        {}) {} ;;\n", below.name, zsh_function(below));
    }
    text += "      esac\n      ;;\n  esac\n";
  }
  return text + "}\n\n";
}

// --- fish

std::string fish_values(const ValueReference& value) {
  std::vector<std::string> parts;
  if (!value.words.empty()) parts.push_back(fmt::format("{}", fmt::join(value.words, " ")));
  if (value.is_target) {
    parts.emplace_back(value.is_list ? "(__fish_complete_list , '__boardless_names targets')"
                                     : "(__boardless_names targets)");
  }
  if (value.is_network) parts.emplace_back("(__boardless_names networks)");
  if (value.is_folder) parts.emplace_back("(__fish_complete_directories)");
  return fmt::format("{}", fmt::join(parts, " "));
}

std::string fish_line(const CommandReference& command, const std::string& rest) {
  return fmt::format("complete -c boardless -n {} {}\n",
                     fish_quoted("__boardless_at " + command.path), rest);
}

std::string fish_option(const CommandReference& command, const OptionReference& option) {
  std::string rest;
  for (const std::string& name : option.names) {
    rest += name.starts_with("--") ? "-l " + name.substr(2) + " " : "-s " + name.substr(1) + " ";
  }
  if (option.value.is_anything()) {
    rest += option.value.is_file ? "-r -F " : "-x ";
    const std::string values = fish_values(option.value);
    if (!values.empty()) rest += "-a " + fish_quoted(values) + " ";
  }
  return fish_line(command, rest + "-d " + fish_quoted(option.description));
}

std::string fish_command(const CommandReference& command) {
  std::string text;
  for (const CommandReference& below : command.commands) {
    text += fish_line(command, "-a " + below.name + " -d " + fish_quoted(below.description));
  }
  for (const OptionReference& positional : command.positionals) {
    const std::string values = fish_values(positional.value);
    if (!values.empty()) text += fish_line(command, "-a " + fish_quoted(values));
    if (positional.value.is_file) text += fish_line(command, "-F");
  }
  for (const OptionReference& option : command.options) text += fish_option(command, option);
  return text;
}

}  // namespace

std::string bash_completion(const CommandReference& commands) {
  std::string text = "# bash completion for boardless; written from its command definitions.\n\n";
  text += "# _boardless_words COMMAND: its options, and what may follow it.\n";
  text += "_boardless_words() {\n  case $1 in\n";
  std::string values =
      "# _boardless_values COMMAND OPTION: what may follow the option; nothing follows a "
      "flag.\n";
  values += "_boardless_values() {\n  case $1:$2 in\n";
  for (const CommandReference* command : with_all_below(commands)) {
    std::vector<std::string> words = sub_names(*command);
    for (const OptionReference& positional : command->positionals) {
      words.push_back(bash_values(positional.value));
    }
    for (const OptionReference& option : command->options) {
      words.insert(words.end(), option.names.begin(), option.names.end());
      if (!option.value.is_anything()) continue;
      std::vector<std::string> cases;
      for (const std::string& name : option.names)
        cases.push_back(quoted(command->path + ":" + name));
      values += fmt::format("    {}) echo {} ;;\n", fmt::join(cases, " | "),
                            quoted(bash_values(option.value)));
    }
    text += fmt::format("    {}) echo {} ;;\n", quoted(command->path),
                        quoted(fmt::format("{}", fmt::join(words, " "))));
  }
  text += "  esac\n}\n\n" + values + "  esac\n}\n";
  return text + std::string(kBashDriver);
}

std::string zsh_completion(const CommandReference& commands) {
  std::string text =
      "#compdef boardless\n# zsh completion for boardless; written from its command "
      "definitions.\n\n";
  for (const char* names : {"targets", "networks"}) {
    text += fmt::format(
        "_boardless_name_{0}() {{\n  local -a names=(${{(f)\"$($_boardless_program reference {0} "
        "2>/dev/null)\"}})\n  compadd \"$@\" -a names\n}}\n\n",
        names);
  }
  for (const CommandReference* command : with_all_below(commands)) text += zsh_command(*command);
  // The first call loads the file and is to complete as well.
  return text +
         "if [[ $funcstack[1] == _boardless ]]; then _boardless \"$@\"; else compdef "
         "_boardless boardless; fi\n";
}

std::string fish_completion(const CommandReference& commands) {
  std::vector<std::string> paths;
  std::string text = "# fish completion for boardless; written from its command definitions.\n\n";
  std::string lines;
  for (const CommandReference* command : with_all_below(commands)) {
    if (!command->path.empty()) paths.push_back(fish_quoted(command->path));
    lines += fish_command(*command);
  }
  text += fmt::format(R"fish(function __boardless_at -d 'Is this the command typed so far?'
    set -l known {}
    set -l path
    for word in (commandline -opc)[2..-1]
        set -l longer (string trim -- "$path $word")
        contains -- $longer $known; and set path $longer
    end
    test "$path" = "$argv"
end

function __boardless_names -d 'Names of targets or networks'
    set -l program (commandline -opc)[1]
    $program reference $argv 2>/dev/null
end

complete -c boardless -f
)fish",
                      fmt::join(paths, " "));
  return text + lines;
}

}  // namespace boardless::cli
