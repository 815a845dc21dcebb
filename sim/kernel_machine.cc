// The memory of a kernel call, and the painted stack that measures its depth.
#include "sim/kernel_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/error.h"
#include "kernels/memory_map.h"

namespace boardless::sim {
namespace {

constexpr Bytes kStackBytes = 64 * 1024;
static_assert(kernels::kErrno == kernels::kStackTop - kStackBytes);
constexpr std::uint8_t kPaint = 0xa5;

MemoryWindow make_code_window(const ElfImage& image) {
  check(!image.segments.empty(), "load_elf() refuses images without segments");
  constexpr std::uint64_t kCodeEnd = std::uint64_t{kernels::kCodeBase} + kernels::kCodeBytes;
  std::uint64_t end = kernels::kCodeBase;
  for (const Segment& segment : image.segments) {
    const std::uint64_t segment_end = std::uint64_t{segment.address} + segment.bytes.size();
    if (segment.address < kernels::kCodeBase || segment_end > kCodeEnd) {
      throw InputError(fmt::format(
          "{}: segment of {} bytes at 0x{:08x} lies outside the code window (0x{:08x} to 0x{:08x})",
          image.file, segment.bytes.size(), segment.address, kernels::kCodeBase, kCodeEnd));
    }
    end = std::max(end, segment_end);
  }
  MemoryWindow window("code", kernels::kCodeBase, end - kernels::kCodeBase,
                      MemoryWindow::Access::kReadExecute);
  for (const Segment& segment : image.segments) {
    std::ranges::copy(segment.bytes, window.at(segment.address, segment.bytes.size()).begin());
  }
  return window;
}

// What a C library left in the lowest word counts as no stack; anything else there does.
void forget_errno(std::span<std::uint8_t> stack) {
  constexpr std::uint32_t kDomainError = 33, kRangeError = 34;  // EDOM, ERANGE
  std::uint32_t left = 0;
  std::memcpy(&left, stack.data(), sizeof left);
  if (left == kDomainError || left == kRangeError) {
    std::ranges::fill(stack.first(sizeof left), kPaint);
  }
}

}  // namespace

KernelMachine::KernelMachine(const isa::Variant& variant, const ElfImage& image,
                             Bytes constants_bytes)
    : image_(image),
      code_(make_code_window(image)),
      constants_("constants", kernels::kConstantsBase, constants_bytes,
                 MemoryWindow::Access::kRead),
      stack_("stack", kernels::kStackTop - kStackBytes, kStackBytes,
             MemoryWindow::Access::kReadWrite),
      engine_(std::in_place_index<0>, variant) {
  if (variant.architecture == isa::Architecture::kRiscV) engine_.emplace<1>(variant);
  map(code_);
  map(constants_);
  map(stack_);
  std::ranges::fill(stack_.bytes(), kPaint);
}

void KernelMachine::map_arena(Bytes bytes) {
  check(!arena_, "the arena is mapped once");
  if (bytes > kernels::kArenaBytes) {
    throw NotModelled(fmt::format("an arena of {} bytes; the simulated core has room for {}", bytes,
                                  kernels::kArenaBytes));
  }
  arena_.emplace("arena", kernels::kArenaBase, bytes, MemoryWindow::Access::kReadWrite);
  map(*arena_);
}

std::uint32_t KernelMachine::address_of(const std::string& function) const {
  const Symbol* symbol = image_.find(function);
  if (symbol == nullptr) {
    throw InputError(fmt::format("{}: has no kernel '{}'", image_.file, function));
  }
  return symbol->address;
}

Bytes KernelMachine::scratch_bytes(const std::string& function, std::uint32_t params) {
  const Symbol* symbol = image_.find(function + "_scratch_bytes");
  if (symbol == nullptr) return 0;
  return call_function(symbol->address, std::array{params}, kernels::kStackTop);
}

bool KernelMachine::accepts(const std::string& function, std::uint32_t params) {
  const Symbol* symbol = image_.find(function + "_accepts");
  if (symbol == nullptr) return true;
  return call_function(symbol->address, std::array{params}, kernels::kStackTop) != 0;
}

Bytes KernelMachine::call(const KernelCall& kernel_call) {
  const std::uint32_t result =
      call_function(address_of(kernel_call.function),
                    std::array{kernel_call.params, kernel_call.operands, kernel_call.scratch},
                    kernels::kStackTop);
  if (result != 0) {
    throw GuestFault(fmt::format("{} refused its operands: it returned {}", kernel_call.function,
                                 static_cast<std::int32_t>(result)));
  }
  const std::span<std::uint8_t> stack = stack_.bytes();
  forget_errno(stack);
  const auto deepest =
      std::find_if(stack.begin(), stack.end(), [](std::uint8_t byte) { return byte != kPaint; });
  const auto used = static_cast<Bytes>(stack.end() - deepest);
  std::fill(deepest, stack.end(), kPaint);
  if (used == stack.size()) {
    throw GuestFault(
        fmt::format("{}: the stack of {} bytes overflowed", kernel_call.function, stack.size()));
  }
  return used;
}

}  // namespace boardless::sim
