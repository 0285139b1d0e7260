package picture_test

import (
	"context"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/picture"
	"github.com/graphslice/graphslice/generator/internal/picture/layered"
)

func init() {
	picture.Columns = layered.Columns{}
	picture.Drawn = func(version string, enums bool) (*picture.Drawing, error) {
		folder := "../../../specs/" + version + "/"
		cfg := generator.Config{Specs: []string{folder + "chats.yaml", folder + "conversationMember.yaml"}, Package: "graph"}
		subject, found, err := generator.Of(cfg, "").Inspect(context.Background())
		if err != nil {
			return nil, err
		}
		if subject == nil {
			return nil, found
		}
		return subject.Diagram(enums).Drawing(), nil
	}
}
