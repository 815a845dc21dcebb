// A simulated core with a kernel image, constants, arena and stack: calls one kernel at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/units.h"
#include "isa/arm/translator.h"
#include "isa/riscv/translator.h"
#include "isa/variant.h"
#include "sim/call_engine.h"
#include "sim/elf_image.h"
#include "sim/guest_memory.h"

namespace boardless::sim {

// One call of a kernel (kernels/abi.h): guest addresses; 0 is a null pointer.
struct KernelCall {
  std::string function;  // "dsp_conv_2d_s8"
  std::uint32_t params = 0;
  std::uint32_t operands = 0;
  std::uint32_t scratch = 0;
};

class KernelMachine {
 public:
  // Loads the image into the code window. `constants_bytes` is the size of the constants window,
  // which the caller fills.
  KernelMachine(const isa::Variant& variant, const ElfImage& image, Bytes constants_bytes);

  MemoryWindow& code() { return code_; }
  MemoryWindow& constants() { return constants_; }
  // The arena window; map_arena() comes first.
  MemoryWindow& arena() { return *arena_; }
  // Throws NotModelled when it is larger than its window.
  void map_arena(Bytes bytes);

  // Reports to `sink` from the next call on.
  template <ExecutionSink Sink>
  void attach(Sink& sink, const AccessWatch& watch) {
    std::visit([&](auto& engine) { engine.attach(sink, watch); }, engine_);
  }
  void detach() {
    std::visit([](auto& engine) { engine.detach(); }, engine_);
  }
  const isa::BlockTable& blocks() const {
    return std::visit([](const auto& engine) -> const isa::BlockTable& { return engine.blocks(); },
                      engine_);
  }

  // Calls the function at `entry` with up to four arguments; returns its result. Throws GuestFault.
  std::uint32_t call_function(std::uint32_t entry, std::span<const std::uint32_t> arguments,
                              std::uint32_t stack_top) {
    return std::visit([&](auto& engine) { return engine.call(entry, arguments, stack_top); },
                      engine_);
  }
  const ElfImage& image() const { return image_; }

  // What `<function>_scratch_bytes(params)` says on the simulated core; 0 when there is none.
  Bytes scratch_bytes(const std::string& function, std::uint32_t params);

  // Whether the function takes these parameters, by what `<function>_accepts(params)` says; yes
  // when there is none.
  bool accepts(const std::string& function, std::uint32_t params);

  // Runs the kernel and returns the deepest stack it used, in bytes. Throws GuestFault, also
  // when the kernel says that it refused, and InputError when the image has no such function.
  Bytes call(const KernelCall& kernel_call);

 private:
  void map(MemoryWindow& window) {
    std::visit([&](auto& engine) { engine.map(window); }, engine_);
  }
  std::uint32_t address_of(const std::string& function) const;

  const ElfImage& image_;
  MemoryWindow code_;
  MemoryWindow constants_;
  std::optional<MemoryWindow> arena_;
  MemoryWindow stack_;
  std::variant<CallEngine<isa::arm::Translator>, CallEngine<isa::riscv::Translator>> engine_;
};

}  // namespace boardless::sim
