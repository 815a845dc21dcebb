// ELF reading by LLVM's object library.
#include "sim/elf_image.h"

#include <fmt/format.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/MemoryBuffer.h>

#include <algorithm>

#include "base/data_files.h"
#include "base/error.h"
#include "base/visible_text.h"

namespace boardless::sim {
namespace {

using Object = llvm::object::ELF32LEObjectFile;

template <class T>
T value_or_throw(llvm::Expected<T> expected, const std::string& file) {
  if (expected) return std::move(*expected);
  throw InputError(fmt::format("{}: {}", file, llvm::toString(expected.takeError())));
}

void read_segments(const Object& object, ElfImage& image) {
  for (const auto& header : value_or_throw(object.getELFFile().program_headers(), image.file)) {
    if (header.p_type != llvm::ELF::PT_LOAD || header.p_filesz == 0) continue;
    const auto contents =
        value_or_throw(object.getELFFile().getSegmentContents(header), image.file);
    image.segments.push_back({header.p_vaddr, {contents.begin(), contents.end()}, header.p_paddr});
  }
  std::sort(image.segments.begin(), image.segments.end(),
            [](const Segment& a, const Segment& b) { return a.address < b.address; });
}

Section::Kind kind_of(const llvm::object::ELF32LE::Shdr& header) {
  if (header.sh_type == llvm::ELF::SHT_NOBITS) return Section::Kind::kZeroed;
  if ((header.sh_flags & llvm::ELF::SHF_EXECINSTR) != 0) return Section::Kind::kCode;
  return (header.sh_flags & llvm::ELF::SHF_WRITE) != 0 ? Section::Kind::kData
                                                       : Section::Kind::kConstants;
}

// Where a section is loaded: as far into its segment's load address as into its address.
std::uint32_t load_address(const Object& object, std::uint32_t address, const std::string& file) {
  for (const auto& header : value_or_throw(object.getELFFile().program_headers(), file)) {
    const std::uint32_t offset = address - header.p_vaddr;
    if (header.p_type == llvm::ELF::PT_LOAD && address >= header.p_vaddr &&
        offset < header.p_memsz) {
      return header.p_paddr + offset;
    }
  }
  return address;
}

void read_sections(const Object& object, ElfImage& image) {
  const auto& elf = object.getELFFile();
  for (const auto& header : value_or_throw(elf.sections(), image.file)) {
    if ((header.sh_flags & llvm::ELF::SHF_ALLOC) == 0 || header.sh_size == 0) continue;
    const std::string name = value_or_throw(elf.getSectionName(header), image.file).str();
    image.sections.push_back({visible(name), kind_of(header), header.sh_addr,
                              load_address(object, header.sh_addr, image.file), header.sh_size});
  }
  std::ranges::stable_sort(image.sections, {}, &Section::address);
}

// The ELFs of both architectures mark where code and data begin: $t and $d on Arm, $x and $d on
// RISC-V (AAELF32 4.5.5; RISC-V psABI, "Mapping Symbol").
void read_symbols(const Object& object, ElfImage& image) {
  const bool arm = image.architecture == isa::Architecture::kArm;
  const char code = arm ? 't' : 'x';
  const std::uint32_t address_mask = arm ? ~1U : ~0U;  // bit 0 of Arm's functions says Thumb
  for (const llvm::object::ELFSymbolRef symbol : object.symbols()) {
    const std::string name = value_or_throw(symbol.getName(), image.file).str();
    const auto address =
        static_cast<std::uint32_t>(value_or_throw(symbol.getAddress(), image.file)) & address_mask;
    const auto type = symbol.getELFType();
    if (name.starts_with('$') && name.size() > 1 && (name[1] == code || name[1] == 'd')) {
      image.mappings.push_back({address, name[1] == code});
    } else if ((type == llvm::ELF::STT_FUNC || type == llvm::ELF::STT_OBJECT) &&
               symbol.getSize() != 0) {
      image.symbols.push_back({visible(name), address, static_cast<std::uint32_t>(symbol.getSize()),
                               type == llvm::ELF::STT_FUNC});
    }
  }
  const auto by_address = [](const auto& a, const auto& b) { return a.address < b.address; };
  std::stable_sort(image.symbols.begin(), image.symbols.end(), by_address);
  std::stable_sort(image.mappings.begin(), image.mappings.end(), by_address);
}

}  // namespace

const Symbol* ElfImage::find(std::string_view name) const {
  const auto found = std::find_if(symbols.begin(), symbols.end(),
                                  [&](const Symbol& symbol) { return symbol.name == name; });
  return found == symbols.end() ? nullptr : &*found;
}

const Symbol* ElfImage::at(std::uint32_t address) const {
  auto after = std::upper_bound(symbols.begin(), symbols.end(), address,
                                [](std::uint32_t a, const Symbol& s) { return a < s.address; });
  if (after == symbols.begin()) return nullptr;
  --after;
  while (after != symbols.begin() && (after - 1)->address == after->address) --after;
  return address - after->address < after->size ? &*after : nullptr;
}

bool ElfImage::is_code(std::uint32_t address) const {
  const auto after =
      std::upper_bound(mappings.begin(), mappings.end(), address,
                       [](std::uint32_t a, const Mapping& m) { return a < m.address; });
  return after != mappings.begin() && (after - 1)->is_code;
}

std::vector<std::uint8_t> ElfImage::bytes_at(std::uint32_t address, std::uint32_t size) const {
  for (const Segment& segment : segments) {
    const std::uint64_t offset = std::uint64_t{address} - segment.address;
    if (address >= segment.address && offset + size <= segment.bytes.size()) {
      const auto first = segment.bytes.begin() + static_cast<std::ptrdiff_t>(offset);
      return {first, first + size};
    }
  }
  return {};
}

ElfImage load_elf(const std::filesystem::path& path) {
  ElfImage image;
  image.file = path.string();
  const std::vector<std::uint8_t> bytes = read_file(path);
  const llvm::MemoryBufferRef buffer(
      llvm::StringRef(reinterpret_cast<const char*>(bytes.data()), bytes.size()), image.file);
  auto object = llvm::object::ObjectFile::createELFObjectFile(buffer);
  if (!object) {
    llvm::consumeError(object.takeError());
    throw InputError(fmt::format("{}: not an ELF file", image.file));
  }
  const auto* elf = llvm::dyn_cast<Object>(object->get());
  const bool arm = elf != nullptr && elf->getArch() == llvm::Triple::arm;
  if (!arm && (elf == nullptr || elf->getArch() != llvm::Triple::riscv32)) {
    throw InputError(fmt::format("{}: not a 32-bit little-endian Arm or RISC-V ELF", image.file));
  }
  image.architecture = arm ? isa::Architecture::kArm : isa::Architecture::kRiscV;
  image.entry = elf->getELFFile().getHeader().e_entry;
  read_segments(*elf, image);
  read_sections(*elf, image);
  read_symbols(*elf, image);
  if (!image.symbols.empty()) image.symbols_file = image.file;
  if (image.segments.empty()) {
    throw InputError(fmt::format("{}: nothing to load (no PT_LOAD segment)", image.file));
  }
  return image;
}

}  // namespace boardless::sim
