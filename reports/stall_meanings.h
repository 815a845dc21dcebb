// What each stall cause means, for pages.
#pragma once

#include <string>

namespace boardless::reports {

// JSON: meanings by the causes' names.
std::string stall_meanings_json();

}  // namespace boardless::reports
