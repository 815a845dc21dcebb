# Does the .deb name the libraries it needs, hold what is installed, and run from where it is unpacked?
# Arguments: build folder, cmake.
. "$(dirname "$0")/expect.sh"
build=$1 cpack=$(dirname "$2")/cpack
unset BOARDLESS_DATA
command -v dpkg-shlibdeps >/dev/null || needs "dpkg-dev"

"$cpack" -G DEB -B "$scratch" --config "$build/CPackConfig.cmake" >"$scratch/log" 2>&1 || fail "cpack: $(cat "$scratch/log")"
package=$(compgen -G "$scratch/boardless_*_*.deb")
depends=$(dpkg-deb -f "$package" Depends)
for library in libc6 libstdc++6 libllvm19 libyaml-cpp0.7 libfmt9; do
  case ", $depends," in *", $library "* | *", $library,"*) ;; *) fail "does not depend on $library: $depends" ;; esac
done
expect_same "package" "$(dpkg-deb -f "$package" Package)" boardless
# The package's version is the executable's.
expect_same "version" "$(dpkg-deb -f "$package" Version)" "$("$build/bin/boardless" --version)"

dpkg-deb -x "$package" "$scratch/root"
usr=$scratch/root/usr
outside=$(find "$scratch/root" -mindepth 1 -maxdepth 1 ! -name usr)
expect_same "files outside /usr" "$outside" ""
case $(cd / && "$usr/bin/boardless" predict mnist_mlp -t rp2040 --format json) in
  *'"target": "rp2040"'*) ;;
  *) fail "the unpacked executable does not predict" ;;
esac
[ -s "$usr/share/doc/boardless/copyright" ] || fail "no copyright"
for path in share/man/man1 share/bash-completion/completions share/zsh/vendor-completions share/fish/vendor_completions.d; do
  [ -n "$(ls "$usr/$path")" ] || fail "nothing in /usr/$path"
done
finish
