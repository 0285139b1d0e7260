package page

import "context"

type (
	resource     struct{}
	ChatRequests resource
	Chat         struct{}
	GetOptions   struct{}
	CallOption   struct{}
)

func readChat()
func getOne(context.Context, *resource, any, func(), []CallOption) (*Chat, error)
