// `extends: NAME`: a file that states what differs from another.
//
// Maps merge key by key, and lists of maps that all have a `name:` merge by it; other lists and
// single values take the base's place. `key: null` removes a key, and `!replace` before a map or
// list replaces the base's whole. What a number rests on never changes hands: a number's source is
// the one that its own file gives it.
#pragma once

#include <filesystem>
#include <vector>

#include "targets/yaml_tree.h"

namespace boardless::targets {

// The file with its bases merged under it. A base is NAME.yaml beside the file, else in `bundled`;
// its description and name are its own. Throws InputError for a base that does not exist, and for
// files that extend each other.
YamlRef load_with_bases(const std::filesystem::path& file, const std::filesystem::path& bundled);

// The files that the file extends, the nearest first; as far as they are there and can be read.
std::vector<std::filesystem::path> bases_of(const std::filesystem::path& file,
                                            const std::filesystem::path& bundled);

// Whether the file, or a file that it extends, has the key at its top. False where a base does not
// exist.
bool has_key_with_bases(const std::filesystem::path& file, const std::filesystem::path& bundled,
                        const std::string& key);

}  // namespace boardless::targets
