// make_seed_corpus FOLDER writes what the fuzzers start from: FOLDER/READER/* small valid inputs of
// each reader, and FOLDER/READER.dict the words of those that are text. All are bundled, or made
// here.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/data_files.h"
#include "base/output_file.h"
#include "gate/baseline.h"
#include "prediction/model_input.h"
#include "reports/views.h"
#include "sim/elf_image.h"
#include "store/result_store.h"
#include "tests/reports/fixture.h"
#include "tests/scratch_folder.h"
#include "tests/workloads/small_graphs.h"
#include "tests/workloads/subgraph_models.h"
#include "validation/record.h"
#include "workloads/tflite/tflite.h"

namespace boardless::fuzz {
namespace {

namespace fs = std::filesystem;
using workloads::Graph;

const fs::path kSource = BOARDLESS_SOURCE_DIR;

std::string_view text_of(const std::vector<std::uint8_t>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class Corpus {
 public:
  explicit Corpus(fs::path folder) : folder_(std::move(folder)) {}

  void add(const std::string& reader, const std::string& name, std::string_view bytes) const {
    write_file(folder_ / reader / name, bytes);
  }

  // Every file of the folder with that extension.
  void add_files(const std::string& reader, const fs::path& from, const std::string& extension) {
    for (const auto& entry : fs::directory_iterator(from)) {
      if (entry.path().extension() != extension) continue;
      add(reader, entry.path().filename().string(), text_of(read_file(entry.path())));
    }
  }

  // Beside each folder of seeds their keys, and what YAML and JSON give a meaning.
  void write_words() const {
    std::vector<std::string> readers;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      readers.push_back(entry.path().filename().string());
    }
    for (const std::string& reader : readers) write_words(reader);
  }

 private:
  void write_words(const std::string& reader) const {
    std::set<std::string> words{"&a ",
                                "*a",
                                "!replace",
                                "<<: *a",
                                "extends: ",
                                "null",
                                "0x",
                                "-1",
                                "1e308",
                                "4294967296",
                                "18446744073709551616",
                                "---\n"};
    for (const auto& entry : fs::directory_iterator(folder_ / reader)) {
      const auto bytes = read_file(entry.path());
      std::string word;
      for (const char c : text_of(bytes)) {
        if (c == ':' && !word.empty()) words.insert(word);
        const bool belongs = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
        word = belongs ? word + c : "";
      }
    }
    std::string lines;
    for (const std::string& word : words) {
      lines += word == "---\n" ? "\"---\\x0a\"\n" : fmt::format("\"{}\"\n", word);
    }
    write_file(folder_ / (reader + ".dict"), lines);
  }

  fs::path folder_;
};

void add_models(Corpus& corpus) {
  for (const Graph& graph :
       {workloads::testing::every_operator_graph(), workloads::testing::quantize_dequantize_graph(),
        workloads::testing::uint8_graph(), workloads::testing::if_model(),
        workloads::testing::while_model(), workloads::testing::running_sum_model()}) {
    corpus.add("tflite", graph.name, text_of(workloads::write_tflite(graph)));
    for (const auto& input : prediction::random_inputs(graph)) {
      corpus.add("model_input", graph.name, text_of(input));
    }
  }
}

// One record of Intel HEX.
std::string record(std::uint32_t address, int type, std::span<const std::uint8_t> data) {
  std::string line = fmt::format(":{:02X}{:04X}{:02X}", data.size(), address & 0xffffU, type);
  auto sum = static_cast<unsigned>(data.size() + (address & 0xffU) + (address >> 8U & 0xffU)) +
             static_cast<unsigned>(type);
  for (const std::uint8_t byte : data) {
    line += fmt::format("{:02X}", byte);
    sum += byte;
  }
  return line + fmt::format("{:02X}\n", (0x100U - (sum & 0xffU)) & 0xffU);
}

std::string intel_hex(const sim::ElfImage& image) {
  constexpr std::size_t kMost = 16;
  std::string text;
  for (const sim::Segment& segment : image.segments) {
    for (std::size_t at = 0; at < segment.bytes.size(); at += kMost) {
      const auto address = segment.load_address + static_cast<std::uint32_t>(at);
      const std::array<std::uint8_t, 2> high{static_cast<std::uint8_t>(address >> 24U),
                                             static_cast<std::uint8_t>(address >> 16U)};
      text += record(0, 4, high);
      text +=
          record(address, 0,
                 std::span(segment.bytes).subspan(at, std::min(kMost, segment.bytes.size() - at)));
    }
  }
  return text + record(0, 1, {});
}

// The programs that tests run, as each kind of file.
void add_programs(Corpus& corpus) {
  for (const char* name : {"hello", "calls", "riscv"}) {
    const fs::path file = fs::path(BOARDLESS_TEST_PROGRAMS_DIR) / (std::string(name) + ".elf");
    corpus.add("elf", name, text_of(read_file(file)));
    corpus.add("debug_lines", name, text_of(read_file(file)));
    corpus.add("firmware_bytes", std::string(name) + ".hex", intel_hex(sim::load_elf(file)));
  }
  corpus.add("firmware_bytes", "raw", std::string_view("\0\0\0\x08 bytes", 10));
}

void add_hardware(Corpus& corpus) {
  const fs::path targets = data_directory() / "targets";
  corpus.add_files("target", targets / "mcus", ".yaml");
  corpus.add_files("core", targets / "cores", ".yaml");
  corpus.add_files("accelerator", targets / "accelerators", ".yaml");
  corpus.add_files("peripherals", targets / "peripherals", ".yaml");
  corpus.add_files("runtime", targets / "runtimes", ".yaml");
  corpus.add_files("zoo_topology", data_directory() / "zoo", ".yaml");
  corpus.add_files("library_descriptor", kSource / "kernels" / "adapters", ".yaml");
  corpus.add_files("validation_suite", kSource / "validation" / "suites", ".yaml");
  corpus.add_files("space", kSource / "examples", ".yaml");
  corpus.add_files("space", kSource / "tests" / "exploration" / "spaces", ".yaml");
  corpus.add_files("budget", kSource / "tests" / "gate" / "budgets", ".yaml");
  corpus.add("scores", "two", "model,loss,accuracy\nkws,1,0.9\n\"a,b\",2,0.8\n");
  corpus.add("accelerator_points", "one",
             "points:\n  - {id: A1, target: coral-usb3, network: \"mobilenet_v1:width=0.25\", "
             "link: usb3, metric: latency_ms, published: 2.4, basis: measured, note: one}\n");
}

void add_documents(Corpus& corpus) {
  corpus.add("result_document", "single", reports::to_json(reports_test::single_document()));
  corpus.add("result_document", "hostile", reports::to_json(reports_test::hostile_document()));
  corpus.add("result_document", "partly",
             reports::to_json(reports_test::partly_answered_document()));
  corpus.add("compared_document", "single", reports::to_json(reports_test::single_document()));
  gate::Baseline baseline{"1.2.3", {}};
  for (const prediction::Prediction& p : reports_test::single_document().predictions) {
    baseline.rows.push_back(gate::subject_of(p, baseline.version));
  }
  corpus.add("baseline", "single", gate::baseline_text(baseline));
  validation::Record record{"1.2.3", {}};
  for (const auto status : {validation::Row::Status::kDone, validation::Row::Status::kFault}) {
    validation::Row row;
    row.program = "suite/program";
    row.target = "chip";
    row.published = {"m1", 1000, "a page", "GCC 14", "bare"};
    row.status = status;
    row.reason = "no reason";
    row.predicted = 1100;
    row.stalls = {{"load", 5}};
    row.functions = {{"main", 4, 3}};
    record.rows.push_back(row);
  }
  corpus.add("validation_record", "two_rows", validation::to_json(record));
}

void add_store(Corpus& corpus) {
  const ScratchFolder folder;
  const std::string file = folder / "two.db";
  {
    store::ResultStore store =
        store::ResultStore::open(file, store::Access::kWrite, store::Damage::kRefuse);
    std::vector<store::StoredResult> results(2);
    results[0] = {.key = "00",
                  .version = "1",
                  .model = "kws",
                  .target = "chip",
                  .options = "",
                  .answer = "not_modelled",
                  .reason = "no",
                  .figures = "",
                  .document = "{}"};
    results[1] = results[0];
    results[1].key = "01";
    store.insert(results);
  }
  corpus.add("store", "two", text_of(read_file(file)));
}

void add_folders(Corpus& corpus) {
  const std::string commit = "0123456789abcdef0123456789abcdef01234567";
  corpus.add("git_checkout", "loose",
             "ref: refs/heads/main\n=\n=\n" + commit + "\n=\n" + commit + "\n");
  corpus.add("git_checkout", "packed",
             "ref: refs/heads/main\n=\n# pack-refs with: peeled\n" + commit + " refs/heads/main\n" +
                 commit + " refs/tags/v2\n^" + commit + "\n");
  corpus.add("git_checkout", "detached", commit + "\n=\n=\n=\n=\n../.git\n");
  corpus.add("kernel_library", "pack", "<release version=\"7.0.0\" date=\"2024-01-01\">\n");
  corpus.add("kernel_library", "source", "int f(const int32_t rhs_offset, int batch_cnt);\n");
}

void write_all(const fs::path& folder) {
  Corpus corpus(folder);
  add_models(corpus);
  add_programs(corpus);
  add_hardware(corpus);
  add_documents(corpus);
  add_folders(corpus);
  add_store(corpus);
  corpus.write_words();
}

}  // namespace
}  // namespace boardless::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: make_seed_corpus FOLDER\n");
    return 2;
  }
  try {
    boardless::fuzz::write_all(argv[1]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
