// A digest of what a YAML file says, with what it extends: comments and layout play no part.
#pragma once

#include <string>

#include "targets/yaml_tree.h"

namespace boardless::targets {

// Of the whole tree, keys and sources included. 64 hexadecimal digits.
std::string yaml_digest(const YamlNode& root);

}  // namespace boardless::targets
