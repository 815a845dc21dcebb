// Reading the map.
#include "cost_models/exception_timing.h"

namespace boardless::cost_models {

ExceptionTiming read_exception_timing(targets::YamlMap map, bool riscv) {
  constexpr std::uint32_t kMostCycles = 10000;
  ExceptionTiming timing;
  timing.entry = map.u32("entry", kMostCycles);
  if (!riscv) {
    timing.cpuid = map.u32("cpuid");
    timing.leave = map.u32("leave", kMostCycles);
    timing.tail_chain = map.u32("tail_chain", kMostCycles);
  }
  if (!riscv && map.has("fp_frame")) timing.fp_frame = map.u32("fp_frame", kMostCycles);
  map.finish();
  return timing;
}

}  // namespace boardless::cost_models
