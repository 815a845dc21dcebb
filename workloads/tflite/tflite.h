// Reads and writes the TFLite FlatBuffer format (our own schema of its facts: tflite.fbs).
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

// `name` is used in messages and becomes Graph::name. The verifier always runs; indices, shapes and
// buffer sizes are checked after it. Throws InputError with one line: what is wrong and where; and
// NotModelled for a sound file of what the graph cannot hold: open extents, sparse or packed
// constants. Every operator of the format is read; those boardless cannot run are refused later, by
// prepare().
Graph read_tflite(std::span<const std::uint8_t> bytes, const std::string& name);
Graph read_tflite_file(const std::filesystem::path& path);

// The graph as a .tflite that TFLite itself would load (schema version 3). Deterministic.
std::vector<std::uint8_t> write_tflite(const Graph& graph);

}  // namespace boardless::workloads
