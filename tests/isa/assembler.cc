// Text to an object file in memory to its code section.
#include "tests/isa/assembler.h"

#include <fmt/format.h>
#include <llvm/MC/MCAsmBackend.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCCodeEmitter.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCObjectFileInfo.h>
#include <llvm/MC/MCObjectWriter.h>
#include <llvm/MC/MCParser/MCAsmParser.h>
#include <llvm/MC/MCParser/MCTargetAsmParser.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCStreamer.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/TargetSelect.h>

#include <memory>

#include "base/error.h"

namespace boardless::isa {
namespace {

std::vector<std::uint8_t> code_section(const llvm::SmallVectorImpl<char>& object) {
  const llvm::MemoryBufferRef buffer(llvm::StringRef(object.data(), object.size()), "test");
  auto file = llvm::object::ObjectFile::createObjectFile(buffer);
  check(static_cast<bool>(file), "the assembler writes an object file");
  for (const llvm::object::SectionRef& section : (*file)->sections()) {
    auto name = section.getName();
    if (!name || *name != ".text") continue;
    const llvm::StringRef contents = llvm::cantFail(section.getContents());
    return {contents.bytes_begin(), contents.bytes_end()};
  }
  return {};
}

// Instead of printing it.
void collect(const llvm::SMDiagnostic& diagnostic, void* text) {
  if (diagnostic.getKind() != llvm::SourceMgr::DK_Error) return;
  *static_cast<std::string*>(text) += ": " + diagnostic.getMessage().str();
}

}  // namespace

std::vector<std::uint8_t> assemble(const Variant& variant, const std::string& text) {
  LLVMInitializeARMTargetInfo();
  LLVMInitializeARMTargetMC();
  LLVMInitializeARMAsmParser();
  LLVMInitializeRISCVTargetInfo();
  LLVMInitializeRISCVTargetMC();
  LLVMInitializeRISCVAsmParser();
  const llvm::Triple triple{llvm::StringRef(variant.triple)};
  std::string error;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple.str(), error);
  check(target != nullptr, error.c_str());
  const llvm::MCTargetOptions options;
  const std::unique_ptr<llvm::MCRegisterInfo> registers(target->createMCRegInfo(triple.str()));
  const std::unique_ptr<llvm::MCAsmInfo> info(
      target->createMCAsmInfo(*registers, triple.str(), options));
  const std::unique_ptr<llvm::MCInstrInfo> instructions(target->createMCInstrInfo());
  const std::unique_ptr<llvm::MCSubtargetInfo> subtarget(target->createMCSubtargetInfo(
      triple.str(), llvm::StringRef(variant.cpu), llvm_features(variant)));
  llvm::SourceMgr source;
  std::string complaints;
  source.setDiagHandler(collect, &complaints);
  source.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(text + "\n"), llvm::SMLoc());
  llvm::MCContext context(triple, info.get(), registers.get(), subtarget.get(), &source, &options);
  const std::unique_ptr<llvm::MCObjectFileInfo> sections(
      target->createMCObjectFileInfo(context, false));
  context.setObjectFileInfo(sections.get());
  llvm::SmallVector<char, 1024> object;
  llvm::raw_svector_ostream stream(object);
  std::unique_ptr<llvm::MCAsmBackend> backend(
      target->createMCAsmBackend(*subtarget, *registers, options));
  std::unique_ptr<llvm::MCObjectWriter> writer = backend->createObjectWriter(stream);
  std::unique_ptr<llvm::MCCodeEmitter> emitter(target->createMCCodeEmitter(*instructions, context));
  const std::unique_ptr<llvm::MCStreamer> streamer(target->createMCObjectStreamer(
      triple, context, std::move(backend), std::move(writer), std::move(emitter), *subtarget));
  const std::unique_ptr<llvm::MCAsmParser> parser(
      llvm::createMCAsmParser(source, context, *streamer, *info));
  const std::unique_ptr<llvm::MCTargetAsmParser> target_parser(
      target->createMCAsmParser(*subtarget, *parser, *instructions, options));
  parser->setTargetParser(*target_parser);
  if (parser->Run(false)) {
    throw InputError(fmt::format("'{}' does not assemble{}", text, complaints));
  }
  return code_section(object);
}

}  // namespace boardless::isa
