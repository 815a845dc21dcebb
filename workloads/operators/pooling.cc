// AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/abi.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/operators/reference_sums.h"
#include "workloads/operators/weights.h"
#include "workloads/operators/window.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kPoolOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::Pool2DOptions>(stored, "Pool2DOptions");
      PoolAttributes result;
      result.padding = read_padding(options.padding());
      result.stride_h = positive(options.stride_h(), "vertical stride");
      result.stride_w = positive(options.stride_w(), "horizontal stride");
      result.filter_h = positive(options.filter_height(), "filter height");
      result.filter_w = positive(options.filter_width(), "filter width");
      result.activation = read_activation(options.fused_activation_function());
      return result;
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<PoolAttributes>(op);
          return WrittenOptions{
              tflite::BuiltinOptions::Pool2DOptions,
              tflite::CreatePool2DOptions(builder, stored(a.padding), a.stride_w, a.stride_h,
                                          a.filter_w, a.filter_h, stored(a.activation))
                  .Union()};
        }};

PreparedOperator prepare_pool_2d(const OperatorView& view) {
  const auto& a = view.attributes<PoolAttributes>();
  const std::vector<std::int32_t>& input = view.input().shape;
  const WindowGeometry window = slide_window(view,
                                             {.padding = a.padding,
                                              .filter_h = a.filter_h,
                                              .filter_w = a.filter_w,
                                              .stride_h = a.stride_h,
                                              .stride_w = a.stride_w},
                                             input[3]);
  bl_pool_2d_params params{.batches = input[0],
                           .input_h = input[1],
                           .input_w = input[2],
                           .channels = input[3],
                           .output_h = window.output_h,
                           .output_w = window.output_w,
                           .filter_h = a.filter_h,
                           .filter_w = a.filter_w,
                           .stride_h = a.stride_h,
                           .stride_w = a.stride_w,
                           .pad_top = window.pad_top,
                           .pad_left = window.pad_left,
                           .activation_min = 0,
                           .activation_max = 0};
  const std::vector<Operand> operands{view.tensor_operand(0), view.output_operand()};
  if (view.input().type == DataType::kFloat32) {
    return view.finish(bl_float_pool_2d_params{params, float_clamp(view, a.activation)}, operands);
  }
  view.require_same_quantization();
  const std::int64_t taps =
      std::int64_t{std::min(a.filter_h, input[1])} * std::min(a.filter_w, input[2]);
  const std::int64_t largest = element_type(view.input().type).highest + 1;
  if (taps > std::numeric_limits<std::int32_t>::max() / std::max<std::int64_t>(256, largest)) {
    view.not_modelled("the sum over {} taps can leave 32 bits", taps);
  }
  const ValueRange clamp = view.clamp_for(a.activation);
  params.activation_min = clamp.min;
  params.activation_max = clamp.max;
  return view.finish(params, operands);
}

// The input coordinates a window covers along one dimension: first <= i < end.
struct Span {
  std::int32_t first, end;
};

Span covered(std::int32_t out, std::int32_t stride, std::int32_t pad, std::int32_t filter,
             std::int32_t input) {
  const std::int32_t origin = out * stride - pad;
  return {std::max(origin, 0), std::min(origin + filter, input)};
}

// Stores summarise(state, taps) for every output, where state starts as `initial` and takes each
// value in the window by accumulate(state, value).
template <class T, class State, class Accumulate, class Summarise>
void pool(const KernelCall& call, const bl_pool_2d_params& p, State initial, Accumulate accumulate,
          Summarise summarise) {
  const T* input = call.input<T>(0);
  T* output = call.output<T>();
  for (std::int64_t batch = 0; batch < p.batches; ++batch) {
    for (std::int32_t out_y = 0; out_y < p.output_h; ++out_y) {
      const Span rows = covered(out_y, p.stride_h, p.pad_top, p.filter_h, p.input_h);
      for (std::int32_t out_x = 0; out_x < p.output_w; ++out_x) {
        const Span columns = covered(out_x, p.stride_w, p.pad_left, p.filter_w, p.input_w);
        const std::int32_t taps = (rows.end - rows.first) * (columns.end - columns.first);
        for (std::int32_t c = 0; c < p.channels; ++c) {
          State state = initial;
          for (std::int32_t y = rows.first; y < rows.end; ++y) {
            const T* row = input + (batch * p.input_h + y) * p.input_w * p.channels + c;
            for (std::int32_t x = columns.first; x < columns.end; ++x) {
              state = accumulate(state, State{row[std::int64_t{x} * p.channels]});
            }
          }
          *output++ = summarise(state, taps);
        }
      }
    }
  }
}

