package main

import (
	"fmt"
	"slices"

	"github.com/graphslice/graphslice/generator"
)

// failWords are the values of --fail-on that are no rules.
var failWords = []string{"go", "wire", "breaking", "any"}

// checkRules finds ids that are none. The error is a usageError.
func (o *diffOptions) checkRules() error {
	if o.flags.Changed("explain") {
		if _, near, ok := generator.DiffRuleOf(o.explain); !ok {
			return usagef("--explain: there is no rule %q%s", o.explain, nearRule(near))
		}
	}
	if o.flags.Changed("fail-on") && len(o.failOn) == 0 {
		return usagef("--fail-on is empty")
	}
	for _, on := range o.failOn {
		if _, near, ok := generator.DiffRuleOf(on); !ok && !slices.Contains(failWords, on) {
			return usagef("--fail-on is go, wire, breaking, any or the id of a rule, not %q%s", on, nearRule(near))
		}
	}
	return nil
}

func nearRule(id string) string {
	if id == "" {
		return ""
	}
	return "; the nearest rule is " + id
}

// explainRule prints what a rule is about.
func (a *app) explainRule(id string) {
	rule, _, _ := generator.DiffRuleOf(id)
	verdict := map[string]string{
		"wire": "breaks the wire, and Go where the compiler says so",
		"go":   "breaks Go where the compiler says so, and is compatible otherwise",
	}[rule.Breaks()]
	if verdict == "" {
		verdict = rule.Verdict().String() + ", unless the compiler says that Go breaks"
	}
	fmt.Fprintf(a.stdout, "%s: %s\n\n%s\n", rule.ID, verdict, rule.Explain)
}

// acceptances reads the file of what is accepted. The error is Diagnostics.
func (o *diffOptions) acceptances() ([]*generator.Acceptance, error) {
	beside := o.config
	if len(o.files) > 0 {
		beside = o.files[0]
	}
	return generator.ReadAccepted(o.accept, beside)
}
