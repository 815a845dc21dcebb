// Numbers in a zoo file, which may depend on parameters, block arguments and the layer's input.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <map>
#include <string>

#include "workloads/zoo/yaml.h"

namespace boardless::workloads {

// What `$name` and layer names mean at one place: the network's parameters or a block's arguments,
// and the tensors of the layers named so far.
struct ZooScope {
  std::string file;
  std::map<std::string, double> numbers;
  std::map<std::string, int> tensors;
};

// A number is one of
//   64                                   itself
//   $classes                             a parameter, or an argument of the enclosing block
//   4 * $filters                         arithmetic: + - * / and parentheses
//   {scale: 64}                          64 * width, rounded to a multiple of 8 (see below)
//   {scale: 1280, at_least: 1280}        the same, with a lower bound
//   {times_input: 6}                     6 * the channels of the layer's input
//   {round_up: 4 * $depth}               the next whole number
// `{scale: …}` rounds to the nearest multiple of 8 (`divisor: …` for another), never below it, and
// up instead where that would lose more than a tenth. Throws InputError with file and line.
double evaluate_number(const YAML::Node& node, const ZooScope& scope, std::int64_t input_channels);
// The same, where only a whole number of at least `minimum` will do.
std::int32_t evaluate_count(const YAML::Node& node, const ZooScope& scope,
                            std::int64_t input_channels, std::int32_t minimum = 1);

// How `scale` and `zero_point` of a map say that int8 values are quantised.
struct ZooQuantisation {
  float scale = 0;
  std::int64_t zero_point = 0;
};
ZooQuantisation read_zoo_quantisation(ZooMap& map, const ZooScope& scope, const std::string& what);

// The tensor a layer's name stands for; "previous" is `previous`.
int named_tensor(const YAML::Node& name, const ZooScope& scope, int previous);

}  // namespace boardless::workloads
