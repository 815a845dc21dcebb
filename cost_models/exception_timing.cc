// Reading the map.
#include "cost_models/exception_timing.h"

namespace boardless::cost_models {

ExceptionTiming read_exception_timing(targets::YamlMap map, bool riscv) {
  ExceptionTiming timing;
  timing.entry = map.u32("entry");
  if (!riscv) {
    timing.cpuid = map.u32("cpuid");
    timing.leave = map.u32("leave");
    timing.tail_chain = map.u32("tail_chain");
  }
  if (!riscv && map.has("fp_frame")) timing.fp_frame = map.u32("fp_frame");
  map.finish();
  return timing;
}

}  // namespace boardless::cost_models
