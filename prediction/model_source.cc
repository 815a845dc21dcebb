// Tells files from zoo networks and reads either.
#include "prediction/model_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/suggest.h"
#include "workloads/tflite/tflite.h"
#include "workloads/zoo/zoo.h"

namespace boardless::prediction {
namespace {

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

struct ZooArgument {
  std::string name;
  std::map<std::string, std::string> settings;
};

// Nothing when `argument` names a file. Throws InputError when it names neither.
std::optional<ZooArgument> zoo_argument(const std::string& argument) {
  const std::filesystem::path path = argument;
  if (argument == "-") return std::nullopt;
  std::error_code error;
  if (std::filesystem::exists(path, error)) return std::nullopt;
  constexpr std::string_view kPrefix = "zoo:";
  const bool says_zoo = argument.starts_with(kPrefix);
  const std::string rest = says_zoo ? argument.substr(kPrefix.size()) : argument;
  const std::size_t colon = rest.find(':');
  const std::string name = rest.substr(0, colon);
  if (says_zoo || workloads::has_zoo_network(name)) {
    return ZooArgument{name, parse_settings(rest, colon)};
  }
  if (!path.has_extension()) {
    const std::vector<std::string> zoo = workloads::zoo_network_names();
    throw InputError(fmt::format("{}: neither a file nor a network of the zoo ({}){}", argument,
                                 fmt::join(zoo, ", "), did_you_mean(name, zoo)));
  }
  return std::nullopt;
}

LoadedModel load_file(const std::string& path) {
  if (path == "-") {
    const std::vector<std::uint8_t> bytes = read_input(path);
    return {workloads::read_tflite(bytes, "stdin"), sha256_hex(bytes)};
  }
  workloads::Graph graph = workloads::read_tflite_file(path);
  return {std::move(graph), sha256_hex(read_file(path))};
}

}  // namespace

bool is_model_file(const std::string& argument) {
  std::error_code error;
  return argument == "-" || std::filesystem::is_regular_file(argument, error);
}

LoadedModel load_model(const std::string& argument) {
  const std::optional<ZooArgument> zoo = zoo_argument(argument);
  if (!zoo) return load_file(argument);
  const std::vector<std::uint8_t> bytes =
      workloads::write_tflite(workloads::make_zoo_model(zoo->name, zoo->settings));
  return {workloads::read_tflite(bytes, argument), sha256_hex(bytes)};
}

LoadedModel load_model_shapes(const std::string& argument) {
  const std::optional<ZooArgument> zoo = zoo_argument(argument);
  if (!zoo) return load_file(argument);
  workloads::Graph graph = workloads::make_zoo_shapes(zoo->name, zoo->settings);
  graph.name = argument;
  return {std::move(graph), ""};
}

}  // namespace boardless::prediction
