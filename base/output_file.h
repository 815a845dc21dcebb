// The one way in which whole files are written.
#pragma once

#include <filesystem>
#include <string_view>

namespace boardless {

// Writes the whole file or nothing: what is written takes the file's place at the end, at once. A
// file that is replaced passes on its mode, owner, group and access list, as far as this user may
// give them; a new one gets 0666 without the umask's bits, and the folders that it needs. Of a
// symbolic link the file is replaced that it names. Devices, pipes and open descriptors (/dev/fd/3)
// are written to. Throws InputError naming the file and why it cannot be written: it is a folder,
// read-only (also to root, when nobody may write to it), a link to nothing, what the system says.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// Throws the InputError with which write_file() would refuse the path as things are now, before
// anything is written.
void check_can_be_written(const std::filesystem::path& path);

}  // namespace boardless
