// Writes what models answered to the file of `--save-output`.
#pragma once

#include <string>
#include <vector>

#include "prediction/session.h"

namespace boardless::cli {

class OutputTensors {
 public:
  // `file` may hold {model} and {output}: the model's name and the output's number, from 0. A name
  // that ends in .npy gets NumPy's format, any other the elements' bytes. Empty: nothing is kept.
  explicit OutputTensors(std::string file) : file_(std::move(file)) {}

  void keep(const std::string& model, const std::vector<prediction::OutputTensor>& outputs);
  // Throws InputError when two outputs would be written to one file, when there are none, and when
  // a file cannot be written.
  void write() const;

 private:
  struct File {
    std::string path, bytes;
  };
  std::string file_;
  std::vector<File> files_;
};

}  // namespace boardless::cli
