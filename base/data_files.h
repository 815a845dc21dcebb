// Finds the files boardless reads at run time: targets, zoo topologies, kernel images.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace boardless {

// The folder that holds targets/, zoo/ and kernels/: $BOARDLESS_DATA if set, else share/boardless
// in the folder of the running program (program_file()), or else in the folder above. Throws
// InputError when it does not exist.
std::filesystem::path data_directory();

// Bytes of the largest file that is read: no .tflite file can be larger.
inline constexpr std::uint64_t kMostFileBytes = std::uint64_t{2} << 30U;
// … of the largest that people write.
inline constexpr std::uint64_t kMostTextBytes = std::uint64_t{16} << 20U;
// … of what is typed into a simulated program's console.
inline constexpr std::uint64_t kMostTypedBytes = std::uint64_t{256} << 20U;

// The whole file. Throws InputError naming the file when it cannot be read or is larger than
// `most`.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path,
                                    std::uint64_t most = kMostFileBytes);

// The same of a file, or for "-" of all of stdin, which can be read once.
std::vector<std::uint8_t> read_input(const std::string& file, std::uint64_t most = kMostFileBytes);

}  // namespace boardless
