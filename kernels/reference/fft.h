// Transforms of one scalar type, which the file that includes this defines: SCALAR, WIDE (for
// products), NAME(stem) (stem with the type's suffix), ROUNDED(product), DIVIDED(value, radix),
// HALF(value), and where an inverse is divided by its length at its end, RESTORED(value, length).
// As KISS FFT computes them for the Signal library: decimation in time, each stage behind the
// smaller transforms that it joins.

typedef struct {
  SCALAR r, i;
} NAME(complex);

#define C NAME(complex)

static inline C NAME(product)(C a, C b) {
  const C result = {ROUNDED((WIDE)a.r * b.r - (WIDE)a.i * b.i),
                    ROUNDED((WIDE)a.r * b.i + (WIDE)a.i * b.r)};
  return result;
}
static inline SCALAR NAME(scaled)(SCALAR a, SCALAR b) { return ROUNDED((WIDE)a * b); }
static inline C NAME(sum)(C a, C b) {
  const C result = {(SCALAR)(a.r + b.r), (SCALAR)(a.i + b.i)};
  return result;
}
static inline C NAME(difference)(C a, C b) {
  const C result = {(SCALAR)(a.r - b.r), (SCALAR)(a.i - b.i)};
  return result;
}
static inline C NAME(divided)(C a, int32_t radix) {
  const C result = {DIVIDED(a.r, radix), DIVIDED(a.i, radix)};
  (void)radix;
  return result;
}

BL_ADDED_KERNEL(NAME(radix_2))
static void NAME(radix_2)(C* out, const C* twiddles, int32_t stride, int32_t m) {
  for (int32_t k = 0; k < m; ++k) {
    const C a = NAME(divided)(out[k], 2);
    const C b = NAME(product)(NAME(divided)(out[k + m], 2), twiddles[k * stride]);
    out[k + m] = NAME(difference)(a, b);
    out[k] = NAME(sum)(a, b);
  }
}

BL_ADDED_KERNEL(NAME(radix_3))
static void NAME(radix_3)(C* out, const C* twiddles, int32_t stride, int32_t m) {
  const SCALAR turn = twiddles[stride * m].i;
  for (int32_t k = 0; k < m; ++k) {
    const C a = NAME(divided)(out[k], 3);
    const C b = NAME(product)(NAME(divided)(out[k + m], 3), twiddles[k * stride]);
    const C c = NAME(product)(NAME(divided)(out[k + 2 * m], 3), twiddles[2 * k * stride]);
    const C both = NAME(sum)(b, c);
    const C apart = NAME(difference)(b, c);
    const C half = {(SCALAR)(a.r - HALF(both.r)), (SCALAR)(a.i - HALF(both.i))};
    const C turned = {NAME(scaled)(apart.r, turn), NAME(scaled)(apart.i, turn)};
    const C second = {(SCALAR)(half.r - turned.i), (SCALAR)(half.i + turned.r)};
    const C third = {(SCALAR)(half.r + turned.i), (SCALAR)(half.i - turned.r)};
    out[k] = NAME(sum)(a, both);
    out[k + m] = second;
    out[k + 2 * m] = third;
  }
}

BL_ADDED_KERNEL(NAME(radix_4))
static void NAME(radix_4)(C* out, const C* twiddles, int32_t stride, int32_t m, int32_t inverse) {
  for (int32_t k = 0; k < m; ++k) {
    const C a = NAME(divided)(out[k], 4);
    const C b = NAME(product)(NAME(divided)(out[k + m], 4), twiddles[k * stride]);
    const C c = NAME(product)(NAME(divided)(out[k + 2 * m], 4), twiddles[2 * k * stride]);
    const C d = NAME(product)(NAME(divided)(out[k + 3 * m], 4), twiddles[3 * k * stride]);
    const C even = NAME(difference)(a, c);
    const C all = NAME(sum)(a, c);
    const C both = NAME(sum)(b, d);
    const C apart = NAME(difference)(b, d);
    const C plus = {(SCALAR)(even.r + apart.i), (SCALAR)(even.i - apart.r)};
    const C minus = {(SCALAR)(even.r - apart.i), (SCALAR)(even.i + apart.r)};
    out[k + 2 * m] = NAME(difference)(all, both);
    out[k] = NAME(sum)(all, both);
    out[k + m] = inverse ? minus : plus;
    out[k + 3 * m] = inverse ? plus : minus;
  }
}

