// The four kinds of failure, kept apart because each has another reader and another exit status.
#pragma once

#include <source_location>
#include <stdexcept>
#include <string>

namespace boardless {

// The user gave something that cannot be used. The message is one line that names the file, key or
// operator and what would be accepted. Exit status 2.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The simulated program did something the architecture forbids. The message is one line; `report`
// holds registers and the last blocks, for stderr. Exit status 3.
class GuestFault : public std::runtime_error {
 public:
  explicit GuestFault(const std::string& what, std::string report = {})
      : std::runtime_error(what), report_(std::move(report)) {}
  const std::string& report() const { return report_; }

 private:
  std::string report_;
};

// Something the result needs is not modelled: refused, never priced as zero. Exit status 4.
class NotModelled : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A bug in boardless itself: `sentence` says what was believed to hold. Prints it and aborts.
void check(bool condition, const char* sentence,
           std::source_location where = std::source_location::current());

}  // namespace boardless
