// Profiles in the formats that other programs open.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "profiling/call_tree.h"
#include "profiling/code_map.h"
#include "profiling/profiler.h"

namespace boardless::profiling {

// One line per call path, "main;layer;kernel 12345" with the path's own cycles: what flame graph
// tools read. Up to about 64 MB, the most expensive paths first; the rest is one line.
inline constexpr std::size_t kMostFoldedBytes = 64U << 20U;
std::string folded_stacks(const CallTree& tree, const CodeMap& code);

// Calls over time as Chrome's trace event JSON (about:tracing, Perfetto); times are microseconds.
// Names, which stand at every event, are cut.
inline constexpr std::size_t kMostTraceNameBytes = 256;
std::string chrome_trace(std::span<const CallEvent> events, const CodeMap& code, double clock_hz,
                         const std::string& process);

}  // namespace boardless::profiling
