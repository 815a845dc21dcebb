#!/usr/bin/env bash
# Brings what some tests read from outside the project: public models and others' code. Says what it will
# fetch, fetches what it can, and links what is on this machine already.
#
#   scripts/fetch_test_data.sh [--list] [DIR…]
#
#   --list   only says what is there and what is missing
#   DIR      a folder that holds some of it: .tflite files by the names in tests/outside_models.txt, or
#            checkouts (CMSIS-NN, embench-iot, coremark, CMSIS_5, tiny, vixl) or published images (firmware);
#            what is found there is linked, not copied, and not fetched
#
# Everything lies in test_data/models and test_data/sources, which git ignores and the tests look into when
# CMake configures; -DBOARDLESS_MODELS_DIR=… and -DBOARDLESS_SOURCES_DIR=… name other folders. What is
# fetched comes from public GitHub addresses with curl and git; nothing of it enters the project.
set -euo pipefail
cd "$(dirname "$0")/.."

list_only=''
folders=()
for argument in "$@"; do
  case $argument in
    --list) list_only=yes ;;
    -*) sed -n '2,/^set/{/^set/!s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
    *)
      [ -d "$argument" ] || { echo "fetch_test_data: $argument: no such folder" >&2; exit 2; }
      folders+=("$(realpath "$argument")")
      ;;
  esac
done
models=test_data/models sources=test_data/sources
[ -n "$list_only" ] || mkdir -p $models $sources/firmware

# name, address, files or folders to check out (none: all)
repositories=(
  "CMSIS-NN https://github.com/ARM-software/CMSIS-NN"
  "embench-iot https://github.com/embench/embench-iot"
  "coremark https://github.com/eembc/coremark"
  "CMSIS_5 https://github.com/ARM-software/CMSIS_5 CMSIS/NN CMSIS/DSP/Include CMSIS/Core/Include"
  "tiny https://github.com/mlcommons/tiny benchmark/training"
  "vixl https://github.com/Linaro/vixl test/aarch32"
)
# The images that boards' makers submitted: firmware/VERSION is the folder closed of tiny_results_VERSION.
firmware_versions=(v1.1 v1.2 v1.3)

missing=0
there() { echo "  there    $1"; }
want() { echo "  missing  $1 ($2)"; missing=$((missing + 1)); }

# What the folders given hold, at their top or one below.
link_from_folders() { # $1: name; $2: where to
  local folder found
  [ -z "$list_only" ] || return 1
  for folder in "${folders[@]}"; do
    for found in "$folder/$1" "$folder"/*/"$1"; do
      if [ -e "$found" ]; then ln -sfn "$found" "$2/$1"; return 0; fi
    done
    if [ "$(basename "$folder")" = "$1" ]; then ln -sfn "$folder" "$2/$1"; return 0; fi
  done
  return 1
}

fetch_file() { # $1: address; $2: file; $3: its SHA-256
  local partial=$2.partial
  curl --fail --silent --show-error --location --max-time 300 -o "$partial" "$1" || { rm -f "$partial"; return 1; }
  if ! echo "$3  $partial" | sha256sum --check --status; then
    echo "  $1 is not the file that the tests were written for" >&2
    rm -f "$partial"
    return 1
  fi
  mv "$partial" "$2"
}

fetch_repository() { # $1: address; $2: folder; …: parts
  local address=$1 folder=$2
  shift 2
  rm -rf "$folder.partial"
  GIT_TERMINAL_PROMPT=0 git clone --quiet --depth 1 --filter=blob:none ${1:+--sparse} "$address" "$folder.partial" &&
    { [ $# -eq 0 ] || git -C "$folder.partial" sparse-checkout set "$@"; } &&
    mv "$folder.partial" "$folder" || { rm -rf "$folder.partial"; return 1; }
}

echo "models:"
while read -r file sha256 repository commit path; do
  case $file in '#'* | '') continue ;; esac
  address=https://raw.githubusercontent.com/$repository/$commit/$path
  if [ -e $models/"$file" ] || link_from_folders "$file" $models; then
    there "$file"
  elif [ -n "$list_only" ] || ! fetch_file "$address" "$models/$file" "$sha256"; then
    want "$file" "$address"
  else
    echo "  fetched  $file"
  fi
done <tests/outside_models.txt
# Inputs and the answers to them exist beside a collection of models only.
if [ -e $models/inputs ] || link_from_folders inputs $models; then
  there "inputs"
else
  want "inputs" "expected.json and its inputs: name the folder that holds them"
fi

echo "sources:"
for row in "${repositories[@]}"; do
  read -r name address parts <<<"$row"
  if [ -e $sources/"$name" ] || link_from_folders "$name" $sources; then
    there "$name"
  elif [ -n "$list_only" ] || ! fetch_repository "$address" "$sources/$name" $parts; then
    want "$name" "$address"
  else
    echo "  fetched  $name"
  fi
done
for version in "${firmware_versions[@]}"; do
  address=https://github.com/mlcommons/tiny_results_$version
  if [ -e $sources/firmware/"$version" ] || link_from_folders "firmware/$version" $sources; then
    there "firmware/$version"
  elif [ -n "$list_only" ] || ! fetch_repository "$address" "$sources/tiny_results_$version" closed; then
    want "firmware/$version" "$address"
  else
    ln -sfn "../tiny_results_$version/closed" "$sources/firmware/$version"
    echo "  fetched  firmware/$version"
  fi
done

echo "$missing missing; the tests find what is there once CMake configures again"
