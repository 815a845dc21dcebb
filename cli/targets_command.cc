// Prints the bundled targets, and one target in full with its sources.
#include "cli/targets_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/version.h"
#include "cli/command_files.h"
#include "cli/format_option.h"
#include "cli/output.h"
#include "cli/table_options.h"
#include "prediction/target_selection.h"
#include "reports/target_document.h"
#include "reports/text_table.h"
#include "targets/target_numbers.h"

namespace boardless::cli {
namespace {

using cost_models::AcceleratorModel;
using reports::Align;
using reports::TextTable;
using targets::Memory;
using targets::Target;

std::string marked(bool is_estimate, const std::string& text) {
  return is_estimate ? "~" + text : text;
}

// The total size, in KiB, of the target's memories that hold data (`ram`) or code.
std::string kib_of(const Target& target, bool ram) {
  const reports::MemorySum sum = reports::memory_sum(target, ram);
  return marked(sum.is_estimate, fmt::format("{:g}", static_cast<double>(sum.bytes) / 1024));
}

std::string core_text(const Target& target) { return target.core + (target.fpu ? " FPU" : ""); }

const char* kind_text(const Memory& memory) {
  switch (memory.kind) {
    case Memory::Kind::kFlash:
      return "flash";
    case Memory::Kind::kRam:
      return "RAM";
    case Memory::Kind::kExternalFlash:
      return "external flash";
    case Memory::Kind::kTcm:
      return "TCM";
  }
  return "";
}

std::string read_path_text(const Target& target, const targets::ReadPath& path) {
  const auto cache_text = [&](const targets::Cache& cache) {
    return fmt::format("{}{}",
                       targets::size_text(Bytes{cache.lines.value()} * cache.line_bytes.value()),
                       path.sequential_prefetch ? " with prefetch" : "");
  };
  switch (path.kind) {
    case targets::ReadPath::Kind::kNone:
      return "without a buffer";
    case targets::ReadPath::Kind::kPrefetch:
      return fmt::format("through a prefetch of {} rows", path.buffers.value());
    case targets::ReadPath::Kind::kCache:
      return "through a cache of " + cache_text(path.cache);
    case targets::ReadPath::Kind::kSharedCache:
      return fmt::format("through {} of {}", path.shared, cache_text(target.cache(path.shared)));
  }
  return "";
}

std::string memory_line(const Target& target, const Memory& memory) {
  std::string line = fmt::format("  {}: {} {}", memory.name, targets::size_text(memory.size_bytes),
                                 kind_text(memory));
  if (memory.wait_states.value() == 0 && !memory.bus_cycles) return line + "\n";
  line += fmt::format(", instructions {}", read_path_text(target, memory.fetch));
  line += memory.unified ? " that data shares" : ", data " + read_path_text(target, memory.data);
  return line + "\n";
}

TextTable targets_table(const std::vector<Target>& all) {
  TextTable table({{"target"},
                   {.header = "core", .drop = 1},
                   {"clock\nMHz", Align::kRight},
                   {"SRAM\nKiB", Align::kRight},
                   {"flash\nKiB", Align::kRight},
                   {"wait\nstates", Align::kRight, "wait_states", 4},
                   {"run current\nuA/MHz", Align::kRight, "run_ua_per_mhz", 3},
                   {"supply\nV", Align::kRight, "supply_v", 5},
                   {"price\nUSD", Align::kRight, "price_usd", 2},
                   {.header = "vendor", .on_request = true},
                   {.header = "description", .on_request = true, .prose = true}});
  for (const Target& target : all) {
    const Memory& code = target.memory(target.placement.code);
    const targets::Power& power = target.power;
    const auto& price = target.price_usd;
    table.add_row(
        {target.name, core_text(target),
         marked(target.clock_hz.is_estimate(), fmt::format("{:g}", target.clock_hz.value() / 1e6)),
         kib_of(target, true), kib_of(target, false),
         marked(code.wait_states.is_estimate(), fmt::format("{}", code.wait_states.value())),
         marked(power.run_ua_per_mhz.is_estimate(),
                fmt::format("{:g}", power.run_ua_per_mhz.value())),
         marked(power.supply_v.is_estimate(), fmt::format("{:g}", power.supply_v.value())),
         price ? marked(price->is_estimate(), fmt::format("{:.2f}", price->value())) : "-",
         target.vendor, target.description});
  }
  return table;
}

// Numbers with references to their sources, which repeat, and behind them the list of those.
class SourcedNumbers {
 public:
  explicit SourcedNumbers(const std::vector<targets::TargetNumber>& numbers) {
    for (const targets::TargetNumber& number : numbers) {
      const auto known = std::ranges::find(sources_, number.source);
      const auto reference = known - sources_.begin() + 1;
      if (known == sources_.end()) sources_.push_back(number.source);
      table_.add_row(
          {number.key, marked(number.is_estimate, number.value), fmt::format("[{}]", reference)});
    }
  }
  std::string table(const reports::TableView& view) const { return table_.render(view); }
  std::string sources() const {
    std::string text = "\nSources (~ marks an estimate)\n";
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      text += fmt::format("  [{}] {}\n", i + 1, sources_[i]);
    }
    return text;
  }

