// Does `--kernels FOLDER` compile a library behind its adapter, say what ran and how it was
// compiled, compile again only what changed, and what does a library get that is wrong?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "reports/views.h"
#include "tests/cli/process.h"
#include "tests/cli/small_models.h"

namespace boardless::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

using Arguments = std::vector<std::string>;

// A library of one dot product, and an adapter that has fully connected layers and refuses softmax.
constexpr char kHeader[] =
    "int tiny_dot(const signed char* a, int a_offset, const signed char* b, int n);\n";
constexpr char kSource[] =
    "#include \"tiny.h\"\n"
    "int tiny_dot(const signed char* a, int a_offset, const signed char* b, int n) {\n"
    "  int sum = 0;\n"
    "  for (int i = 0; i < n; ++i) sum += (a[i] + a_offset) * b[i];\n"
    "  return sum;\n"
    "}\n";
constexpr char kDescriptor[] =
    "name: tiny-nn\n"
    "prefix: tiny_nn\n"
    "recognised_by: [include/tiny.h]\n"
    "version: {file: VERSION, pattern: '([0-9.]+)'}\n"
    "sources: [\"source/*.c\"]\n"
    "include: [include]\n"
    "architecture: arm\n"
    "adapter: [tiny_nn.c]\n";
constexpr char kAdapter[] =
    "#include <tiny.h>\n"
    "#include \"kernels/abi.h\"\n"
    "#include \"kernels/fixed_point.h\"\n"
    "int32_t tiny_nn_fully_connected_s8(const void* params, void* const* operands, void* scratch) "
    "{\n"
    "  const struct bl_fully_connected_params* p = params;\n"
    "  (void)scratch;\n"
    "  for (int32_t out = 0; out < p->output_depth; ++out) {\n"
    "    const int8_t* row = (const int8_t*)operands[1] + out * p->input_depth;\n"
    "    int32_t sum = tiny_dot(operands[0], p->input_offset, row, p->input_depth);\n"
    "    if (operands[2]) sum += ((const int32_t*)operands[2])[out];\n"
    "    const int32_t channel = p->per_channel ? out : 0;\n"
    "    sum = bl_rescale(sum, ((const int32_t*)operands[3])[channel],\n"
    "                     ((const int32_t*)operands[4])[channel]) + p->output_offset;\n"
    "    ((int8_t*)operands[5])[out] =\n"
    "        (int8_t)bl_clamp(sum, p->activation_min, p->activation_max);\n"
    "  }\n"
    "  return 0;\n"
    "}\n"
    "int32_t tiny_nn_softmax_s8_accepts(const void* params) { return params == 0; }\n"
    "int32_t tiny_nn_softmax_s8(const void* params, void* const* operands, void* scratch) {\n"
    "  (void)params; (void)operands; (void)scratch;\n"
    "  return -1;\n"
    "}\n";

class TinyLibrary : public testing::Test {
 protected:
  void SetUp() override {
    scratch_.write("lib/include/tiny.h", kHeader);
    scratch_.write("lib/source/dot.c", kSource);
    scratch_.write("lib/source/other.c", "int tiny_other(void) { return 1; }\n");
    scratch_.write("lib/VERSION", "1.2.3\n");
    scratch_.write("small.tflite", small_model());
    // The data folder as installed, with one more adapter.
    const fs::path share = fs::path(BOARDLESS_BINARY_DIR) / "share/boardless";
    const fs::path kernels = data_ / "kernel_sources/kernels";
    fs::create_directories(kernels);
    for (const char* name : {"targets", "zoo", "kernels"}) {
      fs::create_directory_symlink(share / name, data_ / name);
    }
    for (const auto& entry : fs::directory_iterator(share / "kernel_sources/kernels")) {
      if (entry.path().filename() == "adapters") continue;
      fs::create_symlink(entry.path(), kernels / entry.path().filename());
    }
    scratch_.write("data/kernel_sources/kernels/adapters/tiny_nn.yaml", kDescriptor);
    scratch_.write("data/kernel_sources/kernels/adapters/tiny_nn.c", kAdapter);
  }