BL_ADDED_KERNEL(NAME(radix_5))
static void NAME(radix_5)(C* out, const C* twiddles, int32_t stride, int32_t m) {
  const C ya = twiddles[stride * m], yb = twiddles[2 * stride * m];
  for (int32_t k = 0; k < m; ++k) {
    C in[5];
    for (int32_t i = 0; i < 5; ++i) {
      in[i] = NAME(divided)(out[k + i * m], 5);
      if (i > 0) in[i] = NAME(product)(in[i], twiddles[i * k * stride]);
    }
    const C outer = NAME(sum)(in[1], in[4]), outer_apart = NAME(difference)(in[1], in[4]);
    const C inner = NAME(sum)(in[2], in[3]), inner_apart = NAME(difference)(in[2], in[3]);
    const C all = {(SCALAR)(in[0].r + (SCALAR)(outer.r + inner.r)),
                   (SCALAR)(in[0].i + (SCALAR)(outer.i + inner.i))};
    const C near = {(SCALAR)(in[0].r + NAME(scaled)(outer.r, ya.r) + NAME(scaled)(inner.r, yb.r)),
                    (SCALAR)(in[0].i + NAME(scaled)(outer.i, ya.r) + NAME(scaled)(inner.i, yb.r))};
    const C near_turned = {
        (SCALAR)(NAME(scaled)(outer_apart.i, ya.i) + NAME(scaled)(inner_apart.i, yb.i)),
        (SCALAR)(-NAME(scaled)(outer_apart.r, ya.i) - NAME(scaled)(inner_apart.r, yb.i))};
    const C far = {(SCALAR)(in[0].r + NAME(scaled)(outer.r, yb.r) + NAME(scaled)(inner.r, ya.r)),
                   (SCALAR)(in[0].i + NAME(scaled)(outer.i, yb.r) + NAME(scaled)(inner.i, ya.r))};
    const C far_turned = {
        (SCALAR)(-NAME(scaled)(outer_apart.i, yb.i) + NAME(scaled)(inner_apart.i, ya.i)),
        (SCALAR)(NAME(scaled)(outer_apart.r, yb.i) - NAME(scaled)(inner_apart.r, ya.i))};
    out[k] = all;
    out[k + m] = NAME(difference)(near, near_turned);
    out[k + 4 * m] = NAME(sum)(near, near_turned);
    out[k + 2 * m] = NAME(sum)(far, far_turned);
    out[k + 3 * m] = NAME(difference)(far, far_turned);
  }
}

// The transform of `m` * radix[0] numbers, `stride` apart.
BL_ADDED_KERNEL(NAME(transform))
static void NAME(transform)(C* out, const C* in, const C* twiddles, int32_t stride,
                            const int32_t* radix, int32_t length, int32_t inverse) {
  const int32_t p = radix[0], m = length / p;
  for (int32_t i = 0; i < p; ++i) {
    if (m == 1) {
      out[i] = in[i * stride];
    } else {
      NAME(transform)(out + i * m, in + i * stride, twiddles, stride * p, radix + 1, m, inverse);
    }
  }
  switch (p) {
    case 2:
      NAME(radix_2)(out, twiddles, stride, m);
      break;
    case 3:
      NAME(radix_3)(out, twiddles, stride, m);
      break;
    case 4:
      NAME(radix_4)(out, twiddles, stride, m, inverse);
      break;
    default:
      NAME(radix_5)(out, twiddles, stride, m);
      break;
  }
}

