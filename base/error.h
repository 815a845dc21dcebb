// The four kinds of failure, kept apart because each has another reader and another exit status.
// All are thrown: whatever runs boardless within a program of its own decides what becomes of it.
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

// A bug in boardless itself. The message says where, and what was believed to hold. Only the
// program catches it, to end; nothing is to be relied on after it.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// Throws Bug with `sentence` unless the condition holds.
void check(bool condition, const char* sentence,
           std::source_location where = std::source_location::current());

}  // namespace boardless
