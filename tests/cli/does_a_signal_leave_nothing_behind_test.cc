// Is a result whole or not there, and its folder without anything else, whenever a signal comes?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <random>
#include <string>
#include <vector>

#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using testing::AnyOf;
using testing::Each;

using std::chrono::milliseconds;

std::vector<std::string> predict_into(const ScratchFolder& folder) {
  return {"predict",
          "mnist_mlp",
          "-t",
          "rp2040",
          "-r",
          folder / "report.html",
          "-f",
          "json",
          "-o",
          folder / "result.json",
          "--save-output",
          folder / "output.npy"};
}

// How long the command takes here, now.
milliseconds undisturbed() {
  const ScratchFolder folder;
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(boardless(predict_into(folder)).status, 0);
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
}

TEST(Signal, AtAnyTimeLeavesWholeFilesOnly) {
  std::mt19937 random(1);
  const milliseconds whole = undisturbed();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGKILL}) {
    for (int i = 0; i < 4; ++i) {
      const ScratchFolder folder;
      // Half of them near the end, where files are written.
      const milliseconds least = i % 2 == 0 ? milliseconds(0) : whole * 3 / 4;
      const milliseconds after(
          std::uniform_int_distribution<long>(least.count(), whole.count())(random));
      SCOPED_TRACE(testing::Message()
                   << "signal " << signal << " after " << after.count() << " ms");
      const Finished finished =
          boardless(predict_into(folder), {.signal = signal, .signal_delay = after});
      // Of a process that was killed, the next that writes there takes away what it left.
      if (signal == SIGKILL) boardless({"model", "list", "-o", folder / "list"});
      EXPECT_THAT(folder.names(), Each(AnyOf("report.html", "result.json", "output.npy", "list")))
          << finished.err;
      const std::string json = text_of(folder / "result.json");
      EXPECT_TRUE(json.empty() || json.ends_with("}\n"));
      const std::string page = text_of(folder / "report.html");
      EXPECT_TRUE(page.empty() || page.ends_with("</html>\n"));
    }
  }
}

}  // namespace
}  // namespace boardless::cli
