# Are the reports for CI what Jenkins, GitLab and GitHub read?  Arguments: build folder, source folder.
. "$2/tests/packaging/expect.sh"
build=$1 source=$2
command -v xmllint >/dev/null || needs "xmllint (libxml2-utils)"
command -v python3 >/dev/null || needs "python3"
cd "$scratch"

# A broken limit, one that holds, and one that cannot be checked; a name that XML and Markdown would trip over.
cat >budget.yaml <<'YAML'
entries:
  - model: mnist_mlp
    targets: stm32f446re
    limits: {latency: <= 1 ns, sram: <= 1 MiB}
  - model: kws
    targets: coral-usb3
    limits: {stack: <= 1 KiB}
YAML
GITHUB_STEP_SUMMARY=$scratch/summary.md "$build/bin/boardless" check budget.yaml --junit junit.xml --github \
  --gitlab-code-quality quality.json --metrics metrics.txt -o out.txt 2>stderr.txt
expect_same "exit status" $? 1

xmllint --noout --schema "$source/tests/gate/junit.xsd" junit.xml 2>xmllint.txt || fail "JUnit: $(cat xmllint.txt)"
for count in "failures=\"1\"" "errors=\"1\""; do
  grep -q "<testsuites .*$count" junit.xml || fail "junit.xml counts no $count: $(sed -n 2p junit.xml)"
done
sed 's/ name="/ nome="/' junit.xml >broken.xml
if xmllint --noout --schema "$source/tests/gate/junit.xsd" broken.xml 2>/dev/null; then fail "the schema takes anything"; fi

expect_line "annotations" "$(cat stderr.txt)" \
  "::error file=budget.yaml,line=4,title=mnist_mlp on stm32f446re::$(sed -n 's/.*message="\(latency[^"]*\)".*/\1/p' junit.xml | sed 's/&lt;/</g')"
grep -q '^### budget.yaml: over budget$' summary.md || fail "the summary: $(cat summary.md)"

python3 - <<'PYTHON' || fail "the reports of GitLab"
import json, re
issues = json.load(open("quality.json"))
assert len(issues) == 2, issues
for issue in issues:
    assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}, issue
    assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"])
    assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert issue["location"]["path"] == "budget.yaml" and issue["location"]["lines"]["begin"] > 0
assert len({issue["fingerprint"] for issue in issues}) == 2
lines = open("metrics.txt").read().splitlines()
assert lines[-1] == "# EOF"
sample = re.compile(r'[a-z_]+\{model="[^"]*",target="[^"]*"(,options="[^"]*")?\} [0-9.e+-]+')
kind = re.compile(r"# TYPE [a-z_]+ gauge")
assert all(sample.fullmatch(line) or kind.fullmatch(line) for line in lines[:-1]), lines
assert any(line.startswith('boardless_cycles{model="mnist_mlp",target="stm32f446re"} ') for line in lines)
PYTHON

# Whatever the folder and the time, the same bytes.
mkdir other && cp budget.yaml other && cd other
"$build/bin/boardless" check budget.yaml --junit junit.xml -q -o out.txt
cmp junit.xml ../junit.xml || fail "JUnit depends on the folder"
cmp out.txt ../out.txt || fail "the table depends on the folder"
finish
