// Judges our interpreter by what hardware did, from the command line:
//   scripts/read_vixl_results.py CHECKOUT | build/release/bin/compare_with_vixl
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "base/error.h"
#include "tests/isa/recorded_comparison.h"

namespace {

using boardless::isa::RecordedComparison;

std::string row(const std::string& name, const RecordedComparison::Form& form) {
  std::size_t skipped = 0;
  std::string why;
  for (const auto& [reason, count] : form.skipped) {
    skipped += count;
    why += fmt::format("{}{}: {}", why.empty() ? "" : "; ", reason, count);
  }
  return fmt::format("{:<38}  {:>12}  {:>9}  {:>9}  {:>7}  {}\n", name, form.instructions,
                     form.vectors, form.equal, skipped, why);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace boardless;
  CLI::App app("Runs what was recorded of T32 instructions, read from stdin, and compares");
  std::string variant = "v7e-m-dp";
  app.add_option("--variant", variant, "The instruction set that runs it")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    std::ios::sync_with_stdio(false);
    RecordedComparison comparison(isa::find_variant(variant));
    isa::RecordedResults results(std::cin);
    for (isa::RecordedInstruction instruction; results.next(instruction);) {
      comparison.add(instruction);
    }
    const RecordedComparison::Form total = comparison.total();
    std::cout << fmt::format("{:<38}  {:>12}  {:>9}  {:>9}  {:>7}  {}\n", "form on " + variant,
                             "instructions", "vectors", "equal", "skipped", "why");
    for (const auto& [name, form] : comparison.forms()) std::cout << row(name, form);
    std::cout << row("all", total);
    for (const std::string& difference : comparison.differences()) std::cout << difference << '\n';
    if (total.vectors == 0) throw InputError("nothing was compared");
    return total.equal == total.vectors ? 0 : 1;
  } catch (const InputError& error) {
    std::cerr << "compare_with_vixl: " << error.what() << '\n';
    return 2;
  }
}
