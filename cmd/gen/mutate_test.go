package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The files of a small project, each of which is damaged in turn.
var project = map[string]string{
	"graphslice.yaml": `# The packages.
packages:
  - specs: [specs/books.yaml]
    out: out
    package: shelf
    include: ['/books/**#GET,POST']
    exclude: ["/books/{book-id}#GET"]
    overrides: [o.yaml]
    slice:
      metadata: [m.xml]
      notes: [n.yaml]
      serviceRoot: https://graph.microsoft.com/v1.0
      files:
        - {out: specs/books.yaml, title: Books, include: ['/books/**#GET,POST']}
      follow: [book.pages]
      types: [page]
      properties: {book: [title, pages]}
      without: [microsoft.graph.comic]
`,
	"o.yaml": `types:
  microsoft.graph.book: {rename: Volume, description: To read., hide: false}
properties:
  microsoft.graph.book/title: {rename: Name, nullable: true}
operations:
  GET /books: {scopes: [Books.Read], docs: https://contoso.com/x}
`,
	"n.yaml": `types:
  microsoft.graph.book:
    description: A book.
    properties: {title: What it is called.}
properties: {id: The key.}
parameters: {book-id: The key of the book.}
maxItems: {microsoft.graph.book/pages: 20}
operations:
  GET /books:
    delegated: [Books.Read]
    responses: {200: body}
    longRunning: false
`,
	"m.xml": `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="book">
        <Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>
        <Property Name="title" Type="Edm.String"/>
        <NavigationProperty Name="pages" Type="Collection(microsoft.graph.page)" ContainsTarget="true"/>
      </EntityType>
      <EntityType Name="comic" BaseType="microsoft.graph.book"/>
      <EntityType Name="page"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
      <EntityContainer Name="service">
        <EntitySet Name="books" EntityType="microsoft.graph.book"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
`,
}

// odd are texts that stand in the place of others.
var odd = []string{"", " ", "\t", "\x00", "\xff\xfe", "\ufeff", "\u202e", "\r\n", "'", "\"", "{", "}", "[", "]", ": ", "- ", "&a ", "*a", "!!int ", "<<: ", "null", "~", "true", "0x10",
	"1e99", "|", ">", "%", "@", "#", "<", "</", "&lt;", "<![CDATA[", "9999999999999999999999", "\U0001F600", "..", "/", "---\n", "...\n", "\n\n", "🙂: 1"}

var pieces = regexp.MustCompile(`[A-Za-z0-9_./$-]+|\s+|.`)

// mutate damages a text in one place, or in a few.
func mutate(random *rand.Rand, text string) string {
	for range 1 + random.IntN(2) {
		tokens := pieces.FindAllString(text, -1)
		if len(tokens) == 0 {
			return text
		}
		i, j := random.IntN(len(tokens)), random.IntN(len(tokens))
		switch random.IntN(7) {
		case 0:
			tokens = slices.Delete(tokens, i, min(i+1+random.IntN(4), len(tokens)))
		case 1:
			tokens = slices.Insert(tokens, i, tokens[i:min(i+1+random.IntN(6), len(tokens))]...)
		case 2:
			tokens[i] = odd[random.IntN(len(odd))]
		case 3:
			tokens[i] += odd[random.IntN(len(odd))]
		case 4:
			tokens[i] = tokens[j]
		case 5:
			lines := strings.SplitAfter(text, "\n")
			at := random.IntN(len(lines))
			return strings.Join(slices.Insert(lines, random.IntN(len(lines)), lines[at]), "")
		case 6:
			return text[:random.IntN(len(text))]
		}
		text = strings.Join(tokens, "")
	}
	return text
}

// placed is a message with a file and a line.
var placed = regexp.MustCompile(`^[^:\n]+:[1-9][0-9]*(:[1-9][0-9]*)?: (error|warning): `)

// placeless are messages about a whole file, or about what no file says.
var placeless = regexp.MustCompile(`\((no-config|unreadable-file|unreadable|unreadable-url|io|no-service-root|guessed-service-root|same-out|not-ours|file-in-the-way|empty-file)\)`)

// Whatever is wrong with a file is said with the file and the line, and nothing is written; nothing ever is a bug.
func TestMutants(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, project)
	mustSlice(t)
	mustGen(t)
	specs, err := os.ReadFile("specs/books.yaml")
	if err != nil {
		t.Fatal(err)
	}
	locked, err := os.ReadFile("out/graphslice.lock")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"specs/books.yaml": string(specs), "out/graphslice.lock": string(locked)}
	for name, text := range project {
		files[name] = text
	}
	failed := 0
	names := []string{"graphslice.yaml", "o.yaml", "n.yaml", "m.xml", "specs/books.yaml", "out/graphslice.lock"}
	for seed := range uint64(mutants) {
		random := rand.New(rand.NewPCG(seed, 12))
		name := names[int(seed)%len(names)]
		text := mutate(random, files[name])
		lay(t, map[string]string{name: text})
		before := tree(t)
		args := []string{"--dry-run"}
		if name == "n.yaml" || name == "m.xml" || name == "graphslice.yaml" && seed%2 == 0 {
			args = []string{"slice", "--check"}
		}
		got, _ := genReally(args...)
		if why := complaint(got); why != "" {
			t.Errorf("seed %d: %s with %s: %s\n%s\n--- %s:\n%s", seed, args, name, why, got.stderr, name, text)
		}
		if got.code == exitInput {
			failed++
		}
		if diff := cmp.Diff(before, tree(t)); diff != "" {
			t.Errorf("seed %d: gen %v changed something: %s", seed, args, diff)
		}
		lay(t, map[string]string{name: files[name]})
	}
	if failed < mutants/4 {
		t.Errorf("only %d of %d mutants are refused", failed, mutants)
	}
}

// mutants are how many are tried.
const mutants = 360

func mustSlice(t *testing.T) {
	t.Helper()
	if got, _ := genReally("slice"); got.code != exitOK {
		t.Fatal(got.stderr)
	}
}

// complaint says what is wrong with the answer to a mutant.
func complaint(got result) string {
	if got.code != exitOK && got.code != exitInput && got.code != exitDiffers {
		return fmt.Sprintf("exit code %d", got.code)
	}
	for line := range strings.Lines(got.stderr) {
		isMessage := strings.Contains(line, ": error: ") || strings.HasPrefix(line, "error: ")
		if isMessage && !strings.HasPrefix(line, "\t") && !placed.MatchString(filepath.ToSlash(line)) && !placeless.MatchString(line) {
			return "no place: " + line
		}
	}
	return ""
}
