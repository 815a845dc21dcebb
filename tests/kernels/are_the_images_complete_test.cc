// Is every kernel image what the host expects: all kernels callable, one read-only executable
// segment in the code window, the ISA noted, source lines kept, and a note of how it was built?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Object/ObjectFile.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "kernels/memory_map.h"
#include "workloads/operators/operator_record.h"

namespace boardless::kernels {
namespace {

using testing::HasSubstr;

// The kernels of all operators' records, and what goes with them. The libraries have none that
// computes on uint8 alone.
std::vector<std::string> reference_kernels() {
  std::vector<std::string> names{"mean_s8_scratch_bytes"};
  for (const workloads::OperatorRecord* record : workloads::all_operators()) {
    for (const workloads::Kernel& kernel : record->kernels) {
      const auto is_uint8 = [](workloads::DataType t) { return t == workloads::DataType::kUInt8; };
      const bool is_moved = kernel.name.text().ends_with("_b8");
      if (is_uint8(kernel.input) && is_uint8(kernel.output) && !is_moved) continue;
      names.emplace_back(kernel.name.text());
    }
  }
  return names;
}

class Image : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    auto file = llvm::object::ObjectFile::createObjectFile(path(".elf"));
    ASSERT_TRUE(static_cast<bool>(file)) << llvm::toString(file.takeError());
    file_ = std::move(*file);
    ASSERT_TRUE(llvm::isa<llvm::object::ELF32LEObjectFile>(file_.getBinary()));
  }
  static std::string path(const char* suffix) {
    return std::string(BOARDLESS_KERNEL_IMAGES_DIR) + "/" + GetParam() + suffix;
  }
  const llvm::object::ELF32LEObjectFile& elf() const {
    return *llvm::cast<llvm::object::ELF32LEObjectFile>(file_.getBinary());
  }
  static bool is_riscv() { return std::string(GetParam()).starts_with("rv32"); }
  // Address, Thumb bit cleared, and size of each function.
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> functions() const {
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> result;
    for (const llvm::object::ELFSymbolRef symbol : elf().symbols()) {
      if (symbol.getELFType() != llvm::ELF::STT_FUNC) continue;
      result[llvm::cantFail(symbol.getName()).str()] = {
          llvm::cantFail(symbol.getAddress()) & ~std::uint64_t{1}, symbol.getSize()};
    }
    return result;
  }

 private:
  llvm::object::OwningBinary<llvm::object::ObjectFile> file_;
};
INSTANTIATE_TEST_SUITE_P(Isa, Image,
                         testing::Values("v6-m", "v7-m", "v7e-m", "v7e-m-fp", "v8-m.main",
                                         "v8.1-m.main", "v8.1-m.main-pacbti", "rv32imc", "rv32imac",
                                         "rv32imafc", "rv32imac-zb"),
                         [](const auto& instance) {
                           std::string name = instance.param;
                           for (char& c : name) c = c == '-' || c == '.' ? '_' : c;
                           return name;
                         });

TEST_P(Image, HasEveryReferenceKernel) {
  const auto symbols = functions();
  for (const std::string& kernel : reference_kernels()) {
    const auto found = symbols.find("reference_" + kernel);
    ASSERT_NE(found, symbols.end()) << kernel;
    EXPECT_GT(found->second.second, 0U) << kernel;
  }
}

TEST_P(Image, HasTheDspKernelsWhereTheIsaHasTheInstructions) {
  const std::string isa = GetParam();
  const bool expected = isa == "v7e-m" || isa == "v7e-m-fp" || isa == "v8-m.main";
  const auto symbols = functions();
  for (const char* kernel : {"dsp_conv_2d_s8", "dsp_depthwise_conv_2d_s8", "dsp_softmax_s8"}) {
    EXPECT_EQ(symbols.contains(kernel), expected) << kernel;
  }
}

