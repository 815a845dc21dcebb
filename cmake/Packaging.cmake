# The .deb: `cpack -G DEB` in the build folder.
install(FILES LICENSE NOTICE README.md CHANGELOG.md DESTINATION share/doc/boardless)
install(FILES docs/prediction.schema.json docs/run.schema.json docs/sweep.schema.json DESTINATION share/doc/boardless)
install(DIRECTORY examples integrations DESTINATION share/doc/boardless)
install(FILES cmake/boardlessConfig.cmake cmake/BoardlessBudget.cmake DESTINATION lib/cmake/boardless)
install(FILES NOTICE DESTINATION share/doc/boardless RENAME copyright)

set(CPACK_PACKAGE_NAME boardless)
set(CPACK_PACKAGE_VERSION ${BOARDLESS_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Predicts how a TinyML model behaves on a microcontroller")
set(CPACK_PACKAGE_DESCRIPTION
    "Runs a .tflite model's cross-compiled kernels on an emulated Cortex-M or RISC-V core and
prices them by the core's pipeline and the chip's memories: latency by layer and why, SRAM, flash and
energy, before any hardware is bought. Boots firmware images and times those too.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The boardless project")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# For predict --kernels FOLDER and validate, which compile.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS
    "gcc-arm-none-eabi, libnewlib-arm-none-eabi, gcc-riscv64-unknown-elf, picolibc-riscv64-unknown-elf, clang-19")

include(CPack)
