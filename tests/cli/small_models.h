// Small models, good and bad, as the bytes of their .tflite files.
#pragma once

#include <string>

namespace boardless::cli {

// Two fully connected layers between float32 input (1x784) and output.
std::string small_model();
// TANH of four floats.
std::string tanh_model();
// A float64 FULLY_CONNECTED.
std::string double_model();
// The small model's like with its second operator's code replaced.
std::string model_with_operator(int builtin_code);
// Its graph output is a constant; its graph output is an int32 input that no operator reads.
std::string constant_output_model();
std::string half_precision_output_model();
// Names that a terminal, a spreadsheet or a JSON reader would trip over.
std::string model_with_hostile_names();
// Two tensors of 2 GB and hardly anything to compute.
std::string huge_model();
// No operator at all: the output is the input.
std::string empty_model();

}  // namespace boardless::cli
