# The manual page and the shells' completions, written by the executable itself from its command
# definitions, and installed where the shells look.
set(reference_dir ${CMAKE_BINARY_DIR}/reference)
file(MAKE_DIRECTORY ${reference_dir})
set(reference_files)

# reference_file(WHAT NAME DESTINATION)
function(reference_file what name destination)
  add_custom_command(OUTPUT ${reference_dir}/${name}
                     COMMAND $<TARGET_FILE:boardless> reference ${what} -o ${reference_dir}/${name}
                     DEPENDS boardless
                     COMMENT "Writing ${name}" VERBATIM)
  set(reference_files ${reference_files} ${reference_dir}/${name} PARENT_SCOPE)
  install(FILES ${reference_dir}/${name} DESTINATION ${destination})
endfunction()
reference_file(man boardless.1 share/man/man1)
reference_file(bash boardless share/bash-completion/completions)
reference_file(zsh _boardless share/zsh/vendor-completions)
reference_file(fish boardless.fish share/fish/vendor_completions.d)
add_custom_target(boardless_reference ALL DEPENDS ${reference_files})
