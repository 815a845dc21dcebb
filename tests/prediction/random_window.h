// Draws the geometry of an operator that slides a window.
#pragma once

#include <algorithm>

#include "tests/prediction/random_builder.h"

namespace boardless::prediction {

struct Window {
  int input_h = 1, input_w = 1, filter_h = 1, filter_w = 1, stride_h = 1, stride_w = 1;
  int dilation_h = 1, dilation_w = 1, output_h = 1, output_w = 1;
  workloads::Padding padding = workloads::Padding::kSame;
};

inline int window_positions(int input, int filter, int stride, int dilation,
                            workloads::Padding padding) {
  const int span = (filter - 1) * dilation + 1;
  return padding == workloads::Padding::kSame ? (input + stride - 1) / stride
                                              : (input - span) / stride + 1;
}

// Sets the output's extents by the rest.
inline void place(Window& w) {
  w.output_h = window_positions(w.input_h, w.filter_h, w.stride_h, w.dilation_h, w.padding);
  w.output_w = window_positions(w.input_w, w.filter_w, w.stride_w, w.dilation_w, w.padding);
}

inline Window random_window(Dice& dice, bool may_dilate) {
  Window w;
  w.padding = dice.one_in(2) ? workloads::Padding::kSame : workloads::Padding::kValid;
  const bool square = !dice.one_in(3);
  w.filter_h = dice.of({1, 1, 2, 3, 3, 3, 4, 5});
  w.filter_w = square ? w.filter_h : dice.between(1, 6);
  w.stride_h = dice.of({1, 1, 2, 2, 3});
  w.stride_w = square ? w.stride_h : dice.between(1, 3);
  if (may_dilate && dice.one_in(4)) {
    w.dilation_h = dice.between(1, 3);
    w.dilation_w = dice.between(1, 3);
  }
  const int span_h = (w.filter_h - 1) * w.dilation_h + 1;
  const int span_w = (w.filter_w - 1) * w.dilation_w + 1;
  const bool same = w.padding == workloads::Padding::kSame;
  w.input_h = dice.between(same ? 1 : span_h, std::max(span_h, 9));
  w.input_w = dice.between(same ? 1 : span_w, std::max(span_w, 11));
  place(w);
  return w;
}

}  // namespace boardless::prediction
