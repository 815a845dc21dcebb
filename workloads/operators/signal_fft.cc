// SignalRfft and SignalIrfft: transforms of real signals as KISS FFT computes them in TensorFlow
// Lite Micro, by radix 2, 3, 4 and 5, integers divided by the radix before each stage.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <type_traits>
#include <vector>

#include "kernels/abi_signal.h"
#include "workloads/operators/custom_options.h"
#include "workloads/operators/families.h"
#include "workloads/operators/fourier.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/signal_record.h"

namespace boardless::workloads {
namespace {

// As many stages of radix 4 as there are, then of 2, 3 and 5.
std::vector<std::int32_t> stages_of(const OperatorView& view, std::int32_t length) {
  std::vector<std::int32_t> stages;
  for (const std::int32_t radix : {4, 2, 3, 5}) {
    for (; length % radix == 0; length /= radix) stages.push_back(radix);
  }
  if (length != 1 || stages.empty()) {
    view.not_modelled("a transform of length with factor {}; supported: 2, 3, 4, 5", length);
  }
  return stages;
}

// The unit circle at `phase`, in the type's own fractions.
template <class T>
void add_point(std::vector<T>& points, double phase) {
  if constexpr (std::is_floating_point_v<T>) {
    points.push_back(static_cast<T>(std::cos(phase)));
    points.push_back(static_cast<T>(std::sin(phase)));
  } else {
    constexpr double kOne = std::numeric_limits<T>::max();
    points.push_back(static_cast<T>(std::floor(0.5 + kOne * std::cos(phase))));
    points.push_back(static_cast<T>(std::floor(0.5 + kOne * std::sin(phase))));
  }
}

template <class T>
std::vector<T> factors(std::int32_t half, bool inverse) {
  constexpr double kPi = std::numbers::pi;
  const double direction = inverse ? -1 : 1;
  std::vector<T> points;
  for (std::int32_t i = 0; i < half; ++i) add_point(points, direction * (-2 * kPi * i / half));
  for (std::int32_t i = 0; i < half / 2; ++i) {
    add_point(points, direction * (-kPi * (static_cast<double>(i + 1) / half + 0.5)));
  }
  return points;
}

Operand factors_operand(const OperatorView& view, std::int32_t half, bool inverse) {
  return visit_element(view.kernel().input, [&]<class E>(E) {
    if constexpr (std::is_same_v<E, Int16> || std::is_same_v<E, Int32> ||
                  std::is_same_v<E, Float32>) {
      const auto points = factors<typename E::Storage>(half, inverse);
      return view.state(E::kType, {static_cast<std::int32_t>(points.size())}, points);
    } else {
      return Operand{};
    }
  });
}

PreparedOperator prepare_fft(const OperatorView& view, bool inverse) {
  constexpr std::int32_t kLongest = 1 << 20;
  const CustomOptions options(view);
  const std::int32_t length = options.integer("fft_length", 2, kLongest);
  if (length % 2 != 0) view.fail("its option 'fft_length' is {}; it must be even", length);
  const std::vector<std::int32_t>& in = view.input().shape;
  const std::vector<std::int32_t>& out = view.output().shape;
  if (in.empty() || in.size() != out.size()) {
    view.fail("input {} and output {} differ in rank", shape_text(view.input()),
              shape_text(view.output()));
  }
  std::vector<std::int32_t> expected = in;
  expected.back() = inverse ? length : length + 2;
  view.require_shape(view.output(), "output", expected);
  if (inverse ? in.back() != length + 2 : in.back() > length) {
    view.fail("input {} for a transform of {}", shape_text(view.input()), length);
  }
  const std::vector<std::int32_t> stages = stages_of(view, length / 2);
  bl_signal_fft_params params{
      .frames = static_cast<std::int32_t>(view.input().elements() / in.back()),
      .fft_length = length,
      .input_length = in.back(),
      .output_length = out.back(),
      .stages = static_cast<std::int32_t>(stages.size()),
      .radix = {}};
  if (stages.size() > std::size(params.radix)) view.not_modelled("{} stages", stages.size());
  std::ranges::copy(stages, params.radix);
  return view.finish(params, {view.tensor_operand(0), factors_operand(view, length / 2, inverse),
                              view.output_operand()});
}

PreparedOperator prepare_rfft(const OperatorView& view) { return prepare_fft(view, false); }
PreparedOperator prepare_irfft(const OperatorView& view) { return prepare_fft(view, true); }

std::span<const std::int32_t> stages(const bl_signal_fft_params& p) {
  return {p.radix, static_cast<std::size_t>(p.stages)};
}

// What a transform of pairs lacks to be one of the numbers themselves, and back.
template <class T>
std::pair<Complex<T>, Complex<T>> halves(Complex<T> low, Complex<T> high, Complex<T> factor) {
  using A = FourierArithmetic<T>;
  const Complex<T> a = A::divided(low, 2);
  const Complex<T> b = A::divided(high.conjugate(), 2);
  return {a + b, A::times(a - b, factor)};
}

template <class E>
void answer_rfft(const KernelCall& call) {
  using T = typename E::Storage;
  using A = FourierArithmetic<T>;
  using C = Complex<T>;
  const auto p = call.params<bl_signal_fft_params>();
  const std::int32_t n = p.fft_length / 2;
  const C* factors = call.input<C>(1);
  for (std::int32_t frame = 0; frame < p.frames; ++frame) {
    std::vector<T> values(static_cast<std::size_t>(p.fft_length));
    std::copy_n(call.input<T>(0) + std::int64_t{frame} * p.input_length, p.input_length,
                values.begin());
    const std::vector<C> t =
        Transform<T>(factors, stages(p), false).run(reinterpret_cast<const C*>(values.data()), n);
    C* out = reinterpret_cast<C*>(call.output<T>() + std::int64_t{frame} * p.output_length);
    const C first = A::divided(t[0], 2);
    out[0] = {T(first.re + first.im), 0};
    out[n] = {T(first.re - first.im), 0};
    for (std::int32_t k = 1; k <= n / 2; ++k) {
      const auto [both, turned] = halves(t[static_cast<std::size_t>(k)],
                                         t[static_cast<std::size_t>(n - k)], factors[n + k - 1]);
      out[k] = {A::half(both.re + turned.re), A::half(both.im + turned.im)};
      out[n - k] = {A::half(both.re - turned.re), A::half(turned.im - both.im)};
    }
  }
}

template <class E>
void answer_irfft(const KernelCall& call) {
  using T = typename E::Storage;
  using A = FourierArithmetic<T>;
  using C = Complex<T>;
  const auto p = call.params<bl_signal_fft_params>();
  const std::int32_t n = p.fft_length / 2;
  const C* factors = call.input<C>(1);
  for (std::int32_t frame = 0; frame < p.frames; ++frame) {
    const C* in =
        reinterpret_cast<const C*>(call.input<T>(0) + std::int64_t{frame} * p.input_length);
    std::vector<C> t(static_cast<std::size_t>(n));
    t[0] = A::divided(C{T(in[0].re + in[n].re), T(in[0].re - in[n].re)}, 2);
    for (std::int32_t k = 1; k <= n / 2; ++k) {
      const auto [both, turned] = halves(in[k], in[n - k], factors[n + k - 1]);
      t[static_cast<std::size_t>(k)] = both + turned;
      t[static_cast<std::size_t>(n - k)] = (both - turned).conjugate();
    }
    std::vector<C> out = Transform<T>(factors, stages(p), true).run(t.data(), n);
    if constexpr (std::is_floating_point_v<T>) {
      // Integers were divided on the way.
      const auto length = static_cast<T>(p.fft_length);
      for (C& value : out) value = {value.re / length, value.im / length};
    }
    std::copy(out.begin(), out.end(),
              reinterpret_cast<C*>(call.output<T>() + std::int64_t{frame} * p.output_length));
  }
}

constexpr Kernel kRfft[] = {kernel<Int16>("signal_rfft", answer_rfft<Int16>),
                            kernel<Int32>("signal_rfft", answer_rfft<Int32>),
                            kernel<Float32>("signal_rfft", answer_rfft<Float32>)};
constexpr Kernel kIrfft[] = {kernel<Int16>("signal_irfft", answer_irfft<Int16>),
                             kernel<Int32>("signal_irfft", answer_irfft<Int32>),
                             kernel<Float32>("signal_irfft", answer_irfft<Float32>)};

constexpr OperatorRecord kRecords[] = {
    signal_record("SignalRfft", 1, 1, prepare_rfft, kRfft),
    signal_record("SignalIrfft", 1, 1, prepare_irfft, kIrfft),
};

}  // namespace

std::span<const OperatorRecord> transform_operators() { return kRecords; }

}  // namespace boardless::workloads
