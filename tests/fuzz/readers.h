// The readers of what strangers write, each fed any bytes by fuzz_reader. One file in readers/
// each.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace boardless::fuzz {

using Bytes = std::span<const std::uint8_t>;

// Each reads the bytes and uses what comes of them. Throws InputError or NotModelled where they are
// refused; whatever else happens is a finding.
void read_accelerator(Bytes bytes);
void read_accelerator_points(Bytes bytes);
void read_baseline(Bytes bytes);
void read_budget(Bytes bytes);
void read_compared_document(Bytes bytes);
void read_core(Bytes bytes);
void read_debug_lines(Bytes bytes);
void read_elf(Bytes bytes);
void read_firmware_bytes(Bytes bytes);
void read_git_checkout(Bytes bytes);
void read_kernel_library(Bytes bytes);
void read_library_descriptor(Bytes bytes);
void read_model_input(Bytes bytes);
void read_peripherals(Bytes bytes);
void read_result_document(Bytes bytes);
void read_runtime(Bytes bytes);
void read_scores(Bytes bytes);
void read_space(Bytes bytes);
void read_store(Bytes bytes);
void read_target(Bytes bytes);
void read_tflite_model(Bytes bytes);
void read_validation_record(Bytes bytes);
void read_validation_suite(Bytes bytes);
void read_zoo_topology(Bytes bytes);

struct Reader {
  std::string_view name;  // also of its folder of seeds
  void (*read)(Bytes bytes);
};

inline constexpr auto kReaders = std::to_array<Reader>({
    {"accelerator", read_accelerator},
    {"accelerator_points", read_accelerator_points},
    {"baseline", read_baseline},
    {"budget", read_budget},
    {"compared_document", read_compared_document},
    {"core", read_core},
    {"debug_lines", read_debug_lines},
    {"elf", read_elf},
    {"firmware_bytes", read_firmware_bytes},
    {"git_checkout", read_git_checkout},
    {"kernel_library", read_kernel_library},
    {"library_descriptor", read_library_descriptor},
    {"model_input", read_model_input},
    {"peripherals", read_peripherals},
    {"result_document", read_result_document},
    {"runtime", read_runtime},
    {"scores", read_scores},
    {"space", read_space},
    {"store", read_store},
    {"target", read_target},
    {"tflite", read_tflite_model},
    {"validation_record", read_validation_record},
    {"validation_suite", read_validation_suite},
    {"zoo_topology", read_zoo_topology},
});

}  // namespace boardless::fuzz
