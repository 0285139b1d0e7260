package names

import "testing"

func TestExported(t *testing.T) {
	for in, want := range map[string]string{
		"webUrl":                    "WebURL",
		"id":                        "ID",
		"iD":                        "ID",
		"oneOnOne":                  "OneOnOne",
		"3dModel":                   "X3dModel",
		"$ref":                      "Ref",
		"$orderby":                  "OrderBy",
		"@odata.etag":               "ODataETag",
		"aadUserConversationMember": "AadUserConversationMember",
		"callRecords.session":       "CallRecordsSession",
		"userID":                    "UserID",
		"iOSApp":                    "IOSApp",
		"macOSVersion":              "MacOSVersion",
		"recipientIds":              "RecipientIDs",
		"straße":                    "Straße",
		"名前":                        "X名前",
		"+":                         "Plus",
		"":                          "X",
		"error":                     "Error",
		"eTag":                      "ETag",
		"remote_control":            "RemoteControl",
		"remote_Control":            "Remote_Control",
		"_Control":                  "Control",
		"_":                         "Underscore",
		"unknownFutureValue":        "UnknownFutureValue",
	} {
		if got := exported(in); got != want {
			t.Errorf("exported(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestUnexported(t *testing.T) {
	for in, want := range map[string]string{
		"appId": "appID", "type": "typeValue", "url": "urlValue", "ctx": "ctxValue", "path": "path",
		"ID": "id", "3d": "x3d", "": "value",
	} {
		if got := unexported(in); got != want {
			t.Errorf("unexported(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestField(t *testing.T) {
	for in, want := range map[string]string{
		"webUrl": "WebURL", "query_string": "Query_String", "_summary": "X_Summary", "_": "Underscore", "": "X", "3d": "X3d",
	} {
		if got := field(in); got != want {
			t.Errorf("field(%q) = %q, want %q", in, got, want)
		}
	}
}
