// Tells files from zoo networks and reads either.
#include "cli/model_argument.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/sha256.h"
#include "workloads/tflite.h"
#include "workloads/zoo.h"

namespace boardless::cli {
namespace {

std::vector<std::string> zoo_names() {
  std::vector<std::string> names;
  for (const workloads::ZooEntry& entry : workloads::zoo_entries()) names.push_back(entry.name);
  return names;
}

// The settings behind the colon of "NAME:key=value,key=value".
std::map<std::string, std::string> parse_settings(const std::string& argument, std::size_t colon) {
  std::map<std::string, std::string> settings;
  std::size_t end = colon;
  while (end != std::string::npos) {
    const std::size_t begin = end + 1;
    end = argument.find(',', begin);
    const std::string setting = argument.substr(begin, end - begin);
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw InputError(fmt::format("{}: '{}' is no setting; accepted is {}:KEY=VALUE,KEY=VALUE",
                                   argument, setting, argument.substr(0, colon)));
    }
    settings[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  return settings;
}

}  // namespace

LoadedModel load_model(const std::string& argument) {
  const std::filesystem::path path = argument;
  std::error_code error;
  const bool is_file = std::filesystem::exists(path, error);
  const std::vector<std::string> zoo = zoo_names();
  const std::size_t colon = argument.find(':');
  const std::string name = argument.substr(0, colon);
  if (!is_file && std::ranges::find(zoo, name) != zoo.end()) {
    const std::vector<std::uint8_t> bytes =
        workloads::write_tflite(workloads::make_zoo_model(name, parse_settings(argument, colon)));
    return {workloads::read_tflite(bytes, argument), sha256_hex(bytes)};
  }
  if (!is_file && !path.has_extension()) {
    throw InputError(fmt::format("{}: neither a file nor a network of the zoo ({})", argument,
                                 fmt::join(zoo, ", ")));
  }
  workloads::Graph graph = workloads::read_tflite_file(path);
  return {std::move(graph), sha256_hex(read_file(path))};
}

}  // namespace boardless::cli
