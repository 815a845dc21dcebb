// Judges our interpreter by QEMU on random instructions, from the command line:
//   build/release/bin/fuzz_against_qemu --group mve-int --instructions 1000000 --differences 20
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>

#include "base/error.h"
#include "tests/isa/qemu_fuzz.h"

int main(int argc, char** argv) {
  using namespace boardless;
  CLI::App app("Runs random instructions on our interpreter and in qemu-system-arm, and compares");
  isa::QemuFuzzOptions options;
  std::vector<std::string> groups;
  bool lists_coverage = false;
  std::string known;
  for (const isa::QemuGroup& group : isa::qemu_groups()) known += fmt::format(" {}", group.name);
  app.add_option("--group", groups, "Groups of instructions:" + known)->required();
  app.add_option("--instructions", options.instructions, "How many, for each group");
  app.add_option("--seed", options.seed, "Another seed, other instructions");
  app.add_option("--differences", options.most_differences, "Stop after so many differences");
  app.add_option("--opcode", options.opcode, "Only opcodes whose LLVM name starts so");
  app.add_flag("--coverage", lists_coverage, "List the opcodes that ran, and how often");
  CLI11_PARSE(app, argc, argv);
  bool good = true;
  try {
    for (const std::string& name : groups) {
      const auto begin = std::chrono::steady_clock::now();
      const isa::QemuFuzzReport report =
          isa::fuzz_against_qemu(isa::find_qemu_group(name), options);
      const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
      for (const std::string& difference : report.differences) std::cout << difference << '\n';
      std::cout << fmt::format(
          "{}: seed {}: {} instructions in {} cases compared ({} ended in a fault), {} opcodes, {} "
          "cases dropped that left the data window, {} for a known deviation, {} differences "
          "shown, "
          "{:.1f} s\n",
          name, options.seed, report.instructions, report.cases, report.faults,
          report.covered.size(), report.strays, report.deviations, report.differences.size(),
          taken.count());
      if (!report.not_modelled.empty()) {
        std::cout << fmt::format("  left out: {} opcodes without semantics\n",
                                 report.not_modelled.size());
      }
      if (lists_coverage) {
        for (const std::string& opcode : report.not_modelled) {
          std::cout << fmt::format("       - {}\n", opcode);
        }
        for (const auto& [opcode, times] : report.covered) {
          std::cout << fmt::format("  {:6} {}\n", times, opcode);
        }
      }
      good = good && report.differences.empty();
    }
  } catch (const InputError& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
  return good ? 0 : 1;
}
