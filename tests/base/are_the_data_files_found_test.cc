// Is the data folder the one beside the executable, or the one that BOARDLESS_DATA names?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/data_files.h"
#include "base/error.h"

namespace boardless {
namespace {

// Sets BOARDLESS_DATA for one test.
class DataVariable {
 public:
  explicit DataVariable(const std::string& value) { setenv("BOARDLESS_DATA", value.c_str(), 1); }
  ~DataVariable() { unsetenv("BOARDLESS_DATA"); }
  DataVariable(const DataVariable&) = delete;
  DataVariable& operator=(const DataVariable&) = delete;
};

std::string refusal() {
  try {
    return "found " + data_directory().string();
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(DataDirectory, LiesBesideTheExecutable) {
  unsetenv("BOARDLESS_DATA");
  EXPECT_EQ(data_directory(), std::filesystem::path(BOARDLESS_BINARY_DIR) / "share" / "boardless");
}

TEST(DataDirectory, FollowsTheVariable) {
  const DataVariable variable(testing::TempDir());
  EXPECT_EQ(data_directory(), std::filesystem::path(testing::TempDir()));
}

TEST(DataDirectory, MustBeAFolder) {
  for (const std::string& value : {std::string("/no/such/folder"), std::string("/proc/self/exe"),
                                   std::string(), "/" + std::string(5000, 'x')}) {
    const DataVariable variable(value);
    EXPECT_THAT(refusal(),
                testing::StartsWith(value + ": no such data folder; set BOARDLESS_DATA"));
  }
}

}  // namespace
}  // namespace boardless
