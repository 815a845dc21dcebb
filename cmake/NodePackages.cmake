# Node.js where it is there, and a rule that installs the locked npm packages of a folder.
find_program(NODE_EXECUTABLE node)
find_program(NPM_EXECUTABLE npm)

# boardless_node_package(SOURCE_DIR BUILD_DIR STAMP): a rule that makes STAMP; npm runs only when what
# the package files say has changed since, so a later build needs no network.
function(boardless_node_package source build stamp)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${source} -DBUILD=${build} -DSTAMP=${stamp} -DNPM=${NPM_EXECUTABLE}
            -P ${PROJECT_SOURCE_DIR}/cmake/InstallNodePackages.cmake
    DEPENDS ${source}/package.json ${source}/package-lock.json ${source}/.npmrc
            ${PROJECT_SOURCE_DIR}/cmake/InstallNodePackages.cmake
    COMMENT "Looking for the npm packages of ${source}"
    VERBATIM)
endfunction()
