// Prints the bundled targets, and one target in full with its sources.
#include "cli/targets_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "reports/text_table.h"
#include "targets/target_numbers.h"

namespace boardless::cli {
namespace {

using reports::Align;
using reports::TextTable;
using targets::Memory;
using targets::Target;

std::string marked(bool is_estimate, const std::string& text) {
  return is_estimate ? "~" + text : text;
}

// The total size, in KiB, of the target's memories that hold data (`ram`) or code.
std::string kib_of(const Target& target, bool ram) {
  Bytes bytes = 0;
  bool estimate = false;
  for (const Memory& memory : target.memories) {
    if (memory.is_writable() != ram || !memory.view_of.empty()) continue;
    bytes += memory.size_bytes.value();
    estimate = estimate || memory.size_bytes.is_estimate();
  }
  return marked(estimate, fmt::format("{:g}", static_cast<double>(bytes) / 1024));
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

}  // namespace

std::string targets_table(const std::vector<Target>& all) {
  TextTable table({{"target"},
                   {"core"},
                   {"clock\nMHz", Align::kRight},
                   {"SRAM\nKiB", Align::kRight},
                   {"flash\nKiB", Align::kRight},
                   {"wait\nstates", Align::kRight},
                   {"run current\nuA/MHz", Align::kRight},
                   {"supply\nV", Align::kRight},
                   {"price\nUSD", Align::kRight}});
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
         price ? marked(price->is_estimate(), fmt::format("{:.2f}", price->value())) : "-"});
  }
  return table.render() +
         "\n~ rests on an estimate; wait states are those of the memory that holds the code.\n"
         "`boardless targets show NAME` gives every number with its source.\n";
}

std::string target_sheet(const Target& target) {
  std::string sheet = fmt::format("{}: {} ({}), {}\n\n", target.name, target.description,
                                  target.vendor, core_text(target));
  for (const Memory& memory : target.memories) sheet += memory_line(target, memory);
  sheet += fmt::format("  code in {}, constants in {}, arena in {}, stack in {}\n\n",
                       target.placement.code, target.placement.constants, target.placement.arena,
                       target.placement.stack);

  // Sources repeat, so the table refers to them by number.
  std::vector<std::string> sources;
  TextTable table({{"number"}, {"value", Align::kRight}, {"source"}});
  for (const targets::TargetNumber& number : targets::target_numbers(target)) {
    const auto known = std::find(sources.begin(), sources.end(), number.source);
    const auto reference = known - sources.begin() + 1;
    if (known == sources.end()) sources.push_back(number.source);
    table.add_row(
        {number.key, marked(number.is_estimate, number.value), fmt::format("[{}]", reference)});
  }
  sheet += table.render() + "\nSources (~ marks an estimate)\n";
  for (std::size_t i = 0; i < sources.size(); ++i) {
    sheet += fmt::format("  [{}] {}\n", i + 1, sources[i]);
  }
  if (!target.notes.empty()) sheet += "\nNotes\n";
  for (const std::string& note : target.notes) sheet += fmt::format("  {}\n", note);
  return sheet;
}

std::string accelerators_table(const std::vector<cost_models::AcceleratorModel>& all) {
  TextTable table({{"accelerator"},
                   {"family"},
                   {"clock\nMHz", Align::kRight},
                   {"peak\nGMAC/s", Align::kRight},
                   {"on-chip\nKiB", Align::kRight},
                   {"holds"},
                   {"links"},
                   {"weight\nbits"},
                   {"power\nmW", Align::kRight},
                   {"description"}});
  for (const cost_models::AcceleratorModel& model : all) {
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
                   model.description});
  }
  return table.render();
}

std::string accelerator_sheet(const cost_models::AcceleratorModel& model) {
  std::string sheet =
      fmt::format("{}: {} ({}), {}\n\n", model.name, model.description, model.vendor, model.family);
  std::vector<std::string> sources;
  TextTable table({{"number"}, {"value", Align::kRight}, {"source"}});
  for (const targets::TargetNumber& number : model.numbers) {
    const auto known = std::find(sources.begin(), sources.end(), number.source);
    const auto reference = known - sources.begin() + 1;
    if (known == sources.end()) sources.push_back(number.source);
    table.add_row(
        {number.key, marked(number.is_estimate, number.value), fmt::format("[{}]", reference)});
  }
  sheet += table.render() + "\nOperators (" + model.rules_source + ")\n";
  for (const cost_models::OperatorRule& rule : model.operators) {
    sheet += fmt::format("  {}{}{}\n", rule.op, rule.constraints.empty() ? "" : ": ",
                         fmt::join(rule.constraints, ", "));
  }
  sheet += fmt::format("  types {}{}\n", fmt::join(model.types, ", "),
                       model.single_cut ? "; one cut only" : "");
  sheet += "\nSources (~ marks an estimate)\n";
  for (std::size_t i = 0; i < sources.size(); ++i) {
    sheet += fmt::format("  [{}] {}\n", i + 1, sources[i]);
  }
  if (!model.notes.empty()) sheet += "\nNotes\n";
  for (const std::string& note : model.notes) sheet += fmt::format("  {}\n", note);
  return sheet;
}

void add_targets_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("targets", "List the microcontrollers and accelerators to predict for");
  command->footer("Examples:\n  boardless targets\n  boardless targets show stm32f446re");
  CLI::App* show =
      command->add_subcommand("show", "Every number of one target with its unit and source");
  show->footer("Example:\n  boardless targets show stm32f446re");
  const auto name = std::make_shared<std::string>();
  show->add_option("NAME", *name,
                   "A bundled microcontroller or accelerator, or the path of its YAML file")
      ->required()
      ->type_name("TARGET");
  show->callback([name] {
    fmt::print("{}", cost_models::is_accelerator(*name)
                         ? accelerator_sheet(cost_models::load_accelerator(*name))
                         : target_sheet(targets::load_target(*name)));
  });
  command->callback([command] {
    if (!command->get_subcommands().empty()) return;
    std::vector<Target> all;
    for (const std::string& target : targets::target_names()) {
      all.push_back(targets::load_target(target));
    }
    std::vector<cost_models::AcceleratorModel> accelerators;
    for (const std::string& accelerator : cost_models::accelerator_names()) {
      accelerators.push_back(cost_models::load_accelerator(accelerator));
    }
    fmt::print("{}\n{}", targets_table(all), accelerators_table(accelerators));
  });
}

}  // namespace boardless::cli
