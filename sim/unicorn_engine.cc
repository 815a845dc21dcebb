// Set-up, calls and fault reports of the Unicorn engine.
#include "sim/unicorn_engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "isa/decoder.h"

namespace boardless::sim {
namespace {

// A call returns here, below the code window. The page is mapped: the engine looks at it before it
// stops.
constexpr std::uint32_t kReturnAddress = 0x0000f000;

int cpu_model(const isa::Variant& variant) {
  if (variant.name == "v6-m") return UC_CPU_ARM_CORTEX_M0;
  if (variant.name == "v7-m") return UC_CPU_ARM_CORTEX_M3;
  if (variant.name == "v8-m.main") return UC_CPU_ARM_CORTEX_M33;
  return UC_CPU_ARM_CORTEX_M4;
}

void require(uc_err error, const char* what) {
  if (error != UC_ERR_OK) {
    throw NotModelled(fmt::format("Unicorn cannot {}: {}", what, uc_strerror(error)));
  }
}

std::uint32_t protection(MemoryWindow::Access access) {
  switch (access) {
    case MemoryWindow::Access::kReadExecute:
      return UC_PROT_READ | UC_PROT_EXEC;
    case MemoryWindow::Access::kRead:
      return UC_PROT_READ;
    case MemoryWindow::Access::kReadWrite:
      return UC_PROT_READ | UC_PROT_WRITE;
  }
  return UC_PROT_NONE;
}

}  // namespace

UnicornEngine::UnicornEngine(const isa::Variant& variant)
    : variant_(variant),
      return_page_("return", kReturnAddress, 1, MemoryWindow::Access::kReadExecute) {
  uc_engine* engine = nullptr;
  // UC_MODE_MCLASS would turn every core into a Cortex-M33; Thumb alone keeps the chosen model.
  require(uc_open(UC_ARCH_ARM, UC_MODE_THUMB, &engine), "open an Arm engine");
  engine_.reset(engine);
  require(uc_ctl_set_cpu_model(engine, cpu_model(variant)), "set the CPU model");
  const auto on_bad_access = [](uc_engine*, uc_mem_type, std::uint64_t address, int size,
                                std::int64_t, void* access) {
    *static_cast<Access*>(access) = {static_cast<std::uint32_t>(address), size};
    return false;  // it stays an error
  };
  using Callback = bool (*)(uc_engine*, uc_mem_type, std::uint64_t, int, std::int64_t, void*);
  uc_hook hook = 0;
  // begin > end: every address.
  require(uc_hook_add(engine, &hook, UC_HOOK_MEM_INVALID,
                      reinterpret_cast<void*>(static_cast<Callback>(on_bad_access)), &bad_access_,
                      1, 0),
          "hook invalid accesses");
  map(return_page_);
}

UnicornEngine::~UnicornEngine() = default;

void UnicornEngine::map(MemoryWindow& window) {
  require(uc_mem_map_ptr(engine_.get(), window.base(), window.bytes().size(),
                         protection(window.access()), window.bytes().data()),
          "map memory");
  windows_.push_back(&window);
}

void UnicornEngine::detach() {
  for (const uc_hook hook : hooks_) require(uc_hook_del(engine_.get(), hook), "remove a hook");
  hooks_.clear();
}

void UnicornEngine::add_hooks(BlockCallback block, ReadCallback read, void* sink, ReadWatch watch) {
  detach();
  hooks_.emplace_back();
  // begin > end: every address.
  require(uc_hook_add(engine_.get(), &hooks_.back(), UC_HOOK_BLOCK, reinterpret_cast<void*>(block),
                      sink, 1, 0),
          "hook blocks");
  if (watch.empty()) return;
  hooks_.emplace_back();
  require(uc_hook_add(engine_.get(), &hooks_.back(), UC_HOOK_MEM_READ,
                      reinterpret_cast<void*>(read), sink, watch.begin, watch.end - 1),
          "hook reads");
}

std::uint32_t UnicornEngine::call(std::uint32_t entry, std::span<const std::uint32_t> arguments,
                                  std::uint32_t stack_top) {
  check(arguments.size() <= 4, "more than four arguments would go on the stack");
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    uc_reg_write(engine_.get(), UC_ARM_REG_R0 + static_cast<int>(i), &arguments[i]);
  }
  bad_access_ = {};
  const std::uint32_t link = kReturnAddress | 1U;
  uc_reg_write(engine_.get(), UC_ARM_REG_LR, &link);
  uc_reg_write(engine_.get(), UC_ARM_REG_SP, &stack_top);
  const uc_err error = uc_emu_start(engine_.get(), entry | 1U, kReturnAddress, 0, 0);
  std::uint32_t pc = 0;
  uc_reg_read(engine_.get(), UC_ARM_REG_PC, &pc);
  if (error != UC_ERR_OK || (pc & ~1U) != kReturnAddress) fault(error, entry);
  std::uint32_t result = 0;
  uc_reg_read(engine_.get(), UC_ARM_REG_R0, &result);
  return result;
}

void UnicornEngine::fault(uc_err error, std::uint32_t entry) {
  std::string report;
  std::array<std::uint32_t, 16> registers{};
  for (int i = 0; i < 16; ++i) {
    const int id = i < 13 ? UC_ARM_REG_R0 + i
                          : std::array{UC_ARM_REG_SP, UC_ARM_REG_LR,
                                       UC_ARM_REG_PC}[static_cast<std::size_t>(i - 13)];
    uc_reg_read(engine_.get(), id, &registers[static_cast<std::size_t>(i)]);
    report += fmt::format("{:>4} 0x{:08x}{}", fmt::format("r{}", i),
                          registers[static_cast<std::size_t>(i)], i % 4 == 3 ? "\n" : "  ");
  }
  const std::uint32_t pc = registers[15];
  const std::string access =
      bad_access_.bytes == 0
          ? ""
          : fmt::format(", {} bytes at 0x{:08x}", bad_access_.bytes, bad_access_.address);
  throw GuestFault(fmt::format("the program called at 0x{:08x} faulted in the block at 0x{:08x}: "
                               "{}{}",
                               entry, pc, uc_strerror(error), access),
                   report + block_text(pc));
}

// The instructions from `address` to the first branch.
std::string UnicornEngine::block_text(std::uint32_t address) {
  constexpr std::uint32_t kMostBytes = 128;
  std::string text;
  for (MemoryWindow* window : windows_) {
    if (window->access() != MemoryWindow::Access::kReadExecute || !window->contains(address)) {
      continue;
    }
    const auto bytes =
        window->at(address, std::min<std::size_t>(kMostBytes, window->end() - address));
    isa::Decoder decoder(variant_);
    for (const isa::Instruction& instruction : decoder.decode_prefix(address, bytes)) {
      text += fmt::format(
          "0x{:08x}: {}\n", instruction.address,
          decoder.text(instruction.address, bytes.subspan(instruction.address - address)));
      if (instruction.is_branch()) break;
    }
  }
  return text;
}

}  // namespace boardless::sim
