// Package models stands in for the types of a client.
package models

// Chatable is a chat.
type Chatable interface {
	GetFieldDeserializers() map[string]func(any) error
	GetTopic() *string
	SetTopic(*string)
}

// Chat is one.
type Chat struct{ values map[string]*string }

// NewChat makes one.
func NewChat() *Chat { return &Chat{map[string]*string{}} }

// GetFieldDeserializers is of models.
func (m *Chat) GetFieldDeserializers() map[string]func(any) error { return nil }

// GetTopic is the Topic.
func (m *Chat) GetTopic() *string { return m.values["Topic"] }

// SetTopic sets the Topic.
func (m *Chat) SetTopic(value *string) { m.values["Topic"] = value }
