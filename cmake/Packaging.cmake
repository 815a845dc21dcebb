# The .deb (`cpack -G DEB` in the build folder) and the source archive, which holds the bundled report page,
# so that it builds without Node.js (`cpack --config CPackSourceConfig.cmake`).
install(FILES LICENSE NOTICE README.md CHANGELOG.md DESTINATION share/doc/boardless)
install(FILES docs/prediction.schema.json docs/run.schema.json DESTINATION share/doc/boardless)
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

set(CPACK_SOURCE_GENERATOR TXZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME boardless-${BOARDLESS_VERSION})
set(CPACK_SOURCE_IGNORE_FILES /\\.git/ /\\.git$ "/build[^/]*/" /out/ /node_modules/ /test_data/)
set(page_bundle ${CMAKE_BINARY_DIR}/page_bundle)
set(CPACK_SOURCE_INSTALLED_DIRECTORIES "${CMAKE_SOURCE_DIR};/;${page_bundle};reports/page")
add_custom_command(OUTPUT ${page_bundle}/page_template.cc
                   COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_BINARY_DIR}/reports/page_template.cc
                           ${page_bundle}/page_template.cc
                   DEPENDS boardless_page_template VERBATIM)
add_custom_target(boardless_page_bundle ALL DEPENDS ${page_bundle}/page_template.cc)
include(CPack)
