// Work in a child process of its own, which may confine itself, or die of it.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace boardless {

// What `work` returns in a forked child; nothing when the child died, or `work` threw. Call it
// while there is one thread. Throws std::system_error when the host has no room for a process.
std::optional<std::string> answer_of_child(const std::function<std::string()>& work);

}  // namespace boardless
