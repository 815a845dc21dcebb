// The layer kinds a zoo file may use: each reads its keys and appends one operator to the graph.
#pragma once

#include <string>
#include <vector>

#include "workloads/graph.h"
#include "workloads/zoo_expression.h"
#include "workloads/zoo_yaml.h"

namespace boardless::workloads {

std::vector<std::string> zoo_layer_kinds();  // sorted

// Appends the layer `kind` with the keys `args` on the tensor `input` and returns its output
// tensor. Weights and biases get their shape and zero bytes; quantisation is left to calibration.
//
//   conv                 filters, kernel, stride, padding, activation
//   depthwise_conv       kernel, multiplier, stride, padding, activation
//   fully_connected      units, activation
//   average_pool         kernel, stride (the kernel), padding (valid), activation; so max_pool
//   global_average_pool  stride (the window)
//   add, mul             inputs: [name, name], activation, when (`same_shape` leaves the layer out
//                        where the shapes differ)
//   mean                 (over height and width)
//   pad                  height: [before, after], width: [before, after]
//   reshape              shape;  flatten
//   softmax, relu, relu6, quantize, dequantize
// kernel and stride are a number or [height, width]; padding is `same` or `valid`; activation is
// `none`, `relu` or `relu6`. Throws InputError with file and line.
int append_zoo_layer(const std::string& kind, ZooMap& args, const ZooScope& scope, int input,
                     Graph& graph);

}  // namespace boardless::workloads