 private:
  std::vector<std::string> sources_;
  TextTable table_{{{"number"}, {"value", Align::kRight}, {"source"}}};
};

std::string notes_text(const std::vector<std::string>& notes) {
  std::string text = notes.empty() ? "" : "\nNotes\n";
  for (const std::string& note : notes) text += fmt::format("  {}\n", note);
  return text;
}

std::string target_sheet(const Target& target, const reports::TableView& view) {
  std::string sheet = fmt::format("{}: {} ({}), {}\n\n", target.name, target.description,
                                  target.vendor, core_text(target));
  for (const Memory& memory : target.memories) sheet += memory_line(target, memory);
  sheet += fmt::format("  code in {}, constants in {}, arena in {}, stack in {}\n\n",
                       target.placement.code, target.placement.constants, target.placement.arena,
                       target.placement.stack);

  const SourcedNumbers numbers(targets::target_numbers(target));
  return sheet + numbers.table(view) + numbers.sources() + notes_text(target.notes);
}

TextTable accelerators_table(const std::vector<AcceleratorModel>& all) {
  TextTable table({{.header = "accelerator", .key = "target"},
                   {.header = "family", .drop = 3},
                   {"clock\nMHz", Align::kRight},
                   {"peak\nGMAC/s", Align::kRight, "peak_gmac_per_s"},
                   {"on-chip\nKiB", Align::kRight},
                   {.header = "holds", .drop = 5},
                   {.header = "links", .drop = 4},
                   {.header = "weight\nbits", .drop = 2},
                   {"power\nmW", Align::kRight, "power_mw", 1},
                   {.header = "vendor", .on_request = true},
                   {.header = "description", .drop = 6, .prose = true}});
  for (const AcceleratorModel& model : all) {
    std::vector<std::string> links;
    for (const cost_models::Link& link : model.links) links.push_back(link.name);
    for (const cost_models::WeightSource& source : model.weight_sources) {
      links.push_back(source.name);
    }
    const double peak = static_cast<double>(model.peak_macs_per_cycle()) * model.clock_hz / 1e9;
    table.add_row({model.name, model.family,
                   marked(model.clock_hz.is_estimate(), fmt::format("{:g}", model.clock_hz / 1e6)),
                   fmt::format("{:.0f}", peak),
                   marked(model.memory.bytes.is_estimate(),
                          fmt::format("{}", model.memory.bytes.value() / 1024)),
                   model.memory.holds_weights ? "weights, activations" : "activations",
                   links.empty() ? "-" : fmt::format("{}", fmt::join(links, ", ")),
                   fmt::format("{}", fmt::join(model.weights.bit_widths(), ", ")),
                   marked(model.power.compute_mw.is_estimate(),
                          fmt::format("{:g}", model.power.compute_mw.value())),
                   model.vendor, model.description});
  }
  return table;
}

std::string accelerator_sheet(const AcceleratorModel& model, const reports::TableView& view) {
  std::string sheet =
      fmt::format("{}: {} ({}), {}\n\n", model.name, model.description, model.vendor, model.family);
  const SourcedNumbers numbers(targets::all_numbers(model.numbers));
  sheet += numbers.table(view) + "\nOperators (" + model.rules_source + ")\n";
  for (const cost_models::OperatorRule& rule : model.operators) {
    sheet += fmt::format("  {}{}{}\n", rule.op, rule.constraints.empty() ? "" : ": ",
                         fmt::join(rule.constraints, ", "));
  }
  sheet += fmt::format("  types {}{}\n", fmt::join(model.types, ", "),
                       model.single_cut ? "; one cut only" : "");
  return sheet + numbers.sources() + notes_text(model.notes);
}

struct ListOptions {
  std::vector<std::string> words;  // of -t; empty: all there are
  Format format = Format::kTable;
  std::string output;
  reports::TableView view;
};

void check_files(const std::vector<std::string>& words, const std::string& output) {
  CommandFiles files;
  for (const std::string& word : words) files.reads_target("TARGET", word);
  files.writes("--output", output);
  files.check();
  files.confine();
}

void list(const ListOptions& options) {
  check_files(options.words, options.output);
  std::vector<std::string> words = options.words;
  if (words.empty()) words = {"all", "accelerators"};
  const auto [mcus, accelerators] = prediction::load_targets(words);
  if (options.format == Format::kJson) {
    write_output(options.output, reports::targets_json(mcus, accelerators, version()));
    return;
  }
  if (options.format == Format::kCsv) {
    write_output(options.output, reports::targets_csv(mcus, accelerators));
    return;
  }
  const TextTable mcu_table = targets_table(mcus);
  const TextTable accelerator_table = accelerators_table(accelerators);
  std::vector<const TextTable*> tables;
  if (!mcus.empty()) tables.push_back(&mcu_table);
  if (!accelerators.empty()) tables.push_back(&accelerator_table);
  write_output(options.output,
               reports::render_tables(tables, view_for(options.view, options.output)) +
                   "\n~ rests on an estimate; wait states are those of the memory that holds the "
                   "code.\n`boardless targets show NAME` gives every number with its source.\n");
}

struct ShowOptions {
  std::string name;
  Format format = Format::kTable;
  std::string output;
  reports::TableView view;
};

template <class Described, class Sheet>
std::string shown(const Described& described, const std::vector<targets::TargetNumber>& numbers,
                  const ShowOptions& options, const Sheet& sheet) {
  switch (options.format) {
    case Format::kJson:
      return reports::target_json(described, version());
    case Format::kCsv:
      return reports::numbers_csv(numbers);
    case Format::kTable:
      break;
  }
  return sheet(described, view_for(options.view, options.output));
}

void show(const ShowOptions& options) {
  check_files({options.name}, options.output);
  std::string text;
  if (cost_models::is_accelerator(options.name)) {
    const AcceleratorModel model = cost_models::load_accelerator(options.name);
    text = shown(model, targets::all_numbers(model.numbers), options, accelerator_sheet);
  } else {
    const Target target = targets::load_target(options.name);
    text = shown(target, targets::target_numbers(target), options, target_sheet);
  }
  write_output(options.output, text);
}

}  // namespace

