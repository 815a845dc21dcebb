// Names in a YAML file that may mean files beside it.
#pragma once

#include <filesystem>
#include <string>

namespace boardless::exploration {

class Beside {
 public:
  // Empty: names stay as they are.
  explicit Beside(std::filesystem::path folder);
  std::string file(const std::string& name) const;
  // What is no file there stays a word.
  std::string if_there(const std::string& word) const;
  // A target's word, which says itself whether it means a file.
  std::string target(const std::string& word) const;
  // Kernels, of which a folder's name has a '/'.
  std::string kernels(const std::string& word) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace boardless::exploration
