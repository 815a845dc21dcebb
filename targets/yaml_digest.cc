// Writes the tree out unmistakably and digests the text.
#include "targets/yaml_digest.h"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "base/sha256.h"

namespace boardless::targets {
namespace {

// Its length keeps a text apart from the next one.
void add(const std::string& text, std::vector<std::uint8_t>& into) {
  const std::string length = fmt::format("{}:", text.size());
  into.insert(into.end(), length.begin(), length.end());
  into.insert(into.end(), text.begin(), text.end());
}

void add(const YamlNode& node, std::vector<std::uint8_t>& into) {
  add(fmt::format("{}{} {} {}", static_cast<int>(node.kind), node.quoted ? "q" : "",
                  node.items.size(), node.entries.size()),
      into);
  add(node.scalar, into);
  add(node.source, into);
  for (const YamlRef& item : node.items) add(*item, into);
  for (const YamlNode::Entry& entry : node.entries) {
    add(entry.key, into);
    add(*entry.node, into);
  }
}

}  // namespace

std::string yaml_digest(const YamlNode& root) {
  std::vector<std::uint8_t> text;
  add(root, text);
  return sha256_hex(text);
}

}  // namespace boardless::targets
