package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

// newFlags returns an empty set of flags for the command called name, "" for gen itself.
func newFlags(name string) *pflag.FlagSet {
	flags := pflag.NewFlagSet(strings.TrimSpace("gen "+name), pflag.ContinueOnError)
	flags.SortFlags = false
	flags.Usage = func() {}
	return flags
}

// parseFlags reads the arguments. A flag that is not there is named with the nearest that is. The error is a usageError.
func parseFlags(flags *pflag.FlagSet, args []string) error {
	err := flags.Parse(args)
	var unknown *pflag.NotExistError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &unknown) || len(unknown.GetSpecifiedName()) < 2:
		return usageError(err.Error())
	}
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return usageError(err.Error() + didYouMean("--"+unknown.GetSpecifiedName(), names))
}

// valuesKey is the annotation of a flag that has one of several words as its value.
const valuesKey = "values"

// enumerate says which words a flag can have, for a message and for completion.
func enumerate(flags *pflag.FlagSet, name string, values ...string) {
	flags.Lookup(name).Annotations = map[string][]string{valuesKey: values}
}

// othersKey is the annotation of a flag that has other values beside those that completion knows.
const othersKey = "others"

// suggest says which words a flag can have, for completion alone.
func suggest(flags *pflag.FlagSet, name string, values ...string) {
	flags.Lookup(name).Annotations = map[string][]string{valuesKey: values, othersKey: {}}
}

// checkEnum finds a flag whose value is none of its words. The error is a usageError.
func checkEnum(flags *pflag.FlagSet) error {
	var fault error
	flags.VisitAll(func(f *pflag.Flag) {
		values := f.Annotations[valuesKey]
		value := f.Value.String()
		if _, others := f.Annotations[othersKey]; others {
			return
		}
		if fault == nil && values != nil && f.Changed && !slices.Contains(values, value) {
			fault = usagef("--%s is %s, not %q%s", f.Name, orList(values), value, didYouMean(value, values))
		}
	})
	return fault
}

// orList is "a, b or c".
func orList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// didYouMean is the end of a message about a word that is not known, "" if none of the known ones is much like it.
func didYouMean(word string, known []string) string {
	if near := generator.Likely(word, known); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// checkValues finds a flag that was given without a value, or with none of its words. The error is a usageError.
func checkValues(flags *pflag.FlagSet) error {
	var fault error
	flags.Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		if fault == nil && slices.Contains(values, "") {
			fault = usagef("--%s is empty", f.Name)
		}
	})
	if fault != nil {
		return fault
	}
	return checkEnum(flags)
}
