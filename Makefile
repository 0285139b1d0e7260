# What people do here. CI runs .ci/run, which is test, lint and check together.
GO          ?= go
STATICCHECK  = $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
# Executions, not seconds: when seconds run out, Go's own fuzzer sometimes ends with "context deadline exceeded".
FUZZTIME    ?= 20000x
# How much garbage the tests may leave beside what is alive, in percent, before it is collected: that takes much of their time with Go's
# own 100. The largest take about 1 GB then, and two packages are tested at a time for two processors.
TESTGOGC    ?= 400
# More for go test, such as -vet=off where go vet has gone before.
TESTFLAGS   ?=
# For FuzzCutMetadata, each of whose executions cuts a slice and generates a package.
SLOWFUZZTIME ?= 1000x
OFFLINE      = $(shell sed -n "s|^https.*|--from '&'|p" .ci/offline)

.DEFAULT_GOAL := help
.PHONY: help slices slices-offline check-slices generate check test browser lint update-golden fuzz bench

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

slices: ## renew specs/ from the public addresses in graphslice.yaml
	$(GO) run ./cmd/gen slice

slices-offline: ## the same from the files that .ci/offline names
	@$(GO) run ./cmd/gen slice $(OFFLINE)

check-slices: ## whether specs/ are what slices-offline would make
	@$(GO) run ./cmd/gen slice --check $(OFFLINE)

generate: ## make generated/ from specs/, as graphslice.yaml says
	$(GO) run ./cmd/gen

check: ## fast: formatting, vet, and that generated/ is up to date
	@test -z "$$(gofmt -l .)" || { echo "gofmt would change:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) run ./cmd/gen check --full

test: ## all tests
	GOGC=$(TESTGOGC) $(GO) test $(TESTFLAGS) -timeout 20m ./...

browser: ## the pages of gen in a real browser; GRAPHSLICE_BROWSER names another than chromium
	$(GO) -C browser test -count=1 ./...

lint: ## staticcheck, go vet, and a tidy go.mod
	$(GO) vet ./...
	$(STATICCHECK) ./...
	$(GO) mod tidy -diff

update-golden: ## rewrite golden/testdata after a deliberate change of the output
	$(GO) test ./golden -run 'TestGoldenSlices$$' -update
	$(GO) test ./golden -run 'Test(Golden|Binds)$$' -update
	$(GO) test ./cmd/gen -run 'Test(BadInput|Answers)$$' -update

fuzz: ## every fuzz test, FUZZTIME executions each, two at a time
	@FUZZTIME=$(FUZZTIME) SLOWFUZZTIME=$(SLOWFUZZTIME) .ci/fuzz

bench: ## measure, beside other generators and clients, and write bench/RESULTS.md; 45 minutes, and up to 10 GB
	$(GO) -C bench run . -only own,generating,sdk,scale -everything
