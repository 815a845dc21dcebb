// CIRCULAR_BUFFER: remembers the inputs of a part of a network, and lets what is behind run every
// few invocations. A custom operator of TensorFlow Lite Micro.
#include <algorithm>
#include <cstdint>

#include "kernels/abi_signal.h"
#include "workloads/operators/custom_options.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/scheduler.h"
#include "workloads/operators/signal_record.h"

namespace boardless::workloads {
namespace {

// How many inputs make what is behind run once. Without an option TensorFlow Lite Micro knows the
// two models it was made for by their shapes.
std::int32_t period_of(const OperatorView& view) {
  const std::vector<std::int32_t>& shape = view.output().shape;
  if (!view.attributes<CustomAttributes>().options.empty()) {
    const CustomOptions options(view);
    const std::int32_t period = options.optional_integer("cycles_max").value_or(0);
    if (period > 0) return period;
  }
  if (shape[2] == 2 && shape[3] == 96) {
    view.not_modelled("output {} without option 'cycles_max'", shape_text(view.output()));
  }
  return shape[1] == 5 || shape[1] == 13 || shape[1] == 25 ? 1 : 2;
}

PreparedOperator prepare_circular_buffer(const OperatorView& view) {
  require_rank(view, view.input(), "input", 4);
  std::vector<std::int32_t> expected = view.input().shape;
  if (expected[1] != 1) view.fail("input {}; it must be one step", shape_text(view.input()));
  require_rank(view, view.output(), "output", 4);
  expected[1] = view.output().shape[1];
  view.require_shape(view.output(), "output", expected);
  if (!view.output().is_variable) {
    view.fail("its output keeps its value and must be a variable tensor");
  }
  const bl_circular_buffer_params params{
      .slots = expected[1],
      .depth = static_cast<std::int32_t>(view.input().elements() / expected[0]),
      .period = period_of(view)};
  if (expected[0] != 1) view.not_modelled("{} batches; supported: 1", expected[0]);
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

void answer_circular_buffer(const KernelCall& call) {
  const auto p = call.params<bl_circular_buffer_params>();
  const std::int64_t kept = std::int64_t{p.slots - 1} * p.depth;
  auto* output = call.output<std::int8_t>();
  std::copy_n(output + p.depth, kept, output);
  std::copy_n(call.input<std::int8_t>(0), p.depth, output + kept);
}

void schedule_circular_buffer(Scheduler& s, int index) {
  s.run_kernel(index);
  s.end_but_every(index, s.params_of<bl_circular_buffer_params>(index).period);
}

constexpr Kernel kCircularBuffer[] = {kernel<Int8>("circular_buffer", answer_circular_buffer)};

constexpr OperatorRecord kRecords[] = {{.kind = OpKind::kCustom,
                                        .custom_name = "CIRCULAR_BUFFER",
                                        .signature = Signature{},
                                        .options = &kCustomOptions,
                                        .layer_class = LayerClass::kMovement,
                                        .prepare = prepare_circular_buffer,
                                        .kernels = kCircularBuffer,
                                        .schedule = schedule_circular_buffer}};

}  // namespace

std::span<const OperatorRecord> circular_buffer_operators() { return kRecords; }

}  // namespace boardless::workloads
