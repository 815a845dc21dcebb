# Does an installed boardless find its data beside it, answer as the one in the build folder does, and bring
# a manual page without mistakes?  Arguments: build folder, cmake.
. "$(dirname "$0")/expect.sh"
build=$1 cmake=$2
unset BOARDLESS_DATA

"$cmake" --install "$build" --prefix "$scratch/a place" >/dev/null || fail "cmake --install"
# It may have been moved since.
mv "$scratch/a place" "$scratch/another place"
installed="$scratch/another place"

for arguments in "predict mnist_mlp -t stm32f446re,rp2350-hazard3,coral-usb3 --format json" "targets" \
  "targets show ideal-cortex-m55" "model list" "validate --list" "validate --accelerators"; do
  expect_same "$arguments" "$("$installed/bin/boardless" $arguments 2>&1)" "$("$build/bin/boardless" $arguments 2>&1)"
done
case $("$installed/bin/boardless" predict mnist_mlp -t rp2040 -o "$scratch/out" --report "$scratch/report.html" 2>&1) in
  '') grep -q '<title>boardless report</title>' "$scratch/report.html" || fail "the report is none" ;;
  *) fail "predict says something" ;;
esac

# What the build folder links to the sources is installed as files.
links=$(find "$installed" -type l)
expect_same "links" "$links" ""
for file in share/doc/boardless/{LICENSE,NOTICE,CHANGELOG.md,prediction.schema.json,run.schema.json} \
  share/boardless/kernel_sources/kernels/adapters/cmsis_nn.yaml share/man/man1/boardless.1 \
  share/bash-completion/completions/boardless share/zsh/vendor-completions/_boardless \
  share/fish/vendor_completions.d/boardless.fish lib/cmake/boardless/{boardlessConfig,BoardlessBudget}.cmake \
  share/doc/boardless/integrations/gitlab/boardless.gitlab-ci.yml; do
  [ -s "$installed/$file" ] || fail "$file is not installed"
done

if command -v groff >/dev/null; then
  page=$installed/share/man/man1/boardless.1
  expect_same "troff's warnings" "$(groff -man -Tutf8 -ww -z "$page" 2>&1)" ""
  text=$(groff -man -Tutf8 -P-cbou -rLL=120n "$page")
  for words in "boardless predict MODEL... -t, --target TARGET" "--clock MHZ" "Default: auto." "BOARDLESS_DATA" \
    "boardless targets show nrf52840" "--uart-prompt 'm-ready\\r\\n'"; do
    grep -qF -- "$words" <<<"$text" || fail "the manual page lacks: $words"
  done
  if grep -q "reference WHAT" <<<"$text"; then fail "the manual page shows the hidden command"; fi
fi
finish
