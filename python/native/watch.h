// How far a long call is, and a way to end it, shared by the thread that calls and the one that
// looks.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace boardless::python {

class Watch {
 public:
  void tell(const std::string& what, std::size_t done, std::size_t total) {
    {
      const std::lock_guard lock(mutex_);
      if (what_ != what) what_ = what;
    }
    done_ = done;
    total_ = total;
  }
  void cancel() { cancelled_ = true; }

  bool cancelled() const { return cancelled_; }
  std::size_t done() const { return done_; }
  std::size_t total() const { return total_; }
  std::string what() const {
    const std::lock_guard lock(mutex_);
    return what_;
  }

 private:
  std::atomic<bool> cancelled_ = false;
  std::atomic<std::size_t> done_ = 0, total_ = 0;
  mutable std::mutex mutex_;
  std::string what_;  // the model at work, or empty
};

}  // namespace boardless::python
