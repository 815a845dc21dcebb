// One window of simulated memory, backed by host memory that engines map directly.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace boardless::sim {

class MemoryWindow {
 public:
  enum class Access { kReadExecute, kRead, kReadWrite, kReadWriteExecute };

  // `size` is rounded up to whole pages; the content is zero.
  MemoryWindow(std::string name, std::uint32_t base, std::size_t size, Access access);

  const std::string& name() const { return name_; }
  std::uint32_t base() const { return base_; }
  std::uint32_t end() const { return base_ + static_cast<std::uint32_t>(size_); }
  bool is_writable() const {
    return access_ == Access::kReadWrite || access_ == Access::kReadWriteExecute;
  }
  bool is_executable() const {
    return access_ == Access::kReadExecute || access_ == Access::kReadWriteExecute;
  }
  bool contains(std::uint32_t address, std::size_t size = 1) const {
    return address >= base_ && size <= size_ && address - base_ <= size_ - size;
  }
  std::span<std::uint8_t> bytes() { return {data_.get(), size_}; }
  // Host view of guest bytes [address, address + size); check()s that they are inside.
  std::span<std::uint8_t> at(std::uint32_t address, std::size_t size);

 private:
  struct Free {
    void operator()(std::uint8_t* p) const;
  };
  std::string name_;
  std::uint32_t base_;
  std::size_t size_;
  Access access_;
  std::unique_ptr<std::uint8_t[], Free> data_;
};

}  // namespace boardless::sim
