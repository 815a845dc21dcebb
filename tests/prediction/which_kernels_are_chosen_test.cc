// Is the kernel chosen that was asked for, is it said why where it is not, and is an operator
// without any refused?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "prediction/kernel_library.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/random_operator.h"

namespace boardless::prediction {
namespace {

using testing::IsEmpty;
using testing::StartsWith;
using workloads::OpKind;

std::vector<KernelChoice> choose(const RandomKind& kind, std::string_view variant,
                                 KernelPreference preference) {
  const RandomModel model = random_model(kind, 0, 4);
  return choose_kernels(model.graph, workloads::prepare(model.graph), built_image(variant),
                        preference);
}

// What RandomKind::Optimized::kOnInt8 promises.
bool is_on_int8(const KernelChoice& choice) {
  return choice.function.ends_with("_s8") && choice.function.find("grouped_") == std::string::npos;
}

TEST(KernelChoice, TheReferenceIsThereForEveryOperatorOnEveryImage) {
  for (const isa::Variant& variant : isa::variants()) {
    if (!variant.has_kernels) continue;
    for (const RandomKind& kind : random_kinds()) {
      for (const KernelChoice& choice : choose(kind, variant.name, KernelPreference::kReference)) {
        EXPECT_THAT(choice.function, StartsWith("reference_"));
        EXPECT_THAT(choice.note, IsEmpty());
      }
    }
  }
}

TEST(KernelChoice, WhatTheCoreLacksFallsBackWithANote) {
  for (const char* variant : {"v6-m", "v7-m", "rv32imc", "rv32imac", "rv32imafc", "rv32imac-zb"}) {
    for (const auto preference : {KernelPreference::kAuto, KernelPreference::kOptimized}) {
      for (const KernelChoice& choice : choose({.kind = OpKind::kSoftmax}, variant, preference)) {
        EXPECT_THAT(choice.function, StartsWith("reference_"));
        EXPECT_EQ(choice.note, "no optimised kernel for this operator");
      }
      for (const KernelChoice& choice : choose({.kind = OpKind::kConv2D}, variant, preference)) {
        const bool expected = is_on_int8(choice) || choice.function.ends_with("conv_2d_s16");
        EXPECT_THAT(choice.function, StartsWith(expected ? "scalar_" : "reference_"));
        EXPECT_EQ(choice.note, expected ? "" : "no optimised kernel for this operator");
      }
    }
  }
}

TEST(KernelChoice, TheOptimisedOneIsTakenWhereThereIsOne) {
  for (const auto& [variant, prefix] :
       {std::pair{"v7e-m", "dsp_"}, std::pair{"v7e-m-fp", "dsp_"}, std::pair{"v8-m.main", "dsp_"},
        std::pair{"v8.1-m.main", "mve_"}, std::pair{"v8.1-m.main-pacbti", "mve_"}}) {
    for (const RandomKind& kind : random_kinds()) {
      for (const KernelChoice& choice : choose(kind, variant, KernelPreference::kAuto)) {
        const bool is_optimized = choice.function.starts_with(prefix);
        EXPECT_EQ(choice.note, is_optimized ? "" : "no optimised kernel for this operator");
        switch (kind.optimized) {
          case RandomKind::Optimized::kNever:
            EXPECT_FALSE(is_optimized) << choice.function;
            break;
          case RandomKind::Optimized::kSometimes:
            break;
          case RandomKind::Optimized::kOnInt8:
            EXPECT_TRUE(is_optimized || !is_on_int8(choice)) << choice.function;
            break;
          case RandomKind::Optimized::kAlways:
            EXPECT_TRUE(is_optimized) << choice.function;
        }
      }
    }
  }
}

TEST(KernelChoice, TheLibraryIsNamedByItsFastestKernel) {
  const KernelChoice dsp{"dsp_add_s8", ""}, reference{"reference_add_s8", ""};
  const KernelChoice mve{"mve_add_s8", ""}, scalar{"scalar_add_s8", ""};
  EXPECT_EQ(library_name(std::vector{reference, mve}), "mve");
  EXPECT_EQ(library_name(std::vector{reference, dsp}), "dsp");
  EXPECT_EQ(library_name(std::vector{reference, scalar}), "scalar");
  EXPECT_EQ(library_name(std::vector{reference, reference}), "reference");
  EXPECT_EQ(library_name({}), "reference");
}

TEST(KernelChoice, AnOperatorWithoutAKernelIsNamed) {
  RandomModel model = random_model(OpKind::kMaxPool2D, 0, 2);
  model.graph.name = "net";
  workloads::PreparedModel prepared = workloads::prepare(model.graph);
  for (workloads::PreparedOperator& op : prepared.operators) op.kernel = "max_pool_2d_u64";
  try {
    (void)choose_kernels(model.graph, prepared, built_image("v7e-m"), KernelPreference::kAuto);
    FAIL() << "chosen";
  } catch (const NotModelled& error) {
    EXPECT_STREQ(error.what(), "net: no kernel max_pool_2d_u64 (2) for this core");
  }
}

}  // namespace
}  // namespace boardless::prediction
