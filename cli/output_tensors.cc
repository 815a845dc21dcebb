// One file for each output of each model.
#include "cli/output_tensors.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <string_view>

#include "base/error.h"
#include "base/output_file.h"
#include "reports/npy.h"

namespace boardless::cli {
namespace {

using prediction::OutputTensor;

void replace(std::string& text, std::string_view mark, const std::string& with) {
  const std::size_t at = text.find(mark);
  if (at != std::string::npos) text.replace(at, mark.size(), with);
}

// "kws", of "models/kws.tflite" and of "kws:width=0.5" what can stand in a file's name.
std::string file_name_of(const std::string& model) {
  std::string name = std::filesystem::path(model).stem().string();
  for (char& c : name) {
    if (c == ':' || c == ',' || c == '=') c = '_';
  }
  return name;
}

}  // namespace

std::string OutputTensors::file_for(const std::string& model, std::size_t output) const {
  std::string path = file_;
  replace(path, "{model}", file_name_of(model));
  replace(path, "{output}", fmt::format("{}", output));
  return path;
}

std::vector<std::string> OutputTensors::distinct(std::vector<std::string> paths) const {
  std::set<std::string_view> seen;
  for (const std::string& path : paths) {
    if (seen.insert(path).second) continue;
    throw InputError(
        fmt::format("--save-output {}: {} outputs would be written to {}; let the name "
                    "hold {{model}} and {{output}}",
                    file_, paths.size(), path));
  }
  return paths;
}

std::vector<std::string> OutputTensors::expected_files(
    const std::vector<std::string>& models) const {
  if (file_.empty()) return {};
  std::vector<std::string> paths;
  for (const std::string& model : models) paths.push_back(file_for(model, 0));
  return distinct(std::move(paths));
}

void OutputTensors::keep(const std::string& model, const std::vector<OutputTensor>& outputs) {
  if (file_.empty()) return;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const OutputTensor& output = outputs[i];
    std::string path = file_for(model, i);
    std::string bytes(output.bytes.begin(), output.bytes.end());
    if (path.ends_with(".npy")) {
      bytes = reports::to_npy(reports::npy_type(output.type), output.shape, output.bytes);
    }
    files_.push_back({std::move(path), std::move(bytes)});
  }
}

std::vector<std::string> OutputTensors::files() const {
  if (file_.empty()) return {};
  if (files_.empty()) {
    throw InputError(fmt::format("--save-output {}: no model was run on a microcontroller", file_));
  }
  std::vector<std::string> paths;
  for (const File& file : files_) paths.push_back(file.path);
  return distinct(std::move(paths));
}

void OutputTensors::write() const {
  for (const File& file : files_) write_file(file.path, file.bytes);
}

}  // namespace boardless::cli
