// Where results go and where inputs come from: a file, or "-" for stdout and stdin.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace boardless::cli {

// Whether results for `output`, the value of an option -o, go to stdout: it is empty, "-", or one
// of stdout's own names, such as /dev/stdout.
bool is_stdout(const std::string& output);

// Writes a result, whole or not at all: a file is replaced at the end only (write_file()), stdout
// is flushed. Throws InputError naming the file, or std::system_error of stdout (closed, or full).
void write_output(const std::string& output, std::string_view text);

// The whole input (read_input()) as text. Throws InputError when it is larger than `most`.
std::string read_input_text(const std::string& file, std::uint64_t most);

// Makes sure that descriptors 0 to 2 are taken: a file that is opened later never becomes a stdout
// that was closed. What is written to such a stdout fails.
void keep_standard_streams_apart();

}  // namespace boardless::cli
