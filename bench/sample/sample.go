// Package sample holds the JSON that the programs decode: 50 chats with five expanded members each.
package sample

import (
	"encoding/json"
	"fmt"
)

// Variable is the environment variable that names a file with the chats, a JSON array. The programs of other modules
// read it.
const Variable = "GRAPHSLICE_BENCH_CHATS"

// Chats returns the chats, a JSON text each.
func Chats() ([]json.RawMessage, error) {
	const at = "2020-12-04T23:10:28.51Z"
	const tenant = "b33cbe9f-8ebe-4f2a-912b-7e2a427f477f"
	all := make([]json.RawMessage, 50)
	for i := range all {
		members := make([]map[string]any, 5)
		for m := range members {
			members[m] = map[string]any{
				"@odata.type": "#microsoft.graph.aadUserConversationMember",
				"id":          fmt.Sprintf("MCMjMCMjZGNkMjE5ZGQtYmM2OC00YjliLWJmMGItNGEzM2E3OTZi%04d%d=", i, m),
				"roles":       []string{"owner"}, "displayName": fmt.Sprintf("Member %d of chat %d", m, i),
				"visibleHistoryStartDateTime": at, "userId": fmt.Sprintf("8b081ef6-4792-4def-b2c9-c363a1bf%04d", i),
				"email": fmt.Sprintf("member%d.%d@contoso.com", m, i), "tenantId": tenant,
			}
		}
		chat := fmt.Sprintf("19:82fe7758-5bb3-4f0d-a43f-e555fd39%04d@unq.gbl.spaces", i)
		data, err := json.Marshal(map[string]any{
			"id": chat, "topic": fmt.Sprintf("Topic %d", i), "chatType": "group", "createdDateTime": at, "lastUpdatedDateTime": at,
			"tenantId": tenant, "webUrl": "https://teams.microsoft.com/l/chat/" + chat + "/0", "members": members,
		})
		if err != nil {
			return nil, fmt.Errorf("chat %d: %w", i, err)
		}
		all[i] = data
	}
	return all, nil
}
