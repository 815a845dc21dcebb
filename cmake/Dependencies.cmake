# Every library the project uses, all from Debian 12 (scripts/install_packages.sh installs them).
find_package(LLVM 19.1 REQUIRED CONFIG HINTS /usr/lib/llvm-19/lib/cmake/llvm)
find_package(yaml-cpp REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Eigen3 REQUIRED)
find_package(Boost REQUIRED)  # Boost.Random's table for Sobol's sequence; headers only
find_package(SQLite3 REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
find_library(FLATBUFFERS_LIBRARY flatbuffers REQUIRED)
find_program(FLATC flatc REQUIRED)

# libLLVM is linked shared: linking its static archives takes minutes and gigabytes.
add_library(boardless_llvm INTERFACE)
target_include_directories(boardless_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
target_link_directories(boardless_llvm INTERFACE ${LLVM_LIBRARY_DIRS})
target_link_libraries(boardless_llvm INTERFACE LLVM)
