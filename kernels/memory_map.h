// Where each window of a kernel program lies: shared by the host, which fills the windows, and by
// the linker script, which puts code into the first. Every target uses these addresses; which of a
// chip's memories a window stands for is decided by the target, not by the address.
//
//   code       text and read-only data of the kernel image: the only window that is in the ELF file
//   constants  weights, biases, multipliers, parameter structs: placed by the host
//   arena      activations and scratch: placed by the host
//   stack      grows down from BL_STACK_TOP; the lowest word that is there is a C library's errno
//
// Bare literals without suffix, because the linker script is preprocessed with this header.
#ifndef BOARDLESS_KERNELS_MEMORY_MAP_H_
#define BOARDLESS_KERNELS_MEMORY_MAP_H_

#define BL_CODE_BASE 0x00010000
#define BL_CODE_BYTES 0x00100000

#define BL_CONSTANTS_BASE 0x10000000
#define BL_CONSTANTS_BYTES 0x10000000

#define BL_ARENA_BASE 0x20000000
#define BL_ARENA_BYTES 0x10000000

#define BL_STACK_BASE 0x30000000
#define BL_STACK_BYTES 0x00100000
#define BL_STACK_TOP 0x30100000
#define BL_ERRNO 0x300F0000

#ifdef __cplusplus
#include <cstdint>

namespace boardless::kernels {

inline constexpr std::uint32_t kCodeBase = BL_CODE_BASE;
inline constexpr std::uint32_t kCodeBytes = BL_CODE_BYTES;
inline constexpr std::uint32_t kConstantsBase = BL_CONSTANTS_BASE;
inline constexpr std::uint32_t kConstantsBytes = BL_CONSTANTS_BYTES;
inline constexpr std::uint32_t kArenaBase = BL_ARENA_BASE;
inline constexpr std::uint32_t kArenaBytes = BL_ARENA_BYTES;
inline constexpr std::uint32_t kStackBase = BL_STACK_BASE;
inline constexpr std::uint32_t kStackBytes = BL_STACK_BYTES;
inline constexpr std::uint32_t kStackTop = BL_STACK_TOP;
inline constexpr std::uint32_t kErrno = BL_ERRNO;
static_assert(kStackTop == kStackBase + kStackBytes);

}  // namespace boardless::kernels
#endif

#endif  // BOARDLESS_KERNELS_MEMORY_MAP_H_
