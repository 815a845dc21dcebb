// Do the RISC-V kernel images, on our interpreter, give what the same kernels give on the host?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "isa/riscv/translator.h"
#include "kernels/memory_map.h"
#include "sim/elf_image.h"
#include "sim/interpreter.h"
#include "sim/reachable_code.h"
#include "tests/kernels/call_kernel.h"
#include "tests/parameter_name.h"

namespace boardless::kernels {
namespace {

using isa::riscv::State;
using isa::riscv::Trap;

// The image with room for operands, called as the psABI says.
class RiscvImage : public testing::TestWithParam<const char*> {
 protected:
  RiscvImage()
      : image_(sim::load_elf(std::string(BOARDLESS_KERNEL_IMAGES_DIR) + "/" + GetParam() + ".elf")),
        code_("code", kCodeBase, image_.segments.at(0).bytes.size(),
              sim::MemoryWindow::Access::kReadExecute),
        arena_("arena", kArenaBase, 0x20000, sim::MemoryWindow::Access::kReadWrite),
        stack_("stack", kStackTop - 0x4000, 0x4000, sim::MemoryWindow::Access::kReadWrite),
        interpreter_(isa::find_variant(GetParam())) {
    std::ranges::copy(image_.segments.at(0).bytes, code_.bytes().begin());
    for (sim::MemoryWindow* window : {&code_, &arena_, &stack_}) interpreter_.memory().map(*window);
    isa::riscv::reset(interpreter_.state(), isa::find_variant(GetParam()));
    interpreter_.state().mstatus |= isa::riscv::kMstatusFs;
  }

  template <class T>
  std::uint32_t put(const std::vector<T>& values) {
    return put(values.data(), values.size() * sizeof(T));
  }
  std::uint32_t put(const void* data, std::size_t size) {
    const std::uint32_t address = next_;
    std::memcpy(arena_.at(address, size).data(), data, size);
    next_ += static_cast<std::uint32_t>((size + 15) / 16 * 16);
    return address;
  }
  template <class T>
  std::vector<T> get(std::uint32_t address, std::size_t count) {
    std::vector<T> values(count);
    std::memcpy(values.data(), arena_.at(address, count * sizeof(T)).data(), count * sizeof(T));
    return values;
  }

  template <class Params>
  void call_image(const char* kernel, const Params& params, std::vector<std::uint32_t> operands) {
    constexpr std::uint32_t kReturn = 0xfffffffe;  // nothing is mapped there
    const sim::Symbol* symbol = image_.find(kernel);
    ASSERT_NE(symbol, nullptr) << kernel;
    State& state = interpreter_.state();
    state.x[1] = kReturn;
    state.x[2] = kStackTop;
    state.x[10] = put(&params, sizeof params);
    state.x[11] = put(operands);
    state.pc = symbol->address;
    EXPECT_EQ(interpreter_.run(), sim::Stop::kNoCode);
    EXPECT_EQ(state.pc, kReturn);
    EXPECT_EQ(state.x[10], 0U);
    EXPECT_EQ(state.x[2], kStackTop);
  }

