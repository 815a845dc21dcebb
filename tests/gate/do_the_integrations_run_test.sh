# Do the steps of the GitHub Action, the GitLab template, the pre-commit hook and the CMake function run as they are
# written?  Arguments: build folder, source folder, cmake.
. "$2/tests/packaging/expect.sh"
build=$1 source=$2 cmake=$3
export PATH=$build/bin:$PATH
cd "$scratch"

cat >good.yaml <<'YAML'
entries:
  - {model: mnist_mlp, targets: stm32f446re, limits: {latency: <= 1 s}}
YAML
sed 's/1 s/1 ns/' good.yaml >bad.yaml

# --- GitHub: the step's command, as the runner starts it.
step=$(sed -n "s/^ *run: '\(.*\)'$/\1/p" "$source/action.yml")
[ -n "$step" ] || fail "action.yml has no step"
run_action() {
  rm -f output summary.md
  GITHUB_ACTION_PATH=$source GITHUB_OUTPUT=$scratch/output GITHUB_STEP_SUMMARY=$scratch/summary.md \
    BUDGET=$1 ARGUMENTS="" JUNIT=action.xml MARKDOWN=action.md bash -c "$step" >action.out 2>action.err
  expect_same "the action's exit status for $1" $? "$2"
  expect_same "the action's output for $1" "$(cat output)" "status=$2"
  [ -s action.xml ] && [ -s action.md ] && [ -s summary.md ] || fail "the action writes no reports for $1"
}
run_action good.yaml 0
run_action bad.yaml 1
grep -q '^::error file=bad.yaml,line=2,' action.err || fail "no annotation: $(cat action.err)"
# Without boardless on the path, in a container of the action's checkout.
mkdir tools
for tool in bash cat; do ln -s "$(type -P $tool)" tools; done
printf '#!%s\necho "$*" >>%s/docker.log\n[ "$1" != image ]\n' "$(type -P bash)" "$scratch" >tools/docker
chmod +x tools/docker
PATH=$scratch/tools GITHUB_ACTION_PATH=$source BUDGET=good.yaml JUNIT=a.xml MARKDOWN=a.md bash "$source/integrations/github/check.sh"
expect_line "docker build" "$(cat docker.log)" "build -q -t boardless-action $source"
expect_line "docker run" "$(cat docker.log)" \
  "run --rm -v $scratch:/work boardless-action check good.yaml --github --junit a.xml --format markdown -o a.md"

# --- GitLab: the job's script; the reports that it names are written.
template=$source/integrations/gitlab/boardless.gitlab-ci.yml
script=$(sed -n '/^  script:/,/^  artifacts:/{s/^    - //p;s/^      //p}' "$template" | tr '\n' ' ')
BOARDLESS_BUDGET=bad.yaml BOARDLESS_ARGUMENTS=-q bash -ec "$script" >/dev/null
expect_same "the job's exit status" $? 1
for report in $(sed -n 's/^      \(junit\|codequality\|metrics\): //p' "$template"); do
  [ -s "$report" ] || fail "the job writes no $report"
done

# --- pre-commit: the hook's entry with a user's arguments.
entry=$(sed -n 's/^  entry: //p' "$source/.pre-commit-hooks.yaml")
$entry good.yaml >/dev/null || fail "the hook refuses good.yaml"
if $entry bad.yaml >/dev/null 2>&1; then fail "the hook passes bad.yaml"; fi

# --- CMake: a project that finds boardless, and ctest.
mkdir project
cat >project/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(app LANGUAGES NONE)
enable_testing()
find_package(boardless REQUIRED)
add_executable(app IMPORTED)
set_target_properties(app PROPERTIES IMPORTED_LOCATION ${PROGRAM})
boardless_add_budget_test(app_is_within_budget app budget.yaml)
boardless_add_budget_test(app_is_too_slow ${PROGRAM} slow.yaml)
CMAKE
cat >project/budget.yaml <<'YAML'
entries:
  - {firmware: calls.elf, targets: ideal-cortex-m4, limits: {cycles: <= 10M}}
YAML
sed 's/10M/10/' project/budget.yaml >project/slow.yaml
"$cmake" -S project -B built -Dboardless_DIR="$source/cmake" -DBOARDLESS_EXECUTABLE="$build/bin/boardless" \
  -DPROGRAM="$build/tests/programs/calls.elf" >cmake.out 2>&1 || fail "cmake: $(cat cmake.out)"
"$(dirname "$cmake")/ctest" --test-dir built >ctest.out 2>&1
grep -q 'app_is_within_budget .*Passed' ctest.out || fail "ctest: $(cat ctest.out)"
grep -q 'app_is_too_slow .*Failed' ctest.out || fail "ctest: $(cat ctest.out)"
finish
