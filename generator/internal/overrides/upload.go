package overrides

import (
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// A type by which large contents are sent says so in its override: url is the property with the address, ranges the one with what is
// still expected there, and result, if the answer to the last piece is always of one type, that type.
var sessionFields = map[string]fieldKind{"url": text, "ranges": text, "result": text}

// isSession checks the form of such an override, and reports what is wrong with it.
func (r reader) isSession(node *yaml.Node) bool {
	return r.isMark(node, "a mapping, {url: PROPERTY, ranges: PROPERTY}", sessionFields, "url", "ranges")
}

func (a *applier) applyUpload(e entry, m *ir.Model) {
	_, at := e.value("uploadSession")
	if at == nil || at.Kind != yaml.MappingNode {
		return
	}
	fields, upload := entry{file: e.file, key: e.key, fields: at}, &ir.UploadSession{}
	fields.text("url", &upload.URL)
	fields.text("ranges", &upload.Ranges)
	fields.text("result", &upload.Result)
	if upload.URL == "" || upload.Ranges == "" {
		return // it has been reported
	}
	if err := upload.Check(m); err != nil {
		a.fault(e.posOf(at), "unmatched-override", err.Error(), "")
		return
	}
	if upload.Result != "" && a.model(upload.Result) == nil {
		a.diags.Add(diag.Diagnostic{Pos: e.posOf(at), Severity: diag.Error, Code: "unmatched-override",
			Message: upload.Result + " is not a type of this package", Hint: "take the result away, or name one that is there"})
		return
	}
	m.Upload = upload
}
