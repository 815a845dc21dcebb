// The discrete Fourier transform of complex numbers in stages of radix 2, 3, 4 and 5, on integers
// in fixed point or floats, operation by operation as KISS FFT has them: for the host's answers.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace boardless::workloads {

// A number whose parts wrap around as the type does.
template <class T>
struct Complex {
  T re = 0, im = 0;
  friend Complex operator+(Complex a, Complex b) { return {T(a.re + b.re), T(a.im + b.im)}; }
  friend Complex operator-(Complex a, Complex b) { return {T(a.re - b.re), T(a.im - b.im)}; }
  Complex conjugate() const { return {re, T(-im)}; }
  Complex turned() const { return {T(-im), re}; }  // times i
};

// Products, and the division before a stage, rounded half up to the type's fractions.
template <class T>
struct FourierArithmetic {
  using Wide = std::conditional_t<std::is_floating_point_v<T>, T, std::int64_t>;
  static T rounded(Wide product) {
    if constexpr (std::is_floating_point_v<T>) {
      return product;
    } else {
      constexpr int kBits = std::numeric_limits<T>::digits;
      return static_cast<T>((product + (Wide{1} << (kBits - 1))) >> kBits);
    }
  }
  static T times(T a, T b) { return rounded(Wide{a} * b); }
  static Complex<T> times(Complex<T> a, Complex<T> b) {
    return {rounded(Wide{a.re} * b.re - Wide{a.im} * b.im),
            rounded(Wide{a.re} * b.im + Wide{a.im} * b.re)};
  }
  static Complex<T> divided(Complex<T> a, int radix) {
    if constexpr (std::is_floating_point_v<T>) {
      return a;
    } else {
      const T part = static_cast<T>(std::numeric_limits<T>::max() / radix);
      return {times(a.re, part), times(a.im, part)};
    }
  }
  static T half(std::conditional_t<std::is_same_v<T, std::int16_t>, int, T> value) {
    if constexpr (std::is_floating_point_v<T>) {
      return value * T{0.5};
    } else {
      return static_cast<T>(value >> 1);
    }
  }
};

template <class T>
class Transform {
 public:
  using C = Complex<T>;
  using A = FourierArithmetic<T>;

  // `factors` are those of the unit circle, `stages` the radices, whose product is the length.
  Transform(const C* factors, std::span<const std::int32_t> stages, bool inverse)
      : factors_(factors), stages_(stages), inverse_(inverse) {}

  // Of `in`, every `stride`-th, from stage `stage` on.
  std::vector<C> run(const C* in, std::int32_t length, std::int32_t stride = 1,
                     std::size_t stage = 0) const {
    if (length == 1) return {*in};
    const std::int32_t radix = stages_[stage];
    const std::int32_t m = length / radix;
    std::vector<std::vector<C>> parts;
    for (std::int32_t i = 0; i < radix; ++i) {
      parts.push_back(
          run(in + static_cast<std::ptrdiff_t>(i) * stride, m, stride * radix, stage + 1));
    }
    std::vector<C> out(static_cast<std::size_t>(length));
    for (std::int32_t k = 0; k < m; ++k) {
      std::vector<C> terms;
      for (std::int32_t i = 0; i < radix; ++i) {
        const C divided =
            A::divided(parts[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)], radix);
        terms.push_back(i == 0 ? divided : A::times(divided, factors_[i * k * stride]));
      }
      const std::vector<C> joined = join(terms, stride * m);
      for (std::int32_t i = 0; i < radix; ++i) {
        out[static_cast<std::size_t>(i * m + k)] = joined[static_cast<std::size_t>(i)];
      }
    }
    return out;
  }

 private:
  // `turn`: where the factors' circle is one radix-th around.
  std::vector<C> join(const std::vector<C>& t, std::int32_t turn) const {
    if (t.size() == 2) return {t[0] + t[1], t[0] - t[1]};
    if (t.size() == 3) return join_3(t, factors_[turn].im);
    if (t.size() == 4) {
      const C side = (t[1] - t[3]).turned();
      const C even = t[0] - t[2];
      const C all = t[0] + t[2];
      const C both = t[1] + t[3];
      const C behind = even - side;
      const C before = even + side;
      return {all + both, inverse_ ? before : behind, all - both, inverse_ ? behind : before};
    }
    return join_5(t, factors_[turn], factors_[2 * turn]);
  }

  static std::vector<C> join_3(const std::vector<C>& t, T turn) {
    const C both = t[1] + t[2];
    const C apart = t[1] - t[2];
    const C middle = t[0] - C{A::half(both.re), A::half(both.im)};
    const C side = C{A::times(apart.re, turn), A::times(apart.im, turn)}.turned();
    return {t[0] + both, middle + side, middle - side};
  }

  static std::vector<C> join_5(const std::vector<C>& t, C once, C twice) {
    const C outer = t[1] + t[4];
    const C inner = t[2] + t[3];
    const C outer_apart = t[1] - t[4];
    const C inner_apart = t[2] - t[3];
    const auto mixed = [](C a, T by_a, C b, T by_b) {
      return std::pair(C{A::times(a.re, by_a), A::times(a.im, by_a)},
                       C{A::times(b.re, by_b), A::times(b.im, by_b)});
    };
    const auto [near_a, near_b] = mixed(outer, once.re, inner, twice.re);
    const auto [far_a, far_b] = mixed(outer, twice.re, inner, once.re);
    const auto [near_side_a, near_side_b] = mixed(outer_apart, once.im, inner_apart, twice.im);
    const auto [far_side_a, far_side_b] = mixed(outer_apart, twice.im, inner_apart, once.im);
    const C near = t[0] + near_a + near_b;
    const C far = t[0] + far_a + far_b;
    // Times i, in the order in which parts are added.
    const C near_side = near_side_a.turned() + near_side_b.turned();
    const C far_side = far_side_a.turned() - far_side_b.turned();
    return {t[0] + (outer + inner), near + near_side, far + far_side, far - far_side,
            near - near_side};
  }

  const C* factors_;
  std::span<const std::int32_t> stages_;
  bool inverse_;
};

}  // namespace boardless::workloads