  Finished run(const Arguments& more = {}) const {
    Arguments arguments{"predict", scratch_ / "small.tflite", "-t", "rp2040",
                        "-k",      scratch_ / "lib",          "-f", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return boardless(arguments, {.data = data_.string(), .stdout_path = "", .cache = cache_});
  }
  prediction::Prediction predict(const Arguments& more = {}) const {
    const Finished finished = run(more);
    EXPECT_EQ(finished.status, 0) << finished.err;
    return reports::from_json(finished.out, "stdout").predictions.at(0);
  }
  void expect_refused(const Finished& finished, int status, const std::vector<std::string>& parts) {
    EXPECT_EQ(finished.status, status) << finished.err;
    EXPECT_THAT(finished.err, StartsWith("boardless: "));
    if (status == 3) {  // the question was sound: a document without figures
      EXPECT_THAT(reports::from_json(finished.out, "stdout").predictions, testing::IsEmpty());
    } else {
      EXPECT_EQ(finished.out, "");
    }
    for (const std::string& part : parts) EXPECT_THAT(finished.err, HasSubstr(part));
  }
  // Compiled files in the cache.
  std::ptrdiff_t objects() const {
    return std::count_if(fs::directory_iterator(fs::path(cache_) / "boardless"), {},
                         [](const auto& entry) { return entry.path().extension() == ".o"; });
  }

  ScratchFolder scratch_;
  const fs::path data_ = scratch_ / "data";
  // Shared by tests and runs, so that the reference kernels are compiled once.
  std::string cache_ = BOARDLESS_BINARY_DIR "/test_cache";
};

TEST_F(TinyLibrary, RunsWhatItHasAndSaysWhatItHasNot) {
  const prediction::Prediction p = predict();
  EXPECT_EQ(p.bit_exact, true);
  EXPECT_EQ(p.kernels, "tiny-nn 1.2.3");
  EXPECT_THAT(p.compiler, HasSubstr("gcc"));
  EXPECT_THAT(p.compiler_flags,
              testing::AllOf(StartsWith("-mcpu=cortex-m0plus "),
                             HasSubstr("; reference -O2; tiny-nn -O3; sources ")));
  int own = 0, refused = 0, missing = 0;
  for (const prediction::Layer& layer : p.layers) {
    if (layer.op == "FULLY_CONNECTED") {
      ++own;
      EXPECT_EQ(layer.kernel, "tiny_nn_fully_connected_s8");
      EXPECT_EQ(layer.note, "");
    } else if (layer.op == "SOFTMAX") {
      ++refused;
      EXPECT_EQ(layer.kernel, "reference_softmax_s8");
      EXPECT_EQ(layer.note, "tiny-nn 1.2.3 does not take this operator's parameters");
    } else {
      ++missing;
      EXPECT_THAT(layer.kernel, StartsWith("reference_"));
      EXPECT_EQ(layer.note, "tiny-nn 1.2.3 has no kernel for this operator");
    }
  }
  EXPECT_GT(own, 0);
  EXPECT_GT(refused, 0);
  EXPECT_GT(missing, 0);
}

TEST_F(TinyLibrary, TakesTheFlagsAskedFor) {
  const prediction::Prediction fast = predict(), slow = predict({"--kernel-flags", "-O0 -DX=1"});
  EXPECT_GT(slow.cycles, fast.cycles);
  EXPECT_THAT(slow.compiler_flags, HasSubstr("; tiny-nn -O0 -DX=1; sources "));
  EXPECT_EQ(slow.output_sha256, fast.output_sha256);
}

TEST_F(TinyLibrary, CompilesOnlyWhatChanged) {
  cache_ = scratch_ / "cache";
  const prediction::Prediction first = predict();
  const std::ptrdiff_t compiled = objects();
  EXPECT_EQ(predict().cycles, first.cycles);
  EXPECT_EQ(objects(), compiled);
  // A slower dot product.
  std::string source = kSource;
  source.replace(source.find("int sum = 0"), 11, "volatile int sum = 0");
  scratch_.write("lib/source/dot.c", source);
  const prediction::Prediction edited = predict();
  EXPECT_GT(edited.cycles, first.cycles);
  EXPECT_EQ(objects(), compiled + 1);
  // The library's two files and the adapter include it; the reference kernels do not.
  scratch_.write("lib/include/tiny.h", std::string(kHeader) + "#define MORE 1\n");
  EXPECT_EQ(predict().cycles, edited.cycles);
  EXPECT_EQ(objects(), compiled + 1 + 3);
}

TEST_F(TinyLibrary, ThatIsWrongIsNotBitExact) {
  std::string source = kSource;
  source.replace(source.find("* b[i]"), 6, "* b[0]");
  scratch_.write("lib/source/dot.c", source);
  const Finished finished = run();
  EXPECT_EQ(finished.status, 1) << finished.err;
  EXPECT_EQ(reports::from_json(finished.out, "stdout").predictions.at(0).bit_exact, false);
}

// Hyperbolic tangents of the C library, moved by some floats.
std::string tanh_kernel(int moved) {
  return "#include <math.h>\n"
         "int32_t tiny_nn_tanh_f32(const void* params, void* const* operands, void* scratch) {\n"
         "  (void)scratch;\n"
         "  for (int32_t i = 0; i < *(const int32_t*)params; ++i) {\n"
         "    union { float value; int32_t bits; } result;\n"
         "    result.value = tanhf(((const float*)operands[0])[i]);\n"
         "    result.bits += " +
         std::to_string(moved) +
         ";\n"
         "    ((float*)operands[1])[i] = result.value;\n"
         "  }\n"
         "  return 0;\n"
         "}\n";
}

TEST_F(TinyLibrary, WhoseFloatsAreWithinTheirBoundIsRight) {
  scratch_.write("small.tflite", tanh_model());
  scratch_.write("data/kernel_sources/kernels/adapters/tiny_nn.c", kAdapter + tanh_kernel(2));
  const prediction::Prediction p = predict();
  EXPECT_EQ(p.layers.at(0).kernel, "tiny_nn_tanh_f32");
  EXPECT_EQ(p.bit_exact, false);
  ASSERT_TRUE(p.float_agreement.has_value());
  EXPECT_TRUE(p.float_agreement->within_bound);
  EXPECT_GT(p.float_agreement->nearest_bound.ulp, 0);
  EXPECT_LE(p.float_agreement->nearest_bound.ulp, p.float_agreement->nearest_bound.bound_ulp);
  EXPECT_EQ(p.float_agreement->operators, std::vector<std::string>{"TANH"});
}

TEST_F(TinyLibrary, WhoseFloatsArePastTheirBoundIsWrong) {
  scratch_.write("small.tflite", tanh_model());
  scratch_.write("data/kernel_sources/kernels/adapters/tiny_nn.c", kAdapter + tanh_kernel(100));
  const Finished finished = run();
  EXPECT_EQ(finished.status, 1) << finished.err;
  const prediction::Prediction p = reports::from_json(finished.out, "stdout").predictions.at(0);
  EXPECT_EQ(p.bit_exact, false);
  EXPECT_FALSE(p.float_agreement->within_bound);
  EXPECT_GT(p.float_agreement->nearest_bound.ulp, 90);
}

TEST_F(TinyLibrary, ThatRefusesItsOperandsIsReported) {
  std::string adapter = kAdapter;
  adapter.replace(adapter.find("return params == 0"), 18, "return params != 0");
  scratch_.write("data/kernel_sources/kernels/adapters/tiny_nn.c", adapter);
  expect_refused(run(), 3, {"tiny_nn_softmax_s8 refused its operands: it returned -1"});
}

TEST_F(TinyLibrary, ThatDoesNotCompileIsQuoted) {
  cache_ = scratch_ / "cache";
  scratch_.write("lib/source/dot.c", "int tiny_dot(;\n");
  expect_refused(run(), 2,
                 {"cannot compile tiny-nn/source/dot.c with -mcpu=cortex-m0plus", "-O3:\n  ",
                  "dot.c:1:14: error: expected"});
  EXPECT_THAT(scratch_.names(), testing::Not(testing::Contains(HasSubstr(".tmp"))));
}

TEST_F(TinyLibrary, ThatDoesNotLinkIsQuoted) {
  fs::remove(scratch_ / "lib/source/dot.c");
  expect_refused(
      run(), 2,
      {"cannot link tiny-nn 1.2.3 into a kernel image:\n  ", "undefined reference to `tiny_dot'"});
}

TEST_F(TinyLibrary, WithVariablesIsRefused) {
  std::string source = kSource;
  source.insert(source.find("int tiny_dot"), "int calls;\n");
  source.replace(source.find("int sum = 0"), 11, "int sum = 0 * ++calls");
  scratch_.write("lib/source/dot.c", source);
  expect_refused(run(), 2, {"cannot link tiny-nn 1.2.3", "must be stateless"});
}

TEST_F(TinyLibrary, WithoutACompiler) {
  expect_refused(run({"--kernel-compiler", "no-such-gcc"}), 2,
                 {"no-such-gcc: no such compiler", "gcc-arm-none-eabi", "--kernel-compiler"});
}

TEST_F(TinyLibrary, InAFolderThatIsNone) {
  const std::string lib = scratch_ / "lib";
  fs::remove_all(lib);
  expect_refused(run(), 2, {"--kernels " + lib + ": no such folder", "auto, reference, optimized"});
  scratch_.write("lib", "");
  expect_refused(run(), 2, {"--kernels " + lib + ": no folder"});
  fs::remove(lib);
  fs::create_directory(lib);
  expect_refused(run(), 2,
                 {"--kernels " + lib + ": no kernel library that is known",
                  "recognised are tiny-nn by include/tiny.h"});
}

TEST_F(TinyLibrary, ItsOptionsNeedIt) {
  for (const char* option : {"--kernel-flags", "--kernel-compiler"}) {
    expect_refused(boardless({"predict", scratch_ / "small.tflite", "-t", "rp2040",
                              std::string(option) + "=-O2"}),
                   2, {std::string(option) + " -O2: ", "goes with --kernels FOLDER"});
  }
}

}  // namespace
}  // namespace boardless::cli
