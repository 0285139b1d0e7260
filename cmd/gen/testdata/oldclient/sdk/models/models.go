// Package models stands in for the types of a client.
package models

// Messageable is a message.
type Messageable interface {
	GetFieldDeserializers() map[string]func(any) error
	GetSubject() *string
	SetSubject(*string)
	GetImportance() *string
	SetImportance(*string)
}

// Message is one.
type Message struct{ values map[string]*string }

// NewMessage makes one.
func NewMessage() *Message { return &Message{map[string]*string{}} }

// GetFieldDeserializers is of models.
func (m *Message) GetFieldDeserializers() map[string]func(any) error { return nil }

// GetSubject is the Subject.
func (m *Message) GetSubject() *string { return m.values["Subject"] }

// SetSubject sets the Subject.
func (m *Message) SetSubject(value *string) { m.values["Subject"] = value }

// GetImportance is the Importance.
func (m *Message) GetImportance() *string { return m.values["Importance"] }

// SetImportance sets the Importance.
func (m *Message) SetImportance(value *string) { m.values["Importance"] = value }

// Userable is a user.
type Userable interface {
	GetFieldDeserializers() map[string]func(any) error
	GetDisplayName() *string
	SetDisplayName(*string)
	GetMail() *string
	SetMail(*string)
}

// User is one.
type User struct{ values map[string]*string }

// NewUser makes one.
func NewUser() *User { return &User{map[string]*string{}} }

// GetFieldDeserializers is of models.
func (m *User) GetFieldDeserializers() map[string]func(any) error { return nil }

// GetDisplayName is the DisplayName.
func (m *User) GetDisplayName() *string { return m.values["DisplayName"] }

// SetDisplayName sets the DisplayName.
func (m *User) SetDisplayName(value *string) { m.values["DisplayName"] = value }

// GetMail is the Mail.
func (m *User) GetMail() *string { return m.values["Mail"] }

// SetMail sets the Mail.
func (m *User) SetMail(value *string) { m.values["Mail"] = value }
