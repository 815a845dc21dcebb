// A network of the zoo on a kernel machine, ready to be run again and again, so that a benchmark
// can leave out what happens once: loading, translation, first sights of blocks.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cost_models/timing_run.h"
#include "isa/variant.h"
#include "prediction/model_layout.h"
#include "prediction/model_run.h"
#include "sim/elf_image.h"
#include "sim/kernel_machine.h"
#include "targets/target.h"

namespace boardless::bench {

// The network as `boardless predict NAME` sees it, on its seeded random inputs.
prediction::Workload zoo_workload(const std::string& name);

// Bundled Cortex-M4F targets, in the order in which benchmarks attach more and more of them. The
// last has wait states in its RAM as well.
inline constexpr std::array<const char*, 6> kM4Targets{
    "stm32f446re", "nrf52840", "stm32l4r5zi", "stm32l4r5zi-single-bank", "stm32l4r9i", "apollo3"};
std::vector<targets::Target> load_m4_targets(std::size_t count);
// As many as asked for: the same chips at one clock after the other, from their own one downwards;
// where the clock is fixed, again as they are.
std::vector<targets::Target> many_m4_targets(std::size_t count);

class RepeatableRun {
 public:
  // Takes the fastest kernels of the image. `workload` must outlive the run.
  RepeatableRun(const prediction::Workload& workload, const isa::Variant& variant);

  sim::KernelMachine& machine() { return machine_; }
  const sim::ElfImage& image() const { return image_; }
  const isa::Variant& variant() const { return variant_; }
  const prediction::ModelLayout& layout() const { return layout_; }
  std::span<const sim::KernelCall> calls() const { return calls_; }

  // One inference: copies the inputs into the arena and calls every kernel.
  void run();
  // check()s that the arena holds the host reference's outputs.
  void check_outputs();

 private:
  std::span<std::uint8_t> tensor(int index);

  const prediction::Workload& workload_;
  const isa::Variant& variant_;
  sim::ElfImage image_;
  prediction::ModelLayout layout_;
  sim::KernelMachine machine_;
  std::vector<sim::KernelCall> calls_;
};

// The instructions of one inference, which it runs.
std::uint64_t count_instructions(RepeatableRun& run);

}  // namespace boardless::bench
