package ir

import (
	"fmt"
	"slices"
)

// UploadSession says how a type opens the way for a large content, which is sent in pieces to an address that the service gives.
type UploadSession struct {
	// URL and Ranges are the names of the properties with the address, and with the ranges that are still expected.
	URL    string `json:"url"`
	Ranges string `json:"ranges"`
	// Result is the qualified name of what the last piece is answered with; "" if it is not known.
	Result string `json:"result,omitempty"`
}

// Check returns why m cannot be a session; nil if it can.
func (s *UploadSession) Check(m *Model) error {
	if p := m.Property(s.URL); p == nil || p.Type.Kind != String {
		return fmt.Errorf("url: %q is not a property of %s with text", s.URL, m.Name)
	}
	if p := m.Property(s.Ranges); p == nil || p.Type.Kind != Collection || p.Type.Elem.Kind != String {
		return fmt.Errorf("ranges: %q is not a property of %s with a list of text", s.Ranges, m.Name)
	}
	return nil
}

// UploadSessions are the types that large contents are sent by.
func (p *Package) UploadSessions() []*Model {
	return slices.DeleteFunc(slices.Clone(p.Models), func(m *Model) bool { return m.Upload == nil })
}

// UploadResult is what the last piece is answered with, if all sessions agree about it and the package has it; else nil.
func (p *Package) UploadResult() *Model {
	name := ""
	for _, m := range p.UploadSessions() {
		if m.Upload.Result == "" || name != "" && name != m.Upload.Result {
			return nil
		}
		name = m.Upload.Result
	}
	i := slices.IndexFunc(p.Models, func(m *Model) bool { return name != "" && m.Name == name })
	if i < 0 {
		return nil
	}
	return p.Models[i]
}
