// The layer kinds a zoo file may use: each reads its keys and appends one operator to the graph.
#pragma once

#include <string>
#include <vector>

#include "workloads/graph/graph.h"
#include "workloads/zoo/expression.h"
#include "workloads/zoo/yaml.h"

namespace boardless::workloads {

std::vector<std::string> zoo_layer_kinds();  // sorted

// Appends the layer `kind` with the keys `args` on the tensor `input` and returns its output
// tensors. Weights and biases get their shape only; contents and quantisation are left to
// calibration.
//
//   conv                 filters, kernel, stride, dilation, padding, activation
//   depthwise_conv       kernel, multiplier, stride, dilation, padding, activation
//   fully_connected      units, activation, bias (true)
//   average_pool         kernel, stride (the kernel), padding (valid), activation; so max_pool
//   global_average_pool  stride (the window)
//   add, sub, mul, squared_difference  inputs: [name, name], activation (but the last), when
//                        (`same_shape` leaves the layer out where the shapes differ; else an extent
//                        of 1 is repeated)
//   scale                by (a number);  one_minus
//   batch_matmul         inputs: [name, name], transpose_right
//   parameter            shape (what training has learned, for the layers that take inputs)
//   batch_norm           activation (where it follows no convolution: a MUL and an ADD)
//   mean                 (over height and width) or axes: [dimension, …], which stay as 1
//   lstm                 units, on [steps, features]
//   svdf                 units, memory, rank (1)
//   state                shape, scale and zero_point (else those of what it is joined with): what
//                        `assign` left in the last invocation
//   assign               state: name, value: name (the input, which is what is left behind)
//   pad                  height: [before, after], width: [before, after]
//   reshape              shape, one of which may be -1 (what is left);  flatten
//   concat               inputs: [name, …], axis (the last dimension); see topology.cc for the
//                        list of branches that may stand in place of the keys
//   split                parts, names: [name, …]
//   transpose            order: [dimension, …], without the batch
//   slice                axis, first or last (how many of its entries)
//   resize_bilinear      size, align_corners, half_pixel_centers
//   resize_nearest       factor, align_corners, half_pixel_centers
//   arg_max              (over the channels)
//   detection_postprocess  inputs: [boxes, scores], classes, detections, names: [4 names]
//   leaky_relu           slope
//   softmax, logistic, tanh, rsqrt, relu, relu6, quantize, dequantize
//   requantize           (to a quantisation of its own, where a concatenation joins several)
// kernel and stride are a number or [height, width]; padding is `same` or `valid`; activation is
// `none`, `relu` or `relu6`. Throws InputError with file and line.
std::vector<int> append_zoo_layer(const std::string& kind, ZooMap& args, const ZooScope& scope,
                                  int input, Graph& graph);

// Joins the ends of branches along the channels.
int append_zoo_concatenation(const YAML::Node& branches, const ZooScope& scope,
                             const std::vector<int>& inputs, Graph& graph);

}  // namespace boardless::workloads
