// Is the compiler called with the suite's flags, and is what is missing said?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/error.h"
#include "tests/scratch_folder.h"
#include "tests/validation/suite_text.h"
#include "validation/builder.h"

namespace boardless::validation {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Builder : public testing::Test {
 protected:
  Builder() {
    program_ = load_suite(scratch_.write("part.yaml", kSuite)).front();
    scratch_.write("things/inc/size.h", "");
    scratch_.write("things/one.c", "int main(void) { return SIZE - 3; }\n");
    scratch_.write("things/more/b.c", "int b;\n");
    scratch_.write("things/more/a.c", "int a;\n");
    scratch_.write("things/more/notes.txt", "no source");
  }
  Build& build() { return std::get<Build>(program_.what); }

  ScratchFolder scratch_;
  Program program_;
  Places places_{scratch_.path(), BOARDLESS_SOURCE_DIR "/validation/support",
                 scratch_.path() / "built"};
};

TEST_F(Builder, GivesTheCompilerFlagsFilesAndLinkerScript) {
  const std::vector<std::string> words =
      compiler_arguments(program_, build(), places_, scratch_.path() / "x.elf");
  const auto path = [&](const std::string& name) { return (scratch_.path() / name).string(); };
  for (const std::string& word :
       {std::string("-O2"), std::string("-mcpu=cortex-m4"), std::string("-DSIZE=3"),
        "-I" + path("things/inc"), path("things/one.c"), path("things/more/a.c"),
        std::string("-lm"), "-L" + path("built"), std::string("-Wl,--gc-sections")}) {
    EXPECT_THAT(words, Contains(word));
  }
  EXPECT_THAT(words, testing::Not(Contains(path("things/more/notes.txt"))));
  const auto a = std::find(words.begin(), words.end(), path("things/more/a.c"));
  EXPECT_EQ(*(a + 1), path("things/more/b.c"));  // in alphabetical order, on every file system
  EXPECT_THAT(words, Contains("-T" BOARDLESS_SOURCE_DIR "/validation/support/arm/program.ld"));
  EXPECT_EQ(words.back(), path("x.elf"));
}

TEST_F(Builder, PlacesCodeAndDataInTheTargetsMemories) {
  const targets::Target target = targets::load_target("stm32f446re");
  EXPECT_EQ(memory_script(build(), target),
            "MEMORY\n{\n  flash (rx) : ORIGIN = 0x08000000, LENGTH = 524288\n"
            "  ram (rwx) : ORIGIN = 0x20000000, LENGTH = 131072\n}\n");
  build().code_memory = build().data_memory = "sram";
  EXPECT_EQ(memory_script(build(), target),
            "MEMORY\n{\n  flash (rx) : ORIGIN = 0x20000000, LENGTH = 65536\n"
            "  ram (rwx) : ORIGIN = 0x20010000, LENGTH = 65536\n}\n");
  build().code_memory = "sdram";
  EXPECT_THROW(memory_script(build(), target), InputError);
}

TEST_F(Builder, SaysWhatIsMissing) {
  EXPECT_THAT(missing_parts(program_, places_), IsEmpty());
  build().compiler = "no-such-gcc";
  build().sources.push_back("absent.c");
  EXPECT_THAT(missing_parts(program_, places_),
              ElementsAre(HasSubstr("things/absent.c"), "compiler no-such-gcc"));
  program_.folder = "nothing";
  EXPECT_THAT(missing_parts(program_, places_),
              ElementsAre(HasSubstr("folder"), "compiler no-such-gcc"));
  places_.sources.clear();
  EXPECT_THAT(missing_parts(program_, places_),
              ElementsAre("folder nothing below --sources", "compiler no-such-gcc"));
  program_.what = Image{"absent.bin"};
  program_.folder = "things";
  places_.sources = scratch_.path();
  EXPECT_THAT(missing_parts(program_, places_), ElementsAre(HasSubstr("things/absent.bin")));
}

TEST_F(Builder, BuildsAProgramAndNamesTheCompiler) {
  const targets::Target target = targets::load_target("stm32f446re");
  const BuiltProgram built = build_program(program_, build(), target, places_);
  EXPECT_TRUE(std::filesystem::is_regular_file(built.file));
  EXPECT_THAT(built.compiler, testing::StartsWith("GCC 1"));
  EXPECT_THAT(built.compiler, HasSubstr("newlib"));
  EXPECT_EQ(built.flags, "-O2 -mcpu=cortex-m4 -mthumb");
}

TEST_F(Builder, SaysTheSameOfASecondBuildInTheSameFolder) {
  const targets::Target target = targets::load_target("stm32f446re");
  const std::string first = build_program(program_, build(), target, places_).compiler;
  EXPECT_EQ(build_program(program_, build(), target, places_).compiler, first);
}

TEST_F(Builder, ShowsWhatTheCompilerRefuses) {
  scratch_.write("things/one.c", "int main(void) { return missing; }\n");
  const targets::Target target = targets::load_target("stm32f446re");
  try {
    build_program(program_, build(), target, places_);
    FAIL() << "a wrong program was built";
  } catch (const InputError& refusal) {
    EXPECT_THAT(refusal.what(), AllOf(HasSubstr("part/one"), HasSubstr("'missing' undeclared")));
  }
}

}  // namespace
}  // namespace boardless::validation
