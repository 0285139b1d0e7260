//go:build unix

package main

import (
	"fmt"
	"path/filepath"
)

// A client that Kiota made for a program, pimctl, which has it in public: Kiota needs .NET, so that it is not run here. The patterns are
// those of internal/generated/msgraphsdk/kiota-lock.json at that commit. The lines are those of the Go files in that folder, some 1,800, as
// they have been reported; nobody has reported the bytes.
const (
	kiotaSource = "Kiota 1.21.0, github.com/co-native-ab/pimctl at 0b2a25f57faf"
	kiotaLines  = 439_719
)

// kiotaPatterns take one segment for * and all below for **, as those of gen slice do.
var kiotaPatterns = []string{
	"/me",
	"/roleManagement/directory/roleEligibilitySchedules/*",
	"/roleManagement/directory/roleAssignmentScheduleInstances/*",
	"/roleManagement/directory/roleAssignmentScheduleRequests",
	"/roleManagement/directory/roleAssignmentScheduleRequests/*",
	"/policies/roleManagementPolicyAssignments",
	"/identityGovernance/privilegedAccess/group/eligibilitySchedules/*",
	"/identityGovernance/privilegedAccess/group/assignmentScheduleInstances/*",
	"/identityGovernance/privilegedAccess/group/assignmentScheduleRequests",
	"/identityGovernance/privilegedAccess/group/assignmentScheduleRequests/*",
	"/identityGovernance/privilegedAccess/group/assignmentApprovals/**",
}

// besideKiota compares what the patterns make with what they made Kiota write. The generator is there from generating.
func besideKiota(work string) ([]row, error) {
	if unavailable("the slice that Kiota made for a program", cleanedMetadata) {
		return nil, nil
	}
	gen, slice, out := filepath.Join(work, "gen"), filepath.Join(work, "kiota.yaml"), filepath.Join(work, "kiota")
	args := []string{"slice", "--quiet", "--metadata", cleanedMetadata, "--service-root", "https://graph.microsoft.com/v1.0", "--out", slice}
	for _, pattern := range kiotaPatterns {
		args = append(args, "--include", pattern)
	}
	if _, err := execute(0, gen, args...); err != nil {
		return nil, err
	}
	if _, err := execute(0, gen, "--quiet", "--spec", slice, "--out", out, "--package", "graph"); err != nil {
		return nil, err
	}
	lines, bytes, err := count(out, "*.go")
	if err != nil {
		return nil, err
	}
	runtime, _, err := count(out, "runtime_*.go")
	if err != nil {
		return nil, err
	}
	return []row{{fmt.Sprintf("a real program's slice of %d patterns: lines", len(kiotaPatterns)), float64(lines) / kiotaLines, 0.05, "of Kiota's",
		fmt.Sprintf("%s, of which the runtime is %s, in %s bytes, and %s (%s)", thousands(lines), thousands(runtime), thousands(bytes),
			thousands(kiotaLines), kiotaSource)}}, nil
}
