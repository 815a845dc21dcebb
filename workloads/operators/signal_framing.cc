// The Signal library's operators that remember a signal: SignalDelay, SignalFramer, SignalStacker
// and SignalOverlapAdd.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "kernels/abi_signal.h"
#include "workloads/operators/custom_options.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/signal_record.h"

namespace boardless::workloads {
namespace {

constexpr std::int32_t kMost = 1 << 20;

// Rows of a ring with `zeros` written, each a bl_ring and its values twice.
Operand rings(const OperatorView& view, std::int32_t rows, std::int32_t capacity,
              std::int32_t zeros) {
  const bl_ring head{
      .read = 0, .write = zeros == capacity ? 0 : zeros, .is_empty = zeros == 0 ? 1 : 0, .flag = 0};
  std::vector<std::int16_t> one(sizeof head / sizeof(std::int16_t) +
                                2 * static_cast<std::size_t>(capacity));
  std::memcpy(one.data(), &head, sizeof head);
  std::vector<std::int16_t> all;
  for (std::int32_t row = 0; row < rows; ++row) all.insert(all.end(), one.begin(), one.end());
  return view.state(DataType::kInt16, {static_cast<std::int32_t>(all.size())}, all);
}

// A ring as the state has it, the second copy of its values kept like the first.
class Ring {
 public:
  Ring(std::uint8_t* state, std::int32_t row, std::int32_t capacity) : capacity_(capacity) {
    const std::size_t bytes =
        sizeof(bl_ring) + 2 * static_cast<std::size_t>(capacity) * sizeof(std::int16_t);
    head_ = reinterpret_cast<bl_ring*>(state + static_cast<std::size_t>(row) * bytes);
    values_ = reinterpret_cast<std::int16_t*>(head_ + 1);
  }

  std::int32_t available() const {
    if (head_->read == head_->write) return head_->is_empty != 0 ? 0 : capacity_;
    return (head_->write - head_->read + capacity_) % capacity_;
  }
  void add(std::int16_t value) {
    values_[head_->write] = values_[head_->write + capacity_] = value;
    head_->write = (head_->write + 1) % capacity_;
    head_->is_empty = 0;
  }
  std::int16_t at(std::int32_t i) const { return values_[(head_->read + i) % capacity_]; }
  void discard(std::int32_t count) {
    head_->read = (head_->read + count) % capacity_;
    if (head_->read == head_->write) head_->is_empty = 1;
  }
  bool was_used() const { return head_->flag != 0; }
  void use() { head_->flag = 1; }

