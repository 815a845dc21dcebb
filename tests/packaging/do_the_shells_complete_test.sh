# Do bash, zsh and fish complete commands, options, words, targets, networks and files? Each shell is asked
# itself. Arguments: build folder.
. "$(dirname "$0")/expect.sh"
build=$1 here=$(realpath "$(dirname "$0")")
export PATH=$build/bin:$PATH
cd "$scratch" || exit 1
mkdir models
touch models/own.tflite firmware.elf

# in_bash WORD…: what bash offers for the last word, one a line.
in_bash() {
  bash --norc -c '
    . "$1"; shift
    COMP_WORDS=(boardless "$@") COMP_CWORD=$#
    _boardless 2>/dev/null
    printf "%s\n" "${COMPREPLY[@]}"' bash "$build/reference/boardless" "$@"
}
# in_fish LINE
in_fish() {
  fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$build/reference/boardless.fish" "$1" | cut -f1
}
# in_zsh LINE: asked through a terminal of its own, as a user would with Tab.
in_zsh() {
  zsh -f "$here/ask_zsh.zsh" "$build/reference/_boardless" "$1"
}

# ask SHELL: the same questions of each.
ask() {
  local shell=$1
  offers() { # a line as it is typed; its last word is completed
    if [ "$shell" = bash ]; then
      local words
      IFS=' ' read -ra words <<<"${1#boardless }"
      if [ "${1: -1}" = ' ' ]; then words+=(""); fi
      in_bash "${words[@]}"
    else
      "in_$shell" "$1"
    fi
  }
  expect_line "$shell, commands" "$(offers 'boardless pre')" predict
  expect_no_line "$shell, hidden commands" "$(offers 'boardless ref')" reference
  expect_line "$shell, commands of a command" "$(offers 'boardless targets s')" show
  expect_line "$shell, options" "$(offers 'boardless predict kws --tar')" --target
  expect_no_line "$shell, options of others" "$(offers 'boardless predict kws --unt')" --until-symbol
  expect_line "$shell, a target" "$(offers 'boardless predict kws -t stm32f446')" stm32f446re
  expect_line "$shell, an accelerator" "$(offers 'boardless predict kws --target coral-usb')" coral-usb3
  expect_line "$shell, a target to show" "$(offers 'boardless targets show nrf5284')" nrf52840
  expect_line "$shell, a word" "$(offers 'boardless predict kws --format js')" json
  expect_line "$shell, a word or a folder" "$(offers 'boardless predict kws --kernels ref')" reference
  expect_line "$shell, a network" "$(offers 'boardless predict mobilenet_v')" mobilenet_v1
  expect_line "$shell, a network to make" "$(offers 'boardless model make mnist_m')" mnist_mlp
  expect_line "$shell, a file" "$(offers 'boardless run firmw')" firmware.elf
  expect_line "$shell, a file of several" "$(offers 'boardless size firmw')" firmware.elf
  expect_line "$shell, a file below a folder" "$(offers 'boardless predict models/o')" models/own.tflite
}
ask bash
expect_line "bash, a second target" "$(in_bash predict kws -t rp2040,nrf5284)" rp2040,nrf52840
expect_line "bash, behind =" "$(in_bash predict kws --format = js)" json
expect_line "bash, a command after a flag" "$(in_bash predict -l kws --rep)" --report
for shell in fish zsh; do
  if command -v $shell >/dev/null; then ask $shell; else echo "$shell is not there"; fi
done
finish
