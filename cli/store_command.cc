// Lists, shows, exports, merges and removes kept results.
#include "cli/store_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/version.h"
#include "base/visible_text.h"
#include "cli/command_files.h"
#include "cli/format_option.h"
#include "cli/number_option.h"
#include "cli/output.h"
#include "cli/store_argument.h"
#include "cli/table_options.h"
#include "cli/verbosity.h"
#include "exploration/store_views.h"
#include "reports/figures.h"
#include "reports/views.h"

namespace boardless::cli {
namespace {

using store::Access;
using store::Damage;
using store::ResultStore;

struct Arguments {
  std::string store;
  std::string key;
  std::vector<std::string> others;
  ResultStore::Removal removal;
  bool other_versions = false;
  std::optional<double> older_than_days;
  Format format = Format::kTable;
  std::string output;
  reports::TableView view;
};

// SQLite writes beside a store that is read, too.
ResultStore open_checked(const Arguments& arguments, Access access) {
  const std::filesystem::path file = store::named_store_file(arguments.store);
  if (access == Access::kWrite && file.has_parent_path()) {
    std::filesystem::create_directories(file.parent_path());
  }
  CommandFiles files;
  for (const std::string& other : arguments.others) files.writes("FILE", other);
  files.writes("--output", arguments.output);
  files.writes("--store", file.string());
  files.check();
  files.confine();
  return ResultStore::open(file, access, Damage::kRefuse);
}

void remark_on_damage(const ResultStore& store) {
  if (store.damaged_rows() == 0) return;
  remark(fmt::format("{} not what was written and left out",
                     store.damaged_rows() == 1
                         ? "1 result is"
                         : fmt::format("{} results are", store.damaged_rows())));
}

void list(const Arguments& arguments) {
  ResultStore store = open_checked(arguments, Access::kRead);
  std::string text;
  switch (arguments.format) {
    case Format::kJson:
      text = exploration::store_json(store);
      break;
    case Format::kCsv:
      text = exploration::store_csv(store);
      break;
    case Format::kTable:
      text = exploration::store_table(store, view_for(arguments.view, arguments.output));
      break;
  }
  write_output(arguments.output, text);
  remark_on_damage(store);
}

// The one result whose key begins so.
std::string whole_key(ResultStore& store, const std::string& beginning) {
  constexpr std::size_t kShown = 5;
  const std::vector<std::string> keys = store.keys_like(beginning, kShown);
  if (keys.empty()) {
    throw InputError(
        fmt::format("no result's key begins with '{}'; 'boardless store ls' lists "
                    "them",
                    visible(beginning)));
  }
  if (keys.size() > 1) {
    throw InputError(fmt::format("several results' keys begin with '{}': {}", visible(beginning),
                                 fmt::join(keys, ", ")));
  }
  return keys.front();
}

void show(const Arguments& arguments) {
  ResultStore store = open_checked(arguments, Access::kRead);
  const std::string key = whole_key(store, arguments.key);
  const std::optional<std::string> text = store.document(key);
  if (!text) {
    throw InputError(
        fmt::format("the result {} is not what was written; a sweep computes it again", key));
  }
  const prediction::Document document = reports::from_json(*text, "result " + key);
  switch (arguments.format) {
    case Format::kJson:
      write_output(arguments.output, reports::to_json(document));
      return;
    case Format::kCsv:
      write_output(arguments.output, reports::to_csv(document));
      return;
    case Format::kTable:
      break;
  }
  write_output(arguments.output,
               reports::to_table(document, true,
                                 {.view = view_for(arguments.view, arguments.output),
                                  .short_notes = verbosity() != Verbosity::kVerbose}));
}

void collect(Arguments& arguments) {
  if (arguments.other_versions) arguments.removal.keep_version = version();
  arguments.removal.older_than_days = arguments.older_than_days.value_or(0);
  const ResultStore::Removal& removal = arguments.removal;
  if (!removal.all && removal.keep_version.empty() && removal.older_than_days == 0) {
    throw InputError(
        "store gc needs to be told what to remove: --other-versions, --older-than "
        "DAYS or --all");
  }
  ResultStore store = open_checked(arguments, Access::kWrite);
  const std::uint64_t removed = store.remove(removal);
  write_output(arguments.output,
               fmt::format("{} result{} removed, {} left\n", reports::with_commas(removed),
                           removed == 1 ? "" : "s", reports::with_commas(store.rows())));
}

void merge(const Arguments& arguments) {
  ResultStore store = open_checked(arguments, Access::kWrite);
  std::string text;
  for (const std::string& other : arguments.others) {
    const std::uint64_t merged = store.merge(other);
    text += fmt::format("{}: {} new result{}\n", visible(other), reports::with_commas(merged),
                        merged == 1 ? "" : "s");
  }
  write_output(arguments.output,
               text + fmt::format("{} results\n", reports::with_commas(store.rows())));
  remark_on_damage(store);
}

using Shared = std::shared_ptr<Arguments>;

CLI::App* add_part(CLI::App& command, const char* name, const char* description,
                   const Shared& arguments) {
  CLI::App* part = command.add_subcommand(name, description);
  add_store_option(*part, arguments->store);
  add_output_option(*part, arguments->output);
  return part;
}

void add_ls(CLI::App& command) {
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* part = add_part(command, "ls", "List the results", arguments);
  add_table_options(*part, arguments->view);
  part->footer(
      "Examples:\n"
      "  boardless store ls\n"
      "  boardless store ls --sort latency_ms --top 10\n"
      "  boardless store ls --store shard1.db");
  part->callback([arguments] { list(*arguments); });
}

void add_show(CLI::App& command) {
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* part = add_part(command, "show", "Show one result whole", arguments);
  part->add_option("KEY", arguments->key, "The result's key, or how it begins")
      ->required()
      ->type_name("KEY");
  add_format_option(*part, arguments->format);
  add_table_options(*part, arguments->view);
  part->footer(
      "Examples:\n"
      "  boardless store show 3f0c2a\n"
      "  boardless store show 3f0c2a --format json -o result.json");
  part->callback([arguments] { show(*arguments); });
}

void add_gc(CLI::App& command) {
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* part = add_part(command, "gc", "Remove results, and give their room back", arguments);
  part->add_flag("--other-versions", arguments->other_versions,
                 "Remove what other versions of boardless computed");
  add_number_option(*part, "--older-than", arguments->older_than_days, {.least = 0},
                    "Remove what was computed so many days ago")
      ->type_name("DAYS");
  part->add_flag("--all", arguments->removal.all, "Remove all");
  part->footer(
      "Examples:\n"
      "  boardless store gc --other-versions\n"
      "  boardless store gc --older-than 90\n"
      "  boardless store gc --all --store old.db");
  part->callback([arguments] { collect(*arguments); });
}

void add_export(CLI::App& command) {
  const auto arguments = std::make_shared<Arguments>();
  arguments->format = Format::kCsv;
  CLI::App* part = add_part(command, "export", "Write all results for other programs", arguments);
  part->add_option_function<std::string>(
          "-f,--format",
          [arguments](const std::string& format) {
            arguments->format = format == "json" ? Format::kJson : Format::kCsv;
          },
          "csv: a row of figures for each; json: the whole documents")
      ->check(CLI::IsMember({"csv", "json"}))
      ->type_name("WORD")
      ->default_str("csv");
  part->footer(
      "Examples:\n"
      "  boardless store export -o results.csv\n"
      "  boardless store export --format json -o results.json");
  part->callback([arguments] { list(*arguments); });
}

void add_merge(CLI::App& command) {
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* part = add_part(command, "merge", "Take over results of other stores", arguments);
  part->add_option("stores", arguments->others, "Stores, as sweep --shard --store left them")
      ->required()
      ->type_name("FILE");
  part->footer(
      "Examples:\n"
      "  boardless store merge shard1.db shard2.db\n"
      "  boardless store merge --store all.db shard1.db shard2.db");
  part->callback([arguments] { merge(*arguments); });
}

}  // namespace

void add_store_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("store", "What sweeps keep: list, show, export, remove");
  command->require_subcommand(1);
  add_ls(*command);
  add_show(*command);
  add_gc(*command);
  add_export(*command);
  add_merge(*command);
  command->footer(
      "Examples:\n"
      "  boardless store ls\n"
      "  boardless store gc --other-versions\n"
      "  boardless store merge --store all.db shard1.db shard2.db");
}

}  // namespace boardless::cli