TEST_P(Image, HasTheHeliumKernelsWhereTheIsaHasTheInstructions) {
  const auto symbols = functions();
  for (const char* kernel : {"mve_conv_2d_s8", "mve_depthwise_conv_2d_s8", "mve_softmax_s8"}) {
    EXPECT_EQ(symbols.contains(kernel), std::string(GetParam()).starts_with("v8.1-m")) << kernel;
  }
}

TEST_P(Image, HasTheScalarKernelsWhereThereIsNoSimd) {
  const std::string isa = GetParam();
  const bool expected = isa == "v6-m" || isa == "v7-m" || is_riscv();
  const auto symbols = functions();
  for (const char* kernel :
       {"scalar_conv_2d_s8", "scalar_depthwise_conv_2d_s8", "scalar_fully_connected_s8"}) {
    EXPECT_EQ(symbols.contains(kernel), expected) << kernel;
  }
}

TEST_P(Image, IsOneReadOnlySegmentInTheCodeWindow) {
  std::vector<llvm::object::ELF32LE::Phdr> headers;
  for (const auto& header : llvm::cantFail(elf().getELFFile().program_headers())) {
    if (header.p_type == llvm::ELF::PT_RISCV_ATTRIBUTES) continue;  // the linker's, not loaded
    EXPECT_EQ(header.p_type, llvm::ELF::PT_LOAD);
    headers.push_back(header);
  }
  ASSERT_EQ(headers.size(), 1U);
  EXPECT_EQ(headers[0].p_flags, llvm::ELF::PF_R | llvm::ELF::PF_X);
  EXPECT_EQ(headers[0].p_vaddr, kCodeBase);
  EXPECT_LE(headers[0].p_memsz, kCodeBytes);
  EXPECT_EQ(headers[0].p_memsz, headers[0].p_filesz);
  for (const auto& [name, place] : functions()) {
    EXPECT_GE(place.first, kCodeBase) << name;
    EXPECT_LE(place.first + place.second, kCodeBase + headers[0].p_memsz) << name;
  }
}

TEST_P(Image, HoldsNoCodeThatNoKernelReaches) {
  for (const auto& [name, place] : functions()) {
    EXPECT_FALSE(name == "malloc" || name == "_exit" || name == "abort" || name == "main") << name;
  }
}

TEST_P(Image, NotesItsIsaAndItsSourceLines) {
  bool attributes = false;
  for (const llvm::object::SectionRef& section : elf().sections()) {
    const llvm::StringRef name = llvm::cantFail(section.getName());
    attributes |= name == (is_riscv() ? ".riscv.attributes" : ".ARM.attributes");
  }
  EXPECT_TRUE(attributes);
  const auto context = llvm::DWARFContext::create(elf());
  const auto line = context->getLineInfoForAddress(
      {functions().at("reference_conv_2d_s8").first, llvm::object::SectionedAddress::UndefSection},
      {llvm::DILineInfoSpecifier::FileLineInfoKind::RelativeFilePath,
       llvm::DILineInfoSpecifier::FunctionNameKind::None});
  EXPECT_EQ(line.FileName, "kernels/reference/conv_2d.c");
  EXPECT_GT(line.Line, 0U);
}

TEST_P(Image, SaysHowItWasBuilt) {
  std::ifstream file(path(".build.txt"));
  std::stringstream note;
  note << file.rdbuf();
  EXPECT_THAT(note.str(), HasSubstr(is_riscv() ? "compiler: riscv64-unknown-elf-gcc"
                                               : "compiler: arm-none-eabi-gcc"));
  EXPECT_THAT(note.str(),
              testing::ContainsRegex(is_riscv() ? "\nflags: -march=rv32im"
                                                : "\nflags: -m(cpu=cortex-m|arch=armv8)"));
  EXPECT_THAT(note.str(), HasSubstr("\nreference: -O"));
}

}  // namespace
}  // namespace boardless::kernels
