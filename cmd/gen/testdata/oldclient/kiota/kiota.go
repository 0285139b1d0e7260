// Package kiota stands in for what clients that Kiota made are built on.
package kiota

// RequestAdapter sends requests.
type RequestAdapter interface {
	GetBaseUrl() string
	SetBaseUrl(url string)
}

// RequestInformation is a request that is to be sent.
type RequestInformation struct{ Method, UrlTemplate string }

// Parsable is a model.
type Parsable interface {
	GetFieldDeserializers() map[string]func(any) error
}

// RequestConfiguration is what a request has beside its body.
type RequestConfiguration[T any] struct {
	Headers         map[string]string
	QueryParameters *T
}

// BaseRequestBuilder is in every builder.
type BaseRequestBuilder struct {
	PathParameters map[string]string
	RequestAdapter RequestAdapter
	UrlTemplate    string
}

// NewBaseRequestBuilder makes one.
func NewBaseRequestBuilder(adapter RequestAdapter, template string, parameters map[string]string) *BaseRequestBuilder {
	return &BaseRequestBuilder{parameters, adapter, template}
}

// With is the parameters and one more.
func (b *BaseRequestBuilder) With(name, value string) map[string]string {
	all := map[string]string{name: value}
	for k, v := range b.PathParameters {
		all[k] = v
	}
	return all
}

// NewRequestInformationWithMethodAndUrlTemplateAndPathParameters makes a request.
func NewRequestInformationWithMethodAndUrlTemplateAndPathParameters(method, template string, parameters map[string]string) *RequestInformation {
	return &RequestInformation{method, template}
}
