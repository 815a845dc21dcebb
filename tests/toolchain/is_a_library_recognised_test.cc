// Is a library recognised by its files, named by what they state, and compiled from the files that
// its descriptor means?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/output_file.h"
#include "tests/scratch_folder.h"
#include "toolchain/library_descriptor.h"
#include "toolchain/source_tree.h"

namespace boardless::toolchain {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RecognisedLibrary : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) { write_file(folder_ / name, text); }
  std::string refusal(const std::string& descriptor) {
    write("descriptors/bad.yaml", descriptor);
    try {
      (void)load_library_descriptors(folder_ / "descriptors");
      return "";
    } catch (const InputError& error) {
      return error.what();
    }
  }

  const ScratchFolder scratch_;
  const fs::path folder_ = scratch_.path();
  const LibraryDescriptor tiny_{.file = {},
                                .name = "tiny",
                                .prefix = "tiny",
                                .recognised_by = {"include/tiny.h", "source/a.c"},
                                .version_file = "pack.xml",
                                .version_pattern = R"re(version="([1-9][^"]*)")re",
                                .sources = {"source/*.c"},
                                .except = {},
                                .include = {"include"},
                                .flags = {},
                                .adapter = {"tiny.c"},
                                .features = {{"source/a.c", "", "HAS_A"},
                                             {"source/a.c", "int wide", "HAS_WIDE"},
                                             {"source/b.c", "", "HAS_B"}}};
};

TEST_F(RecognisedLibrary, ByAllOfItsFiles) {
  write("include/tiny.h", "");
  const std::vector<LibraryDescriptor> known{tiny_};
  try {
    (void)recognise(folder_, known);
    FAIL() << "recognised by half of its files";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr(folder_.string()));
    EXPECT_THAT(error.what(), HasSubstr("tiny by include/tiny.h and source/a.c"));
  }
  write("source/a.c", "");
  EXPECT_EQ(&recognise(folder_, known), &known[0]);
}

TEST_F(RecognisedLibrary, IsNamedByItsVersion) {
  const auto title = [&] { return library_title(folder_, tiny_); };
  EXPECT_EQ(title(), "tiny");
  write("pack.xml", R"(<release version="0.0.0">)");
  EXPECT_EQ(title(), "tiny");
  write("pack.xml", R"(<release version="7.1.0"> <release version="7.0.0">)");
  EXPECT_EQ(title(), "tiny 7.1.0");
  write("pack.xml", "<release version=\"7\x1b[31m\">");
  EXPECT_EQ(title(), "tiny");
  const std::string endless = "<release version=\"7" + std::string(1000000, '.');
  write("pack.xml", endless);
  EXPECT_EQ(title(), "tiny");
  write("pack.xml", endless + "\">");  // ends, and is no version to show
  EXPECT_EQ(title(), "tiny");
  write("pack.xml", "");
  write(".git/HEAD", std::string(40, '7') + "\n");
  EXPECT_EQ(title(), "tiny commit 77777777");
  write(".git/refs/tags/v2.5", std::string(40, '7') + "\n");
  EXPECT_EQ(title(), "tiny v2.5");
  write("pack.xml", R"(<release version="2.5">)");
  EXPECT_EQ(title(), "tiny v2.5");
  write("pack.xml", R"(<release version="2.6">)");
  EXPECT_EQ(title(), "tiny 2.6 v2.5");
}

TEST_F(RecognisedLibrary, HasTheFeaturesItsFilesShow) {
  EXPECT_THAT(library_defines(folder_, tiny_), IsEmpty());
  write("source/a.c", "int narrow;");
  EXPECT_THAT(library_defines(folder_, tiny_), ElementsAre("HAS_A"));
  write("source/a.c", "int wide;");
  write("source/b.c", "");
  EXPECT_THAT(library_defines(folder_, tiny_), ElementsAre("HAS_A", "HAS_WIDE", "HAS_B"));
}

TEST_F(RecognisedLibrary, SourcesAreThoseThatTheGlobsName) {
  for (const char* name : {"s/x/b.c", "s/x/a.c", "s/x/a_f16.c", "s/x/a.h", "s/top.c",
                           "s/x/y/deep.c", "s/.hidden/a.c", "t/x/a.c"}) {
    write(name, "");
  }
  EXPECT_THAT(matching_files(folder_, {"s/*/*.c", "s/x/a.c"}, {"*_f16.c"}),
              ElementsAre("s/x/a.c", "s/x/b.c"));
  EXPECT_THAT(matching_files(folder_, {"none/*.c"}, {}), IsEmpty());
}

TEST_F(RecognisedLibrary, ASourceThatChangesChangesTheirDigest) {
  write("source/a.c", "1");
  write("source/b.c", "1");
  const std::vector<fs::path> files{"source/a.c", "source/b.c"};
  const std::string before = files_digest(folder_, files);
  EXPECT_EQ(files_digest(folder_, files), before);
  EXPECT_NE(files_digest(folder_, {"source/a.c"}), before);
  write("source/b.c", "2");
  EXPECT_NE(files_digest(folder_, files), before);
}

TEST_F(RecognisedLibrary, AHeaderThatChangesChangesTheirDigest) {
  write("include/deep/a.h", "1");
  write("include/a.c", "1");
  const std::string before = headers_digest({folder_ / "include"});
  write("include/a.c", "2");
  EXPECT_EQ(headers_digest({folder_ / "include"}), before);
  write("include/deep/a.h", "2");
  EXPECT_NE(headers_digest({folder_ / "include"}), before);
  write("include/deep/a.h", "1");
  EXPECT_EQ(headers_digest({folder_ / "include"}), before);
  fs::rename(folder_ / "include/deep/a.h", folder_ / "include/deep/b.h");
  EXPECT_NE(headers_digest({folder_ / "include"}), before);
}

TEST_F(RecognisedLibrary, ABadDescriptorIsNamed) {
  EXPECT_THAT(refusal("name: x\n"), HasSubstr("bad.yaml:1: key 'prefix': missing"));
  const std::string good =
      "name: x\nprefix: x\narchitecture: arm\nrecognised_by: [a]\nsources: [\"*.c\"]\nadapter: "
      "[x.c]\n";
  EXPECT_EQ(refusal(good), "");
  EXPECT_THAT(refusal(good + "sourcs: [a]\n"), HasSubstr("'sourcs'"));
  EXPECT_THAT(refusal(good + "version: {file: a, pattern: '(1'}\n"),
              HasSubstr("'version.pattern'"));
  EXPECT_THAT(refusal(good + "version: {file: a, pattern: '1'}\n"), HasSubstr("needs one group"));
  EXPECT_THAT(refusal("name: x\nprefix: x\narchitecture: arm\nsources: [a]\nadapter: [x.c]\n"),
              HasSubstr("'recognised_by': names no file"));
}

TEST(LibraryDescriptors, TheBundledOnesAreGood) {
  std::vector<std::string> names;
  const fs::path folder = fs::path(BOARDLESS_SOURCE_DIR) / "kernels/adapters";
  for (const LibraryDescriptor& library : load_library_descriptors(folder)) {
    names.push_back(library.name);
    for (const std::string& file : library.adapter) EXPECT_TRUE(fs::exists(folder / file)) << file;
  }
  EXPECT_THAT(names, testing::Contains("cmsis-nn"));
}

}  // namespace
}  // namespace boardless::toolchain
