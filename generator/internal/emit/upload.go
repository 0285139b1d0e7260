package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// uploads makes what sends large contents, if the package has a type for it.
func (e *emitter) uploads() []jen.Code {
	sessions := e.pkg.UploadSessions()
	if len(sessions) == 0 {
		return nil
	}
	code := []jen.Code{e.upload(sessions), e.cancelUpload(sessions)}
	for _, m := range sessions {
		code = append(code, e.uploadState(m))
	}
	return code
}

// upload makes
//
//	func Upload[S *ShelfFilm | *Result[*ShelfFilm] | *ShelfScan | *Result[*ShelfScan]](ctx context.Context, client *Client, session S, content io.ReaderAt, size int64, options ...UploadOption) (*Result[*ShelfBook], error) {
//		return upload(ctx, client, session, content, size, readShelfBook, options)
//	}
func (e *emitter) upload(sessions []*ir.Model) jen.Code {
	value, reader := rawMessage(), jen.Parens(jen.Op("*").Id("jsonReader")).Dot("raw")
	answer := "The Result holds what the last piece was answered with."
	if m := e.pkg.UploadResult(); m != nil {
		t := &ir.Type{Kind: ir.ModelKind, Model: m}
		value, reader = e.value(t), e.reader(t)
		answer += " Where the service answers with its Location alone, as it may for other things than a " + e.names.Model(m).String() + ", Value is nil."
	}
	return comment(
		"Upload sends a content of a size to the address of a session, piece after piece and without the token, and returns when the service has everything.",
		"It begins with what the session says is expected; if the session does not say, as one of which only the address was kept, the service is asked. "+
			"So an upload that has failed goes on where it stopped, in another process too. A piece that fails is sent again as the client's RetryPolicy "+
			"says. A session that the service knows no more is ErrUploadGone. The end of ctx ends the upload, not the session: see CancelUpload.",
		answer,
	).Line().Add(declareFunc(names.Upload)).Types(e.sessionParam(sessions)).Params(
		jen.Id("ctx").Qual("context", "Context"), jen.Id("client").Op("*").Id("Client"), jen.Id("session").Id("S"),
		jen.Id("content").Qual("io", "ReaderAt"), jen.Id("size").Int64(), jen.Id("options").Op("...").Id("UploadOption"),
	).Params(jen.Op("*").Id("Result").Index(value), jen.Error()).Block(
		jen.Return(jen.Id("upload").Call(jen.Id("ctx"), jen.Id("client"), jen.Id("session"), jen.Id("content"), jen.Id("size"),
			reader, jen.Id("options"))))
}

// cancelUpload makes
//
//	func CancelUpload[S *ShelfFilm | *Result[*ShelfFilm] | *ShelfScan | *Result[*ShelfScan]](ctx context.Context, client *Client, session S) error {
//		return cancelUpload(ctx, client, session)
//	}
func (e *emitter) cancelUpload(sessions []*ir.Model) jen.Code {
	return comment("CancelUpload gives a session up, and what was sent with it. One that is gone already is no error.").Line().
		Add(declareFunc(names.CancelUpload)).Types(e.sessionParam(sessions)).Params(
		jen.Id("ctx").Qual("context", "Context"), jen.Id("client").Op("*").Id("Client"), jen.Id("session").Id("S"),
	).Error().Block(jen.Return(jen.Id("cancelUpload").Call(jen.Id("ctx"), jen.Id("client"), jen.Id("session"))))
}

// sessionParam makes the type parameter for all types that are sessions:
//
//	S *ShelfFilm | *Result[*ShelfFilm] | *ShelfScan | *Result[*ShelfScan]
func (e *emitter) sessionParam(sessions []*ir.Model) jen.Code {
	var union []jen.Code
	for _, m := range sessions {
		name := e.names.Model(m)
		union = append(union, pointerTo(name), jen.Op("*").Id("Result").Index(pointerTo(name)))
	}
	return jen.Id("S").Union(union...)
}

// uploadState makes
//
//	func (v *ShelfScan) uploadState() uploadState {
//		return uploadState{v.PutURL.Or(""), "missing", v.Missing}
//	}
func (e *emitter) uploadState(m *ir.Model) jen.Code {
	url, ranges := m.Property(m.Upload.URL), m.Property(m.Upload.Ranges)
	return e.method(m, names.UploadState).Params().Id("uploadState").Block(
		jen.Return(jen.Id("uploadState").Values(e.text(url), jen.Lit(ranges.Name), jen.Id("v").Dot(e.names.Field(ranges).String()))))
}