  const sim::ElfImage image_;
  sim::MemoryWindow code_, arena_, stack_;
  sim::Interpreter<isa::riscv::Translator> interpreter_;
  std::uint32_t next_ = kArenaBase;
  std::mt19937 random_{20240607};
};

INSTANTIATE_TEST_SUITE_P(Images, RiscvImage,
                         testing::Values("rv32imc", "rv32imac", "rv32imafc", "rv32imac-zb"),
                         [](const auto& test) { return parameter_name(test.param); });

TEST_P(RiscvImage, Convolution) {
  const bl_conv_2d_params p{.batches = 1,
                            .input_h = 7,
                            .input_w = 5,
                            .input_c = 3,
                            .output_h = 4,
                            .output_w = 3,
                            .output_c = 6,
                            .filter_h = 3,
                            .filter_w = 3,
                            .stride_h = 2,
                            .stride_w = 2,
                            .dilation_h = 1,
                            .dilation_w = 1,
                            .pad_top = 1,
                            .pad_left = 1,
                            .input_offset = 12,
                            .filter_offset = 0,
                            .output_offset = -7,
                            .activation_min = -100,
                            .activation_max = 90};
  const Int8s input = random_int8s(7 * 5 * 3, random_),
              filter = random_int8s(6 * 3 * 3 * 3, random_);
  const Int32s bias{1000, -2000, 0, 5, 77777, -1}, shift{-9, -10, -8, -7, -9, -9};
  const Int32s multiplier{1234567890, 2000000000, 1100000000, 1500000000, 1073741824, 2147483647};
  Int8s expected(4 * 3 * 6);
  call(reference_conv_2d_s8, p,
       {operand(input), operand(filter), operand(bias), operand(multiplier), operand(shift),
        operand(expected)});
  const std::uint32_t output = put(Int8s(expected.size()));
  call_image("reference_conv_2d_s8", p,
             {put(input), put(filter), put(bias), put(multiplier), put(shift), output});
  EXPECT_EQ(get<std::int8_t>(output, expected.size()), expected);
}

// The most arithmetic per value: long multiplications, counts of leading zeros, shifts by
// variables.
TEST_P(RiscvImage, Softmax) {
  const bl_softmax_params p{.rows = 8,
                            .depth = 33,
                            .input_multiplier = 1476395008,
                            .input_left_shift = 23,
                            .diff_min = -248};
  const Int8s input = random_int8s(8 * 33, random_);
  Int8s expected(input.size());
  call(reference_softmax_s8, p, {operand(input), operand(expected)});
  const std::uint32_t output = put(Int8s(expected.size()));
  call_image("reference_softmax_s8", p, {put(input), output});
  EXPECT_EQ(get<std::int8_t>(output, expected.size()), expected);
}

// Floating point: by instructions where the image has them, otherwise by software.
TEST_P(RiscvImage, QuantizeAndBack) {
  std::vector<float> values{0.0F, -0.0F, 0.05F, -0.05F, 0.1F, 1e30F, -1e30F, 1e-40F, 12.75F};
  std::uniform_real_distribution<float> any(-14, 14);
  while (values.size() < 200) values.push_back(any(random_));
  const auto count = static_cast<std::int32_t>(values.size());
  const bl_quantize_params quantize{.count = count, .scale = 0.1F, .zero_point = 3};
  Int8s expected(values.size());
  call(reference_quantize_f32_s8, quantize, {operand(values), operand(expected)});
  const std::uint32_t output = put(Int8s(expected.size()));
  call_image("reference_quantize_f32_s8", quantize, {put(values), output});
  EXPECT_EQ(get<std::int8_t>(output, expected.size()), expected);

  const bl_dequantize_params dequantize{.count = count, .scale = 0.1F, .zero_point = 3};
  std::vector<float> back(values.size());
  call(reference_dequantize_s8_f32, dequantize, {operand(expected), operand(back)});
  const std::uint32_t floats = put(std::vector<float>(back.size()));
  call_image("reference_dequantize_s8_f32", dequantize, {output, floats});
  EXPECT_EQ(get<float>(floats, back.size()), back);
}

// The images' code is all decoded, by the variant they are for.
TEST_P(RiscvImage, HasNoCodeThatIsNotKnown) {
  std::vector<std::string> functions;
  for (const sim::Symbol& symbol : image_.symbols) {
    if (symbol.is_function) functions.push_back(symbol.name);
  }
  const auto reached = sim::reachable_symbols(image_, isa::find_variant(GetParam()), functions);
  const std::uint32_t size = sim::total_size(image_, reached);
  EXPECT_LE(size, image_.segments.at(0).bytes.size());
  EXPECT_GT(size, image_.segments.at(0).bytes.size() * 9 / 10);
}

TEST_P(RiscvImage, AKernelReachesItsHelpersAndNoOther) {
  const auto names = [&](const char* entry) {
    const std::string entries[] = {entry};
    std::vector<std::string> result;
    for (const std::size_t i :
         sim::reachable_symbols(image_, isa::find_variant(GetParam()), entries)) {
      result.push_back(image_.symbols[i].name);
    }
    return result;
  };
  EXPECT_THAT(names("reference_copy_b8"),
              testing::UnorderedElementsAre("reference_copy_b8", "memcpy"));
  const auto softmax = names("reference_softmax_s8");
  if (std::string(GetParam()) == "rv32imac-zb") {
    EXPECT_THAT(softmax, testing::ElementsAre("reference_softmax_s8"));
  } else {  // without Zbb, leading zeros are counted by a table
    EXPECT_THAT(softmax, testing::IsSupersetOf({"__clzsi2", "__clz_tab"}));
  }
  const bool soft_float = std::string(GetParam()) != "rv32imafc";
  const auto quantize = names("reference_quantize_f32_s8");
  EXPECT_EQ(std::ranges::count(quantize, "__divsf3"), soft_float ? 1 : 0);
}

}  // namespace
}  // namespace boardless::kernels
