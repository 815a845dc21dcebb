// The host side of semihosting: the calls a program without an operating system makes through its
// debugger ("Semihosting for AArch32 and AArch64", Arm IHI 0068; RISC-V uses the same calls).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "isa/memory_port.h"
#include "sim/kept_output.h"

namespace boardless::sim {

class Semihosting {
 public:
  struct Options {
    std::string input;         // what the console reads
    std::string command_line;  // SYS_GET_CMDLINE
    // SYS_HEAPINFO: heap base and limit, stack base and limit; 0: the program's own business.
    std::uint32_t heap_base = 0, heap_limit = 0, stack_base = 0, stack_limit = 0;
  };
  explicit Semihosting(Options options) : options_(std::move(options)) {}

  // Does call `operation` with `parameter` (r0, r1; a0, a1) and returns its result. `seconds`:
  // simulated time. Throws isa::MemoryFault when an argument points nowhere, NotModelled for a call
  // that is not served.
  std::uint32_t call(std::uint32_t operation, std::uint32_t parameter, isa::MemoryPort& memory,
                     double seconds);

  // Once the program has ended itself.
  std::optional<int> exit_status() const { return exit_status_; }
  const KeptOutput& output() const { return output_; }

  // Told each byte as it is printed.
  std::function<void(char)> on_print;

 private:
  void print(char c);
  std::uint32_t open(std::uint32_t name, std::uint32_t length, std::uint32_t mode,
                     isa::MemoryPort& memory);
  std::uint32_t write(std::uint32_t handle, std::uint32_t from, std::uint32_t bytes,
                      isa::MemoryPort& memory);
  std::uint32_t read(std::uint32_t handle, std::uint32_t to, std::uint32_t bytes,
                     isa::MemoryPort& memory);

  Options options_;
  std::size_t input_next_ = 0;
  std::size_t features_next_ = 0;
  KeptOutput output_;
  std::optional<int> exit_status_;
  std::uint32_t error_ = 0;
};

}  // namespace boardless::sim
