package openapi

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestZZBad(t *testing.T) {
	dirs, _ := filepath.Glob("../../golden/testdata/bad/*/input")
	for _, d := range dirs {
		specs, _ := filepath.Glob(d + "/*.yaml")
		if len(specs) == 0 {
			specs, _ = filepath.Glob(d + "/*.json")
		}
		wd, _ := os.Getwd()
		_ = wd
		var s []string
		for _, x := range specs {
			if filepath.Base(x) != "overrides.yaml" {
				s = append(s, x)
			}
		}
		_, diags := Load(context.Background(), Options{Specs: s})
		fmt.Println("==", filepath.Base(filepath.Dir(d)), len(diags))
		for _, x := range diags {
			fmt.Println("   ", x)
		}
	}
}
