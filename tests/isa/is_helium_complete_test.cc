// Has every encoding of LLVM's Armv8.1-M semantics, and does docs/helium.md say so? With
// BOARDLESS_WRITE_DOCS=1 in the environment the page is written instead.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "isa/arm/semantics.h"
#include "isa/llvm_source.h"
#include "isa/variant.h"

namespace boardless::isa {
namespace {

struct Refused {
  std::string_view prefix, reason;
};
constexpr std::array kRefused = std::to_array<Refused>({
    {"VLDR_FPCXT", "refused: the Security Extension's FP context"},
    {"VSTR_FPCXT", "refused: the Security Extension's FP context"},
    {"VMRS_FPCXT", "refused: the Security Extension's FP context"},
    {"VMSR_FPCXT", "refused: the Security Extension's FP context"},
    {"t2PACG", "refused: pointer authentication is not in Cortex-M55's instruction set"},
    {"t2AUTG", "refused: pointer authentication is not in Cortex-M55's instruction set"},
    {"t2BXAUT", "refused: pointer authentication is not in Cortex-M55's instruction set"},
});

std::string state_of(std::string_view opcode) {
  for (const Refused& each : kRefused) {
    if (opcode.starts_with(each.prefix)) return std::string(each.reason);
  }
  const Opcode* known = arm::opcodes().find(opcode);
  return known != nullptr && known->build.arm != nullptr ? "done" : "missing";
}

// What Armv8.1-M added: LLVM's MVE_ opcodes, the rest of our records', and what is refused.
bool is_of_helium(std::string_view opcode) {
  const Opcode* known = arm::opcodes().find(opcode);
  if (opcode.starts_with("MVE_")) return true;
  if (known != nullptr &&
      (known->facts.feature == Feature::kArmv81 || known->facts.feature == Feature::kHelium)) {
    return true;
  }
  for (const Refused& each : kRefused) {
    if (opcode.starts_with(each.prefix)) return true;
  }
  return false;
}

std::string page() {
  std::map<std::pair<std::string, std::string>, std::string> rows;
  std::size_t count = 0, done = 0;
  for (const std::string_view opcode : llvm_opcode_names(find_variant("v8.1-m.main"))) {
    if (!is_of_helium(opcode)) continue;
    const Opcode* known = arm::opcodes().find(opcode);
    const std::string state = state_of(opcode);
    ++count;
    done += state == "done" ? 1U : 0U;
    std::string& names =
        rows[{known != nullptr ? std::string(class_name(known->facts.instruction_class)) : "none",
              state}];
    names += fmt::format("{}{}", names.empty() ? "" : " ", opcode);
  }
  std::string text = fmt::format(
      "# Helium and the rest of Armv8.1-M\n\n"
      "Every encoding that LLVM has for Armv8.1-M's additions, by its opcode name: {} of {} have "
      "semantics in `isa/arm/`, the others are refused by name. Written by "
      "`tests/isa/is_helium_complete_test.cc` from the code (`BOARDLESS_WRITE_DOCS=1`).\n\n"
      "| Class | State | Opcodes |\n|---|---|---|\n",
      done, count);
  for (const auto& [key, names] : rows) {
    text += fmt::format("| {} | {} | {} |\n", key.first, key.second, names);
  }
  return text;
}

TEST(IsHeliumComplete, NothingIsMissing) {
  std::size_t count = 0;
  for (const std::string_view opcode : llvm_opcode_names(find_variant("v8.1-m.main"))) {
    if (!is_of_helium(opcode)) continue;
    ++count;
    EXPECT_NE(state_of(opcode), "missing") << opcode;
  }
  EXPECT_GT(count, 841U);  // LLVM 19's MVE_ opcodes alone
}

TEST(IsHeliumComplete, ThePageSaysSo) {
  const std::string path = BOARDLESS_DOCS "/helium.md";
  if (std::getenv("BOARDLESS_WRITE_DOCS") != nullptr) std::ofstream(path) << page();
  std::ifstream file(path);
  std::stringstream written;
  written << file.rdbuf();
  EXPECT_EQ(written.str(), page());
}

}  // namespace
}  // namespace boardless::isa
