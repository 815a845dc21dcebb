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
//   fully_connected      units, activation
//   average_pool         kernel, stride (the kernel), padding (valid), activation; so max_pool
//   global_average_pool  stride (the window)
//   add, mul             inputs: [name, name], activation, when (`same_shape` leaves the layer out
//                        where the shapes differ)
//   batch_norm           activation (where it follows no convolution: a MUL and an ADD)
//   mean                 (over height and width)
//   pad                  height: [before, after], width: [before, after]
//   reshape              shape, one of which may be -1 (what is left);  flatten
//   concat               inputs: [name, …], axis (the last dimension); see topology.cc for the
//                        list of branches that may stand in place of the keys
//   split                parts, names: [name, …]
//   resize_bilinear      size, align_corners, half_pixel_centers
//   resize_nearest       factor, align_corners, half_pixel_centers
//   arg_max              (over the channels)
//   detection_postprocess  inputs: [boxes, scores], classes, detections, names: [4 names]
//   softmax, logistic, relu, relu6, quantize, dequantize
// kernel and stride are a number or [height, width]; padding is `same` or `valid`; activation is
// `none`, `relu` or `relu6`. Throws InputError with file and line.
std::vector<int> append_zoo_layer(const std::string& kind, ZooMap& args, const ZooScope& scope,
                                  int input, Graph& graph);

// Joins the ends of branches along the channels.
int append_zoo_concatenation(const YAML::Node& branches, const ZooScope& scope,
                             const std::vector<int>& inputs, Graph& graph);

}  // namespace boardless::workloads
