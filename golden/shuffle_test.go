package golden

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// shuffle copies the YAML files of a folder with the keys of every mapping in another order, lists as they are,
// and returns the copy's folder. Equal seeds give equal orders.
func shuffle(t *testing.T, dir string, seed uint64) string {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 0))
	shuffled := t.TempDir()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text, err := shuffleYAML(data, random)
		if err != nil {
			t.Fatalf("%s: %v", entry.Name(), err)
		}
		writeFile(t, filepath.Join(shuffled, entry.Name()), text)
	}
	return shuffled
}

// shuffleYAML returns the document with the keys of every mapping in another order.
func shuffleYAML(data []byte, random *rand.Rand) (string, error) {
	var node yaml.Node
	if err := yaml.Unmarshal(data, &node); err != nil {
		return "", err
	}
	shuffleNode(&node, random)
	text, err := yaml.Marshal(&node)
	return string(text), err
}

func shuffleNode(node *yaml.Node, random *rand.Rand) {
	if node.Kind == yaml.MappingNode {
		random.Shuffle(len(node.Content)/2, func(i, j int) {
			c := node.Content
			c[2*i], c[2*j] = c[2*j], c[2*i]
			c[2*i+1], c[2*j+1] = c[2*j+1], c[2*i+1]
		})
	}
	for _, child := range node.Content {
		shuffleNode(child, random)
	}
}

func TestShuffleYAML(t *testing.T) {
	const document = "a: [3, 1, 2]\nb: {x: 1, y: 2, z: 3}\nc: text\nd: null\n"
	orders := map[string]bool{}
	for seed := range uint64(20) {
		text, err := shuffleYAML([]byte(document), rand.New(rand.NewPCG(seed, 0)))
		if err != nil {
			t.Fatal(err)
		}
		orders[text] = true
		var want, got map[string]any
		if err := yaml.Unmarshal([]byte(document), &want); err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d: -want +got:\n%s", seed, diff)
		}
	}
	if len(orders) < 10 {
		t.Errorf("20 seeds gave %d orders", len(orders))
	}
}