 private:
  std::int32_t capacity_;
  bl_ring* head_;
  std::int16_t* values_;
};

// The extent of the last dimension, and how many rows of it there are.
struct Rows {
  std::int32_t count = 1, length = 1;
};
Rows rows_of(const OperatorView& view, const Tensor& tensor) {
  if (tensor.shape.empty()) view.fail("its input is a scalar");
  const std::int32_t length = tensor.shape.back();
  return {static_cast<std::int32_t>(tensor.elements() / length), length};
}

PreparedOperator prepare_delay(const OperatorView& view) {
  const CustomOptions options(view);
  const std::int32_t delay = options.integer("delay_length", 0, kMost);
  const Rows rows = rows_of(view, view.input());
  require_same_shape(view, view.output(), view.input());
  const bl_signal_ring_params params{.outer = rows.count,
                                     .length = rows.length,
                                     .capacity = rows.length + delay,
                                     .size = 0,
                                     .step = 0};
  return view.finish(params,
                     {view.tensor_operand(0), rings(view, rows.count, params.capacity, delay),
                      view.output_operand()});
}

void answer_delay(const KernelCall& call) {
  const auto p = call.params<bl_signal_ring_params>();
  for (std::int32_t row = 0; row < p.outer; ++row) {
    Ring ring(call.operands[1], row, p.capacity);
    const std::int64_t first = std::int64_t{row} * p.length;
    for (std::int32_t i = 0; i < p.length; ++i) ring.add(call.input<std::int16_t>(0)[first + i]);
    for (std::int32_t i = 0; i < p.length; ++i) call.output<std::int16_t>()[first + i] = ring.at(i);
    ring.discard(p.length);
  }
}

PreparedOperator prepare_framer(const OperatorView& view) {
  const CustomOptions options(view);
  const std::int32_t size = options.integer("frame_size", 1, kMost);
  const std::int32_t step = options.integer("frame_step", 1, size);
  const Rows rows = rows_of(view, view.input());
  if (rows.length % step != 0) {
    view.fail("input {} is not made of steps of {}", shape_text(view.input()), step);
  }
  std::vector<std::int32_t> expected = view.input().shape;
  expected.back() = rows.length / step;
  expected.push_back(size);
  view.require_shape(view.output(), "output", expected);
  require_one(view, view.output(1), "output 1", DataType::kBool);
  const std::int32_t capacity = (size + step - 1) / step * step;
  const bl_signal_ring_params params{
      .outer = rows.count, .length = rows.length, .capacity = capacity, .size = size, .step = step};
  const std::int32_t zeros = options.boolean("prefill", false) ? size - step : 0;
  return view.finish(params, {view.tensor_operand(0), rings(view, rows.count, capacity, zeros),
                              view.output_operand(), view.output_operand(1)});
}

// A frame that is not complete is 0.
void answer_framer(const KernelCall& call) {
  const auto p = call.params<bl_signal_ring_params>();
  auto* output = reinterpret_cast<std::int16_t*>(call.operands[2]);
  const auto* input = call.input<std::int16_t>(0);
  bool all_valid = true;
  for (std::int32_t row = 0; row < p.outer; ++row) {
    Ring ring(call.operands[1], row, p.capacity);
    for (std::int32_t frame = 0; frame < p.length / p.step; ++frame) {
      for (std::int32_t i = 0; i < p.step; ++i) ring.add(*input++);
      const bool is_valid = ring.available() >= p.size;
      for (std::int32_t i = 0; i < p.size; ++i) *output++ = is_valid ? ring.at(i) : 0;
      if (is_valid) ring.discard(p.step);
      all_valid = all_valid && is_valid;
    }
  }
  *call.output<std::uint8_t>() = all_valid ? 1 : 0;
}

PreparedOperator prepare_stacker(const OperatorView& view) {
  const CustomOptions options(view);
  const std::int32_t channels = options.integer("num_channels", 1, 1 << 10);
  const std::int32_t left = options.integer("stacker_left_context", 0, 1 << 8);
  const std::int32_t right = options.integer("stacker_right_context", 0, 1 << 8);
  const std::int32_t frames = left + right + 1;
  const std::int32_t step = options.integer("stacker_step", 1, frames);
  view.require_shape(view.input(), "input", std::array{channels});
  view.require_shape(view.output(), "output", std::array{channels * frames});
  require_one(view, view.output(1), "output 1", DataType::kBool);
  const bl_signal_stacker_params params{.channels = channels,
                                        .capacity = channels * frames,
                                        .step = channels * step,
                                        .left_context = left};
  return view.finish(params, {view.tensor_operand(0), rings(view, 1, params.capacity, 0),
                              view.output_operand(), view.output_operand(1)});
}

// The first frame stands for those before it; a stack that is not complete is 0.
void answer_stacker(const KernelCall& call) {
  const auto p = call.params<bl_signal_stacker_params>();
  Ring ring(call.operands[1], 0, p.capacity);
  for (std::int32_t i = ring.was_used() ? p.left_context : 0; i <= p.left_context; ++i) {
    for (std::int32_t c = 0; c < p.channels; ++c) ring.add(call.input<std::int16_t>(0)[c]);
  }
  ring.use();
  const bool is_valid = ring.available() == p.capacity;
  auto* output = reinterpret_cast<std::int16_t*>(call.operands[2]);
  for (std::int32_t i = 0; i < p.capacity; ++i) output[i] = is_valid ? ring.at(i) : 0;
  if (is_valid) ring.discard(p.step);
  *call.output<std::uint8_t>() = is_valid ? 1 : 0;
}

PreparedOperator prepare_overlap_add(const OperatorView& view) {
  const CustomOptions options(view);
  require_rank(view, view.output(), "output", view.input().shape.size() - 1);
  if (view.input().shape.size() < 2) view.fail("input {} has no frames", shape_text(view.input()));
  const Rows rows = rows_of(view, view.input());
  const std::int32_t frames = view.input().shape[view.input().shape.size() - 2];
  const std::int32_t step = options.integer("frame_step", 1, rows.length);
  std::vector<std::int32_t> expected(view.input().shape.begin(), view.input().shape.end() - 1);
  expected.back() = frames * step;
  view.require_shape(view.output(), "output", expected);
  const bl_signal_overlap_add_params params{
      .outer = rows.count / frames, .frames = frames, .size = rows.length, .step = step};
  return view.finish(
      params, {view.tensor_operand(0), view.state(view.kernel().input, {params.outer, params.size}),
               view.output_operand()});
}

template <class E>
void answer_overlap_add(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_signal_overlap_add_params>();
  const T* input = call.input<T>(0);
  T* output = call.output<T>();
  for (std::int32_t row = 0; row < p.outer; ++row) {
    T* sums = reinterpret_cast<T*>(call.operands[1]) + std::int64_t{row} * p.size;
    for (std::int32_t frame = 0; frame < p.frames; ++frame) {
      std::vector<T> kept(static_cast<std::size_t>(p.size + p.step));
      for (std::int32_t i = 0; i < p.size; ++i) {
        T& sum = kept[static_cast<std::size_t>(i)];
        if constexpr (std::is_integral_v<T>) {
          sum = clamp_to_type<T>(sums[i] + *input++);
        } else {
          sum = sums[i] + *input++;
        }
      }
      output = std::copy_n(kept.begin(), p.step, output);
      std::copy_n(kept.begin() + p.step, p.size, sums);
    }
  }
}

constexpr Kernel kDelay[] = {kernel<Int16>("signal_delay", answer_delay)};
constexpr Kernel kFramer[] = {kernel<Int16>("signal_framer", answer_framer)};
constexpr Kernel kStacker[] = {kernel<Int16>("signal_stacker", answer_stacker)};
constexpr Kernel kOverlapAdd[] = {
    kernel<Int16>("signal_overlap_add", answer_overlap_add<Int16>),
    kernel<Float32>("signal_overlap_add", answer_overlap_add<Float32>)};

constexpr std::string_view kIncomplete =
    "what is not complete yet is 0; there it keeps what the arena held";

constexpr OperatorRecord kRecords[] = {
    signal_record("SignalDelay", 1, 1, prepare_delay, kDelay),
    signal_record("SignalFramer", 1, 2, prepare_framer, kFramer, kIncomplete),
    signal_record("SignalStacker", 1, 2, prepare_stacker, kStacker, kIncomplete),
    signal_record("SignalOverlapAdd", 1, 1, prepare_overlap_add, kOverlapAdd),
};

}  // namespace

std::span<const OperatorRecord> framing_operators() { return kRecords; }

}  // namespace boardless::workloads
