// Which operators are run on which element types, and by which of the bundled kernel libraries.
#pragma once

#include <string>
#include <vector>

namespace boardless::prediction {

struct KernelSupport {
  std::string types;                   // "int8"; "int8 to float32"; "int8 with int4 weights"
  std::string kernel;                  // "conv_2d_s8"
  std::vector<std::string> libraries;  // "reference", "scalar", "dsp"; empty: only the host has it
  std::string within;  // how far from the host's answer: "2 ULP"; empty: bit for bit
};

struct OperatorSupport {
  std::string name;                    // "CONV_2D"; a custom operator's own
  std::vector<KernelSupport> kernels;  // none: it says what runs, or names a variable
  std::string note;       // where its answer is not TensorFlow Lite Micro's, and why; may be empty
  std::string lite_note;  // where TensorFlow Lite's is another than both; may be empty
};

// By name.
std::vector<OperatorSupport> operator_support();

}  // namespace boardless::prediction