// One frame of real numbers; `halves` is room for its complex transform.
BL_ADDED_KERNEL(NAME(real_transform))
static void NAME(real_transform)(const struct bl_signal_fft_params* p, const C* state,
                                 const SCALAR* in, C* halves, C* out) {
  const int32_t n = p->fft_length / 2;
  const C* combining = state + n;
  NAME(transform)(halves, (const C*)in, state, 1, p->radix, n, 0);
  const C first = NAME(divided)(halves[0], 2);
  out[0].r = (SCALAR)(first.r + first.i);
  out[n].r = (SCALAR)(first.r - first.i);
  out[0].i = out[n].i = 0;
  for (int32_t k = 1; k <= n / 2; ++k) {
    const C mirrored = {halves[n - k].r, (SCALAR)-halves[n - k].i};
    const C a = NAME(divided)(halves[k], 2), b = NAME(divided)(mirrored, 2);
    const C both = NAME(sum)(a, b);
    const C turned = NAME(product)(NAME(difference)(a, b), combining[k - 1]);
    out[k].r = HALF(both.r + turned.r);
    out[k].i = HALF(both.i + turned.i);
    out[n - k].r = HALF(both.r - turned.r);
    out[n - k].i = HALF(turned.i - both.i);
  }
}

BL_ADDED_KERNEL(NAME(inverse_real_transform))
static void NAME(inverse_real_transform)(const struct bl_signal_fft_params* p, const C* state,
                                         const C* in, C* halves, SCALAR* out) {
  const int32_t n = p->fft_length / 2;
  const C* combining = state + n;
  const C first = {(SCALAR)(in[0].r + in[n].r), (SCALAR)(in[0].r - in[n].r)};
  halves[0] = NAME(divided)(first, 2);
  for (int32_t k = 1; k <= n / 2; ++k) {
    const C mirrored = {in[n - k].r, (SCALAR)-in[n - k].i};
    const C a = NAME(divided)(in[k], 2), b = NAME(divided)(mirrored, 2);
    const C both = NAME(sum)(a, b);
    const C turned = NAME(product)(NAME(difference)(a, b), combining[k - 1]);
    const C last = NAME(difference)(both, turned);
    halves[k] = NAME(sum)(both, turned);
    halves[n - k].r = last.r;
    halves[n - k].i = (SCALAR)-last.i;
  }
  NAME(transform)((C*)out, halves, state, 1, p->radix, n, 1);
#ifdef RESTORED
  for (int32_t i = 0; i < p->fft_length; ++i) out[i] = RESTORED(out[i], p->fft_length);
#endif
}

BL_ADDED_KERNEL(NAME(reference_signal_rfft))
int32_t NAME(reference_signal_rfft)(const void* params, void* const* operands, void* scratch) {
  const struct bl_signal_fft_params* p = params;
  const SCALAR* input = operands[0];
  SCALAR* output = operands[2];
  SCALAR* frame = scratch;
  for (int32_t i = 0; i < p->frames; ++i) {
    memcpy(frame, input, (size_t)p->input_length * sizeof *frame);
    memset(frame + p->input_length, 0, (size_t)(p->fft_length - p->input_length) * sizeof *frame);
    NAME(real_transform)(p, operands[1], frame, (C*)(frame + p->fft_length), (C*)output);
    input += p->input_length;
    output += p->output_length;
  }
  return 0;
}

BL_ADDED_KERNEL(NAME(reference_signal_irfft))
int32_t NAME(reference_signal_irfft)(const void* params, void* const* operands, void* scratch) {
  const struct bl_signal_fft_params* p = params;
  const SCALAR* input = operands[0];
  SCALAR* output = operands[2];
  for (int32_t i = 0; i < p->frames; ++i) {
    NAME(inverse_real_transform)(p, operands[1], (const C*)input, scratch, output);
    input += p->input_length;
    output += p->output_length;
  }
  return 0;
}

#undef C
#undef SCALAR
#undef WIDE
#undef NAME
#undef ROUNDED
#undef DIVIDED
#undef HALF
#undef RESTORED
