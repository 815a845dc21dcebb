// Do our integer semantics give what Unicorn's give, on random sequences of instructions?
#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <tuple>
#include <vector>

#include "tests/isa/differential.h"
#include "tests/parameter_name.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;

struct Group {
  const char* name;
  InstructionClass first, last;
};

// In the order of InstructionClass.
const Group kGroups[] = {
    {"data_processing", kAlu, kBitField},
    {"parallel_and_saturate", kParallelAlu, kSaturate},
    {"multiply_and_divide", kMultiply, kDivide},
    {"load_and_store", kLoad, kPreload},
    {"all", kAlu, kException},
};

class DoBothEnginesAgree : public testing::TestWithParam<std::tuple<const char*, Group>> {};

TEST_P(DoBothEnginesAgree, OnRandomSequences) {
  const auto& [variant_name, group] = GetParam();
  const Variant& variant = find_variant(variant_name);
  if (group.first == kParallelAlu && !variant.has(Feature::kMainline)) {
    GTEST_SKIP()
        << "needs an instruction set that has these: Armv6-M and Armv8-M Baseline have none";
  }
  constexpr int kInstructions = 20000;
  FuzzOptions options;
  options.allowed = [&](const Decoded& decoded, std::string_view) {
    const InstructionClass c = decoded.facts.instruction_class;
    return c >= group.first && c <= group.last;
  };
  const bool all = group.last == kException;
  options.instructions = default_instructions(kInstructions) / (all ? 1 : 4);
  options.seed = default_seed(20240607);
  std::vector<std::string> covered;
  const std::string difference = fuzz(variant, options, &covered);
  if (!difference.empty()) ADD_FAILURE() << difference;
  std::cout << variant_name << ", " << group.name << ": seed " << options.seed << ", "
            << covered.size() << " opcodes\n";
}

INSTANTIATE_TEST_SUITE_P(Variants, DoBothEnginesAgree,
                         testing::Combine(testing::Values("v6-m", "v7-m", "v7e-m", "v8-m.base",
                                                          "v8-m.main"),
                                          testing::ValuesIn(kGroups)),
                         [](const auto& test) {
                           return parameter_name(std::string(std::get<0>(test.param)) + "_" +
                                                 std::get<1>(test.param).name);
                         });

}  // namespace
}  // namespace boardless::isa
