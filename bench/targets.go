package main

import "fmt"

// largestTeams is the document that the ratios are promised for.
const largestTeams = "2023-07/beta/Teams.yml"

// goals compares what was measured with the figures to reach, as far as it was measured.
func (r *results) goals() []row {
	var rows []row
	if r.generating != nil {
		rows = append(rows, generatingGoals(r.generating.Figures)...)
	}
	if r.scale != nil {
		rows = append(append(rows, scaleGoals(r.scale.Figures)...), splitGoals(r.scale.Figures)...)
	}
	if r.sdk != nil {
		rows = append(rows, sdkGoals(r.sdk.Figures)...)
	}
	return rows
}

func generatingGoals(all []generation) []row {
	find := func(document, tool string) (generation, bool) {
		for _, g := range all {
			if g.Document == document && g.Tool == tool && g.Error == "" {
				return g, true
			}
		}
		return generation{}, false
	}
	var rows []row
	ours, found := find(largestTeams, graphslice)
	if !found {
		return nil
	}
	if kin, found := find(largestTeams, kinOpenAPI); found {
		rows = append(rows, row{"Teams beta 2023-07: time", ours.Generate.Seconds / kin.Generate.Seconds, 1.25, "of kin-openapi loading it",
			fmt.Sprintf("%.2f s and %.2f s; %s", ours.Generate.Seconds, kin.Generate.Seconds, kin.Version)},
			row{"… memory", ours.Generate.Megabytes / kin.Generate.Megabytes, 1.5, "of kin-openapi loading it",
				fmt.Sprintf("%.0f MB and %.0f MB", ours.Generate.Megabytes, kin.Generate.Megabytes)})
	}
	for _, tool := range []string{oapiCodegen, ogen} {
		if peer, found := find(largestTeams, tool); found {
			rows = append(rows, row{"… time", ours.Generate.Seconds / peer.Generate.Seconds, 0.25, "of " + tool,
				fmt.Sprintf("%.2f s and %.2f s", ours.Generate.Seconds, peer.Generate.Seconds)})
		}
	}
	if peer, found := find(largestTeams, oapiCodegen); found {
		rows = append(rows, row{"… lines", float64(ours.Lines) / float64(peer.Lines), 0.25, "of oapi-codegen",
			thousands(ours.Lines) + " and " + thousands(peer.Lines)})
		if ours.Compile != nil && peer.Compile != nil {
			rows = append(rows, row{"… processor time to compile", ours.Compile.CPU / peer.Compile.CPU, 0.2, "of oapi-codegen",
				fmt.Sprintf("%.1f s and %.1f s", ours.Compile.CPU, peer.Compile.CPU)})
		}
	}
	return append(rows, wholeGoals(find(whole, graphslice))...)
}

// wholeGoals are those for the whole document, if it was generated.
func wholeGoals(all generation, found bool) []row {
	if !found {
		return []row{{"all.yaml: generators that fail", 1, 0, "", "graphslice writes nothing"}}
	}
	fail := row{"… packages that do not compile", 0, 0, "", thousands(all.Lines) + " lines"}
	if all.Compile == nil {
		fail.Figure, fail.Note = 1, all.CompileError
	}
	return []row{
		{"all.yaml: time", all.Generate.Seconds, 60, "s", fmt.Sprintf("%.1f s of processor time", all.Generate.CPU)},
		{"… memory", all.Generate.Megabytes, 4000, "MB", "largest resident set"}, fail,
	}
}

// scaleGoals tell of slices that could not be made. What all of v1.0 may take is promised of the cleaned metadata: see splitGoals.
func scaleGoals(all []step) []row {
	var rows []row
	for _, s := range all {
		if s.Series == metadataSeries && s.Error != "" {
			rows = append(rows, row{"v1.0 from metadata, " + s.Part + ": what fails", 1, 0, "", s.Error})
		}
	}
	return rows
}

func sdkGoals(all []program) []row {
	find := func(client string) (program, bool) {
		for _, p := range all {
			if p.Client == client && p.Error == "" {
				return p, true
			}
		}
		return program{}, false
	}
	ours, found := find(graphslice)
	byHand, foundByHand := find(smallSources[0].client)
	sdk, foundSDK := find(sdkSources[0].client)
	if !found || !foundByHand || !foundSDK {
		return nil
	}
	const of = "of msgraph-sdk-go"
	beyond := func(p program) float64 { return float64(p.Size-byHand.Size) / 1e6 }
	return []row{
		{"create-chat program: processor time to build, standard library built", ours.Beyond.CPU / sdk.Beyond.CPU, 1. / 50, of,
			fmt.Sprintf("%.2f s and %.0f s", ours.Beyond.CPU, sdk.Beyond.CPU)},
		{"… stripped size beyond the program by hand", beyond(ours) / beyond(sdk), 1. / 40, of,
			fmt.Sprintf("%.2f MB and %.2f MB", beyond(ours), beyond(sdk))},
		{"… encoding: time", ours.Encode.Nanoseconds / sdk.Encode.Nanoseconds, 1. / 5, of,
			fmt.Sprintf("%.1f µs and %.1f µs", ours.Encode.Nanoseconds/1e3, sdk.Encode.Nanoseconds/1e3)},
		{"… decoding: time", ours.Decode.Nanoseconds / sdk.Decode.Nanoseconds, 1. / 4, of,
			fmt.Sprintf("%.2f ms and %.2f ms", ours.Decode.Nanoseconds/1e6, sdk.Decode.Nanoseconds/1e6)},
	}
}
