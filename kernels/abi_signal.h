// The parameters of custom operators' kernels (kernels/abi.h): the Signal library's,
// CIRCULAR_BUFFER's and TFLite_Detection_PostProcess's.
#ifndef BOARDLESS_KERNELS_ABI_SIGNAL_H_
#define BOARDLESS_KERNELS_ABI_SIGNAL_H_

#include "kernels/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

// signal_window_s16. Operands: input int16 [frames][size], weights int16 [size], output int16:
// products shifted right and saturated.
struct bl_signal_window_params {
  int32_t frames, size, shift;
};

// signal_fft_auto_scale_s16. Operands: input int16, output int16, shift int32: the input shifted
// left by as much as its largest magnitude allows, and that shift.
struct bl_signal_auto_scale_params {
  int32_t count;
};

// signal_rfft_s16, _s32, _f32, signal_irfft_…: a real transform of even length by one of half that
// length over complex numbers, in stages of radix 2, 3, 4 and 5; integers are divided by the radix
// before each stage, floats by the length behind an inverse. Operands: input
// [frames][input_length], state, output. A spectrum is fft_length / 2 + 1 complex numbers. State,
// written by nobody: the twiddle factors of the complex transform, then those that combine its
// halves (fft_length / 4).
struct bl_signal_fft_params {
  int32_t frames;
  int32_t fft_length;
  int32_t input_length;  // of a frame, in scalars; up to fft_length it is padded with zeros
  int32_t output_length;
  int32_t stages;
  int32_t radix[16];
};

// signal_energy_s16_u32. Operands: input complex int16, output uint32: squared magnitudes from
// `start` to before `end`, elsewhere 0.
struct bl_signal_energy_params {
  int32_t count, start, end;
};

// signal_filter_bank_u32_u64. Operands: input uint32, weights int16, unweights int16, frequency
// starts int16 [channels + 1], weight starts int16 [channels + 1], widths int16 [channels + 1],
// sums uint64 [channels + 1], which is work space, output uint64 [channels].
struct bl_signal_filter_bank_params {
  int32_t channels;
};

// signal_square_root_u64_u32. Operands: input uint64, shift int32 [1], output uint32: the nearest
// root, shifted right.
struct bl_signal_square_root_params {
  int32_t channels;
};

// signal_spectral_subtraction_u32. Operands: input uint32, noise uint32 [channels], which is state,
// output uint32, noise estimate uint32. Odd channels are smoothed by the second pair of factors.
struct bl_signal_spectral_subtraction_params {
  int32_t channels;
  uint32_t smoothing[2], one_minus_smoothing[2];
  uint32_t min_signal_remaining;
  int32_t clamping;
  int32_t smoothing_bits, spectral_subtraction_bits;
};

// signal_pcan_u32. Operands: input uint32, noise estimate uint32, gain table int16, output uint32.
struct bl_signal_pcan_params {
  int32_t channels, snr_shift;
};

// signal_filter_bank_log_u32_s16. Operands: input uint32, table uint16 [130]: what log2(1 + i /
// 128) is above i / 128, in 1/65536; output int16: the natural logarithm times output_scale.
struct bl_signal_log_params {
  int32_t channels, output_scale, correction_bits;
};

// A ring of int16 that is stored twice, one copy behind the other, so that what wraps around can be
// read in one piece: the head of the state of the kernels below.
struct bl_ring {
  int32_t read, write, is_empty, flag;  // flag: the kernel's own
};

// signal_delay_s16, signal_framer_s16. Operands: input int16 [outer][length], state of a bl_ring
// and int16 [2 * capacity] for each outer row; delay: output int16; framer: output int16
// [outer][length / step][size], valid bool [1].
struct bl_signal_ring_params {
  int32_t outer, length, capacity;
  int32_t size, step;  // framer only
};

// signal_stacker_s16. Operands: input int16 [channels], state as above, output int16 [capacity],
// valid bool [1].
struct bl_signal_stacker_params {
  int32_t channels, capacity, step, left_context;
};

// signal_overlap_add_s16, _f32. Operands: input [outer][frames][size], state [outer][size], output
// [outer][frames][step].
struct bl_signal_overlap_add_params {
  int32_t outer, frames, size, step;
};

// circular_buffer_s8. Operands: input int8 [depth], output int8 [slots][depth], which is state: it
// moves one slot towards its beginning, and the input comes last. What stands behind it in the
// model runs each `period`-th time.
struct bl_circular_buffer_params {
  int32_t slots, depth;
  int32_t period;
};

// detection_postprocess_f32. Operands: encodings float [boxes][encoding_length] (y, x, height,
// width), scores float [boxes][scored_classes], the first of which may stand for the background,
// anchors float [boxes][4], detected boxes float [places][4], their classes and their scores float
// [places], their number float [1].
struct bl_detection_postprocess_params {
  int32_t boxes, encoding_length;
  int32_t scored_classes, classes;
  int32_t max_detections, places;
  int32_t detections_per_class;  // boxes compete in each class; 0: with their highest class alone
  float score_threshold, overlap_threshold;
  float scale[4];  // of y, x, height, width
};

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // BOARDLESS_KERNELS_ABI_SIGNAL_H_
