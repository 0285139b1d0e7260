package program

import (
	"context"
	"testing"

	"example.com/sdk"
)

func TestMe(t *testing.T) {
	client := sdk.NewServiceClient(nil)
	if _, err := client.Me().Get(context.Background(), nil); err != nil {
		t.Error(err)
	}
}
