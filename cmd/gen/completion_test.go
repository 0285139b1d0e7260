package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What bash would show after each line; the last word is the one that is completed.
func TestBashCompletion(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skipf("SKIPPED: needs bash: %v", err)
	}
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"graph.yaml": "", "a folder/x.xml": "", "metadata.xml": ""})
	script := ask("completion", "bash")
	if script.code != exitOK {
		t.Fatal(script.stderr)
	}
	tests := map[string]string{
		"gen ":                           "init paths add slice check list why uses permissions tidy diff graph completion help version",
		"gen s":                          "slice",
		"gen --dr":                       "--dry-run",
		"gen -":                          "--config --spec --out --package --include --exclude --overrides --leave --fake --check --dry-run --force --write-overrides --full --keep-removed --no-docs --format --allow-remote-refs --quiet --verbose --version --help",
		"gen --format ":                  "text json",
		"gen --format = j":               "json",
		"gen --format =":                 "text json",
		"gen slice --fo":                 "--follow --format",
		"gen slice --format t":           "text",
		"gen paths --format ":            "text json tree",
		"gen diff --format m":            "markdown",
		"gen diff --fail-on ":            "go wire breaking uses any",
		"gen diff me":                    "metadata.xml",
		"gen graph --format ":            "mermaid svg",
		"gen completion ":                "bash zsh fish powershell",
		"gen completion z":               "zsh",
		"gen help pa":                    "paths",
		"gen list --config gr":           "graph.yaml",
		"gen list --out a":               "a folder",
		"gen slice --metadata m":         "metadata.xml",
		"gen slice --include ":           "",
		"gen add /me":                    "",
		"gen list --format json --f":     "--format",
		"gen check --config x --full --": "--config --spec --out --package --include --exclude --overrides --leave --fake --full --keep-removed --no-docs --format --allow-remote-refs --quiet --verbose --version --help",
	}
	for line, want := range tests {
		words := strings.Fields(line)
		if strings.HasSuffix(line, " ") {
			words = append(words, "")
		}
		run := exec.Command(bash, append([]string{"-c", `source /dev/stdin; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gen; echo "${COMPREPLY[*]}"`, "bash"}, words...)...)
		run.Stdin = strings.NewReader(script.stdout)
		run.Stderr = os.Stderr
		got, err := run.Output()
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if diff := cmp.Diff(want, strings.TrimSpace(string(got))); diff != "" {
			t.Errorf("%s: -want +got:\n%s", line, diff)
		}
	}
}

// The scripts of the other shells name every command, every flag and every value; those that are installed read them.
func TestCompletionScripts(t *testing.T) {
	for shell, check := range map[string][]string{"zsh": {"zsh", "-n"}, "fish": {"fish", "-n"}, "powershell": nil, "bash": {"bash", "-n"}} {
		script := ask("completion", shell)
		if script.code != exitOK || strings.Contains(script.stdout, "<no value>") || strings.Contains(script.stdout, "%!") {
			t.Fatalf("%s: exit code %d\n%s%s", shell, script.code, script.stdout, script.stderr)
		}
		for _, c := range completedCommands() {
			words := append([]string{c.Name}, c.Words...)
			for _, f := range c.Flags {
				words = append(append(words, f.Name), f.Values...)
			}
			for _, word := range words {
				if !strings.Contains(script.stdout, word) {
					t.Errorf("%s: %s %s is not there", shell, c.Name, word)
				}
			}
		}
		if check == nil {
			continue
		}
		if _, err := exec.LookPath(check[0]); err != nil {
			t.Logf("SKIPPED for %s, which is not installed", shell)
			continue
		}
		file := filepath.Join(t.TempDir(), "script")
		if err := os.WriteFile(file, []byte(script.stdout), 0o666); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(check[0], check[1], file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", shell, err, out)
		}
	}
}

func TestCompletionCalls(t *testing.T) {
	tests := map[string]result{
		"":          {exitUsage, "", "gen: the shell is missing: bash, zsh, fish or powershell" + usage},
		"bsh":       {exitUsage, "", "gen: unknown shell \"bsh\"; did you mean bash? See gen --help\n"},
		"bash zsh":  {exitUsage, "", `gen: unknown argument "zsh"` + usage},
		"--help":    {exitOK, completionUsage, ""},
		"--formt x": {exitUsage, "", "gen: unknown flag: --formt" + usage},
	}
	for args, want := range tests {
		if diff := cmp.Diff(want, ask(append([]string{"completion"}, strings.Fields(args)...)...), cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("%s: -want +got:\n%s", args, diff)
		}
	}
}
