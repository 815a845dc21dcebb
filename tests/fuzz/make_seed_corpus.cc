// Writes the small graphs as .tflite files: the models the fuzzer starts from.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string_view>

#include "base/data_files.h"
#include "tests/workloads/small_graphs.h"
#include "workloads/tflite/tflite.h"

int main(int argc, char** argv) {
  using namespace boardless::workloads;
  if (argc != 2) {
    fmt::print(stderr, "usage: make_seed_corpus FOLDER\n");
    return 2;
  }
  try {
    for (const Graph& graph : {testing::every_operator_graph(),
                               testing::quantize_dequantize_graph(), testing::uint8_graph()}) {
      const auto bytes = write_tflite(graph);
      boardless::write_file(std::filesystem::path(argv[1]) / (graph.name + ".tflite"),
                            {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
