// What does a wrong core or runtime file get, and are the bundled ones right?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "base/error.h"
#include "cost_models/core_model.h"
#include "tests/scratch_folder.h"

namespace boardless::cost_models {
namespace {

namespace fs = std::filesystem;

const fs::path kCores = fs::path(BOARDLESS_SOURCE_DIR) / "targets" / "cores";

std::string m4_text() {
  std::ifstream file(kCores / "cortex-m4.yaml");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& text) {
  const ScratchFolder folder;
  const fs::path file = folder.write("core.yaml", text);
  std::string message;
  try {
    load_core_model(file);
  } catch (const InputError& error) {
    message = error.what();
  }
  return message;
}

TEST(WhatDoesABadCoreFileGet, TheBundledOnesLoadAndEveryNumberHasASource) {
  int cores = 0;
  for (const auto& entry : fs::directory_iterator(kCores)) {
    const CoreModel core = load_core_model(entry.path());
    ++cores;
    EXPECT_EQ(core.name, entry.path().stem().string());
    EXPECT_FALSE(core.image.empty());
    for (const auto& timing : core.classes) {
      if (timing) {
        EXPECT_FALSE(timing->cycles.source().empty()) << core.name;
        EXPECT_GE(timing->cycles.value() + timing->per_register.value(), 1U) << core.name;
      }
    }
  }
  EXPECT_GE(cores, 5);
}

// An absent number would be 0; where a core must have one, it is asked for.
TEST(WhatDoesABadCoreFileGet, ANumberThatTheCoreNeedsIsMissed) {
  EXPECT_THAT(error_of(replaced(m4_text(), "  branch: {cycles: 1, taken_penalty: {value: 1,",
                                "  branch: {cycles: 1, operand_late: {value: 1,")),
              testing::HasSubstr("key 'classes.branch.taken_penalty': missing"));
  EXPECT_THAT(error_of(replaced(m4_text(), "load_multiple: {cycles: 1, per_register: 1}",
                                "load_multiple: {cycles: 1}")),
              testing::HasSubstr("key 'classes.load_multiple.per_register': missing"));
  EXPECT_THAT(error_of(replaced(m4_text(), "  pc_load_penalty:", "  target_early:")),
              testing::HasSubstr("key 'rules.pc_load_penalty': missing"));
  EXPECT_THAT(error_of(replaced(m4_text(), "  fp_frame:", "  # fp_frame:")),
              testing::HasSubstr("key 'exceptions.fp_frame': missing"));
  EXPECT_THAT(error_of(replaced(m4_text(), "unaligned_access:", "unaligned_acess:")),
              testing::HasSubstr("key 'unaligned_access': missing; did you mean it by"));
  EXPECT_THAT(error_of(replaced(m4_text(), "image: v7e-m\n", "image: v7em\n")),
              testing::HasSubstr("key 'image': is 'v7em'; accepted are"));
}

TEST(WhatDoesABadCoreFileGet, AnUnknownClassIsNamedWithTheNearest) {
  const std::string message = error_of(replaced(m4_text(), "  bit_field:", "  bit_feild:"));
  EXPECT_NE(message.find("bit_feild"), std::string::npos) << message;
  EXPECT_NE(message.find("bit_field"), std::string::npos) << message;
}

TEST(WhatDoesABadCoreFileGet, AnUnknownRuleOrChoiceIsNamed) {
  EXPECT_NE(error_of(replaced(m4_text(), "loads_overlap:", "load_overlap:")).find("load_overlap"),
            std::string::npos);
  EXPECT_NE(
      error_of(replaced(m4_text(), "indexed_load_chain: any", "indexed_load_chain: other_base"))
          .find("other_base"),
      std::string::npos);
}

TEST(WhatDoesABadCoreFileGet, AClassInARuleIsNamedWithTheNearest) {
  const std::string message =
      error_of(replaced(m4_text(), "younger: [if_then]", "younger: [if_them]"));
  EXPECT_NE(message.find("if_them"), std::string::npos) << message;
  EXPECT_NE(message.find("'if_then'"), std::string::npos) << message;
}

TEST(WhatDoesABadCoreFileGet, APipeThatTheCoreLacksIsNamed) {
  std::ifstream file(kCores / "cortex-m55.yaml");
  std::ostringstream text;
  text << file.rdbuf();
  const std::string error =
      error_of(replaced(text.str(), "vector_alu: {cycles: 1, pipes: [integer]",
                        "vector_alu: {cycles: 1, pipes: [intger]"));
  EXPECT_NE(error.find("intger"), std::string::npos) << error;
  EXPECT_NE(error.find("load_store, integer, multiply, control"), std::string::npos) << error;
  const std::string beats =
      error_of(replaced(text.str(), "vector_alu: {cycles: 1, pipes: [integer], beats: 2}",
                        "vector_alu: {cycles: 1, pipes: [integer]}"));
  EXPECT_NE(beats.find("beats"), std::string::npos) << beats;
}

TEST(WhatDoesABadCoreFileGet, ADivideMustEnd) {
  const std::string message =
      error_of(replaced(m4_text(), "bits_per_cycle: 4", "bits_per_cycle: 0"));
  EXPECT_NE(message.find("bits_per_cycle"), std::string::npos) << message;
}

TEST(WhatDoesABadCoreFileGet, AMissingNumberIsNamed) {
  const std::string message = error_of(replaced(m4_text(), "alu: {cycles: 1}", "alu: {}"));
  EXPECT_NE(message.find("cycles"), std::string::npos) << message;
}

}  // namespace
}  // namespace boardless::cost_models
