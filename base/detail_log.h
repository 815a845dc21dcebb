// What is done on the way to a result, line by line, for whoever listens: programs that are run,
// files that are read. Nobody does unless asked to.
#pragma once

#include <functional>
#include <string>

namespace boardless {

void set_detail_listener(std::function<void(const std::string& line)> listener);
bool details_wanted();  // whether a line is worth being made
void log_detail(const std::string& line);

}  // namespace boardless
