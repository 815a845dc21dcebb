# Is a page that was bundled before taken as it is, without Node.js, and one of other files refused?
# Arguments: build folder, cmake.
. "$(dirname "$0")/expect.sh"
build=$1 cmake=$2
tree=$(realpath "$(dirname "$0")/../..")
cp -r "$tree/reports" "$tree/cmake" "$scratch"
chmod -R u+w "$scratch" # the tree may be read-only
page=$scratch/reports/page
bundle=$build/reports/page_template.cc
# No Node.js: a build that wants it fails.
make() {
  "$cmake" -DSOURCE="$page" -DBUILD="$scratch/build" -DOUTPUT="$scratch/page_template.cc" -DNODE= -DNPM= "$@" \
    -P "$page/BundlePage.cmake" 2>&1 | tr -s ' \n' ' '
}

case $(make -DTEMPLATE="$page/page_template.cc") in *"node and npm were not found"*) ;; *) fail "bundled without Node.js" ;; esac
make -DTEMPLATE="$bundle" -DTEMPLATE_IS_ASKED_FOR=ON
cmp -s "$bundle" "$scratch/page_template.cc" || fail "the bundle named was not taken"

# Once there, it is kept, whatever the files' times.
touch "$scratch/page_template.cc" -d '2001-01-01'
touch "$page"/src/*
make -DTEMPLATE="$page/page_template.cc"
expect_same "time of a page that is kept" "$(stat -c %y "$scratch/page_template.cc" | cut -c1-10)" 2001-01-01

# The bundle of a source package lies beside the page.
rm "$scratch/page_template.cc"
cp "$bundle" "$page/page_template.cc"
make -DTEMPLATE="$page/page_template.cc"
cmp -s "$bundle" "$scratch/page_template.cc" || fail "the bundle beside the page was not taken"

echo "/* another page */" >>"$page/src/style.css"
case $(make -DTEMPLATE="$bundle" -DTEMPLATE_IS_ASKED_FOR=ON) in
  *"no bundle of the files in reports/page"*) ;;
  *) fail "the bundle of other files was taken" ;;
esac
finish
