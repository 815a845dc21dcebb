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

  // The first output's files of the models that are going to be asked for. Throws InputError when
  // two models would be written to one.
  std::vector<std::string> expected_files(const std::vector<std::string>& models) const;

  void keep(const std::string& model, const std::vector<prediction::OutputTensor>& outputs);
  // The files that write() would write. Throws InputError when there are none, or two outputs would
  // be written to one file.
  std::vector<std::string> files() const;
  // Throws InputError when a file cannot be written.
  void write() const;

 private:
  struct File {
    std::string path, bytes;
  };
  std::string file_for(const std::string& model, std::size_t output) const;
  // `paths`, when all differ.
  std::vector<std::string> distinct(std::vector<std::string> paths) const;

  std::string file_;
  std::vector<File> files_;
};

}  // namespace boardless::cli