template <class E>
void answer_average_pool_2d(const KernelCall& call) {
  using T = typename E::Storage;
  if constexpr (std::is_same_v<E, Float32>) {
    const auto p = call.params<bl_float_pool_2d_params>();
    pool<float>(
        call, p.pool, 0.0F, [](float sum, float value) { return sum + value; },
        [&](float sum, std::int32_t taps) {
          return clamp_float(sum / static_cast<float>(taps), p.activation);
        });
  } else {
    const auto p = call.params<bl_pool_2d_params>();
    pool<T>(
        call, p, std::int32_t{0}, [](std::int32_t sum, std::int32_t value) { return sum + value; },
        [&](std::int32_t sum, std::int32_t taps) {
          const std::int32_t half = taps / 2;
          return clamp_to<T>((sum < 0 ? sum - half : sum + half) / taps, p.activation_min,
                             p.activation_max);
        });
  }
}

template <class E>
void answer_max_pool_2d(const KernelCall& call) {
  using T = typename E::Storage;
  if constexpr (std::is_same_v<E, Float32>) {
    const auto p = call.params<bl_float_pool_2d_params>();
    pool<float>(
        call, p.pool, std::numeric_limits<float>::lowest(),
        [](float largest, float value) { return std::max(largest, value); },
        [&](float largest, std::int32_t) { return clamp_float(largest, p.activation); });
  } else {
    const auto p = call.params<bl_pool_2d_params>();
    pool<T>(
        call, p, std::int32_t{std::numeric_limits<T>::min()},
        [](std::int32_t largest, std::int32_t value) { return std::max(largest, value); },
        [&](std::int32_t largest, std::int32_t) {
          return clamp_to<T>(largest, p.activation_min, p.activation_max);
        });
  }
}

// The root of the mean square.
void answer_l2_pool_2d(const KernelCall& call) {
  const auto p = call.params<bl_float_pool_2d_params>();
  pool<float>(
      call, p.pool, 0.0F, [](float sum, float value) { return sum + value * value; },
      [&](float sum, std::int32_t taps) {
        return clamp_float(std::sqrt(sum / static_cast<float>(taps)), p.activation);
      });
}

constexpr Kernel kL2[] = {kernel<Float32>("l2_pool_2d", answer_l2_pool_2d)};
constexpr Kernel kAverage[] = {kernel<Int8>("average_pool_2d", answer_average_pool_2d<Int8>),
                               kernel<UInt8>("average_pool_2d", answer_average_pool_2d<UInt8>),
                               kernel<Int16>("average_pool_2d", answer_average_pool_2d<Int16>),
                               kernel<Float32>("average_pool_2d", answer_average_pool_2d<Float32>)};
constexpr Kernel kMax[] = {kernel<Int8>("max_pool_2d", answer_max_pool_2d<Int8>),
                           kernel<UInt8>("max_pool_2d", answer_max_pool_2d<UInt8>),
                           kernel<Int16>("max_pool_2d", answer_max_pool_2d<Int16>),
                           kernel<Float32>("max_pool_2d", answer_max_pool_2d<Float32>)};

constexpr OperatorRecord pool_2d(OpKind kind, std::span<const Kernel> kernels) {
  return {.kind = kind,
          .signature = Signature{.data_rank = 4},
          .options = &kPoolOptions,
          .layer_class = LayerClass::kPool,
          .prepare = prepare_pool_2d,
          .kernels = kernels};
}

constexpr OperatorRecord kRecords[] = {pool_2d(OpKind::kAveragePool2D, kAverage),
                                       pool_2d(OpKind::kMaxPool2D, kMax),
                                       pool_2d(OpKind::kL2Pool2D, kL2)};

}  // namespace

std::span<const OperatorRecord> pooling_operators() { return kRecords; }

}  // namespace boardless::workloads
