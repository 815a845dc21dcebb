// A simulated core with a kernel image, constants, arena and stack: calls one kernel at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "isa/variant.h"
#include "sim/elf_image.h"
#include "sim/guest_memory.h"
#include "sim/unicorn_engine.h"

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

  UnicornEngine& engine() { return engine_; }
  const ElfImage& image() const { return image_; }

  // What `<function>_scratch_bytes(params)` says on the simulated core; 0 when there is none.
  Bytes scratch_bytes(const std::string& function, std::uint32_t params);

  // Runs the kernel and returns the deepest stack it used, in bytes. Throws GuestFault, and
  // InputError when the image has no such function.
  Bytes call(const KernelCall& kernel_call);

 private:
  std::uint32_t address_of(const std::string& function) const;

  const ElfImage& image_;
  MemoryWindow code_;
  MemoryWindow constants_;
  std::optional<MemoryWindow> arena_;
  MemoryWindow stack_;
  UnicornEngine engine_;
};

}  // namespace boardless::sim