void add_targets_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("targets", "List the microcontrollers and accelerators to predict for");
  const auto listed = std::make_shared<ListOptions>();
  command
      ->add_option("-t,--target", listed->words,
                   "Only these: names, patterns such as 'stm32*', core=, vendor=, family=, fpu=, "
                   "all, accelerators, !WORD to leave out")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("WORD,...");
  add_format_option(*command, listed->format);
  add_output_option(*command, listed->output);
  add_table_options(*command, listed->view);
  command->footer(
      "Examples:\n"
      "  boardless targets\n"
      "  boardless targets -t vendor=ST --sort=-clock_mhz --top 5\n"
      "  boardless targets --columns target,core,price_usd,description\n"
      "  boardless targets --format csv -o targets.csv\n"
      "  boardless targets show stm32f446re");

  CLI::App* show_command =
      command->add_subcommand("show", "Every number of one target with its unit and source");
  const auto options = std::make_shared<ShowOptions>();
  show_command
      ->add_option("NAME", options->name,
                   "A bundled microcontroller or accelerator, or the path of its YAML file")
      ->required()
      ->type_name("TARGET");
  add_format_option(*show_command, options->format);
  add_output_option(*show_command, options->output);
  add_table_options(*show_command, options->view);
  show_command->footer(
      "Examples:\n"
      "  boardless targets show stm32f446re\n"
      "  boardless targets show coral-usb3 --format json");
  show_command->callback([options] { show(*options); });
  command->callback([command, listed] {
    if (command->get_subcommands().empty()) list(*listed);
  });
}

}  // namespace boardless::cli
