package programs

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	changes "example.com/golden/delta"
	changetest "example.com/golden/delta/graphtest"
	zoos "example.com/golden/discriminator"
	zootest "example.com/golden/discriminator/graphtest"
	pages "example.com/golden/raw_bodies"
	pagetest "example.com/golden/raw_bodies/graphtest"
	groups "example.com/golden/ref"
	grouptest "example.com/golden/ref/graphtest"
)

// A store has references in its memory.
func TestStoreReferences(t *testing.T) {
	store := grouptest.NewStore(t)
	seeds := filepath.Join(t.TempDir(), "seeds.json")
	if err := os.WriteFile(seeds, []byte(`{"groups": [{"id": "g"}], "directoryObjects": [{"id": "1"}, {"id": "2"}]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	store.Load(seeds)
	group := store.Client().Groups().ByID("g")
	for _, id := range []string{"1", "2"} {
		if err := group.Members().Ref().Create(t.Context(), groups.BindPath[any]("directoryObjects/"+id)); err != nil {
			t.Fatal(err)
		}
	}
	if err := group.Members().ByID("1").Ref().Delete(t.Context()); err != nil {
		t.Fatal(err)
	}
	left, err := group.Members().Ref().List(t.Context(), nil)
	if err != nil || len(left.Items) != 1 || left.Items[0].ID != "2" {
		t.Errorf("%+v, %v", left, err)
	}
	if err := group.Owner().Ref().Replace(t.Context(), groups.BindPath[any]("directoryObjects/2")); err != nil {
		t.Fatal(err)
	}
	if owner, err := group.Owner().Ref().Get(t.Context(), nil); err != nil || owner.ID != "2" {
		t.Errorf("%+v, %v", owner, err)
	}
}

// What is answered with nothing has ready handlers, whatever is sent.
func TestReadyHandlers(t *testing.T) {
	srv := grouptest.NewServer(t)
	members := srv.Groups().ByID("g").Members()
	members.Ref().OnCreate(grouptest.Take).Times(1)
	members.AnyID().Ref().OnDelete(grouptest.Done, grouptest.Done)
	group := srv.Client().Groups().ByID("g").Members()
	if err := group.Ref().Create(t.Context(), groups.BindPath[any]("directoryObjects/1")); err != nil {
		t.Error(err)
	}
	for _, id := range []string{"1", "2"} {
		if err := group.ByID(id).Ref().Delete(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if sent, ok := srv.Calls()[0].Body.(groups.Reference); !ok || sent.ID != "1" {
		t.Errorf("%+v", srv.Calls()[0])
	}
}

// A store says what has changed since it was asked.
func TestStoreDelta(t *testing.T) {
	store := changetest.NewStore(t)
	store.People().Put(&changes.Person{ID: "1"})
	people := store.Client().People()
	first, err := people.Delta(t.Context(), nil)
	if err != nil || len(first.Items) != 1 || first.DeltaLink == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	store.People().Put(&changes.Person{ID: "2"})
	later, err := people.DeltaFrom(t.Context(), first.DeltaLink)
	if err != nil || len(later.Items) != 1 || later.Items[0].Value.ID != "2" {
		t.Errorf("%+v, %v", later, err)
	}
}

// A store keeps what is no JSON.
func TestStoreContent(t *testing.T) {
	store := pagetest.NewStore(t)
	store.Pages().Put(&pages.PressPage{ID: "1"})
	content := store.Client().Pages().ByID("1").Content()
	if err := content.Replace(t.Context(), strings.NewReader("<p>text</p>")); err != nil {
		t.Fatal(err)
	}
	if got, err := content.Get(t.Context(), nil); err != nil || got != "<p>text</p>" {
		t.Errorf("%q, %v", got, err)
	}
}

// What is of a derived type arrives as such, wherever it is put or answered.
func TestFakesOfDerivedTypes(t *testing.T) {
	tabby := func() *zoos.Cat { return &zoos.Cat{ID: "c", Lives: zoos.Some[int32](9)} }
	isTabby := func(v zoos.AnyAnimal) bool {
		cat, ok := v.(*zoos.Cat)
		return ok && cat.Lives.Or(0) == 9
	}
	t.Run("put into a collection", func(t *testing.T) {
		store := zootest.NewStore(t)
		store.Zoos().Put(&zoos.Zoo{ID: "z"})
		store.Zoos().ByID("z").Animals().Put(tabby())
		list, err := store.Client().Zoos().ByID("z").Animals().List(t.Context(), nil)
		if err != nil || len(list.Items) != 1 || !isTabby(list.Items[0]) {
			t.Errorf("%+v, %v", list, err)
		}
		if stored := store.Zoos().ByID("z").Animals().Stored(); len(stored) != 1 || !isTabby(stored[0]) {
			t.Errorf("%+v", stored)
		}
	})
	t.Run("pages and entities of handlers", func(t *testing.T) {
		srv := zootest.NewServer(t)
		srv.Zoos().ByID("z").Animals().OnList(zootest.Pages([]zoos.AnyAnimal{tabby(), &zoos.Animal{ID: "a"}}, 2))
		srv.Zoos().ByID("z").Animals().OnCreate(func(context.Context, zootest.Call, zoos.AnyAnimal) (zoos.AnyAnimal, error) { return tabby(), nil })
		animals := srv.Client().Zoos().ByID("z").Animals()
		list, err := animals.List(t.Context(), nil)
		if err != nil || len(list.Items) != 2 || !isTabby(list.Items[0]) {
			t.Errorf("%+v, %v", list, err)
		}
		if err == nil {
			if other, ok := list.Items[1].(*zoos.Animal); !ok || other.ODataType != "" {
				t.Errorf("%#v", list.Items[1])
			}
		}
		made, err := animals.Create(t.Context(), &zoos.Bird{ID: "b"})
		if err != nil || !isTabby(made.Value) {
			t.Errorf("%+v, %v", made, err)
		}
	})
}
