package graph

// growing is in all options: they cannot be compared, so that more can be added without anybody's code breaking.
type growing [0]func()

// ListOptions are OData's own query options of a call that answers a collection. All are optional, and what is absent
// is not sent. The comment of a method says which of them the description of the service offers there.
type ListOptions struct {
	_       growing
	Top     int      // $top: the most items that a page may hold.
	Skip    int      // $skip: how many items to leave out at the beginning.
	Search  string   // $search: keeps the items that match the words, such as `"displayName:budget"`.
	Filter  Filter   // $filter: keeps the items that the expression is true for; see Filterf.
	Count   bool     // $count: whether the answer says how many items there are altogether.
	OrderBy []string // $orderby: what the items are sorted by, such as "displayName desc".
	Select  []string // $select: the properties to return; none means the service's default.
	Expand  []Expand // $expand: the related entities to return along.
}

func (o *ListOptions) query(q *query) {
	q.int("$top", o.Top)
	q.int("$skip", o.Skip)
	q.string("$search", o.Search)
	q.filter("$filter", o.Filter)
	q.bool("$count", o.Count)
	q.strings("$orderby", o.OrderBy)
	q.strings("$select", o.Select)
	q.expand("$expand", o.Expand)
}

// GetOptions are OData's own query options of a call that answers one entity or value. All are optional, and what is
// absent is not sent. The comment of a method says which of them the description of the service offers there.
type GetOptions struct {
	_      growing
	Select []string // $select: the properties to return; none means the service's default.
	Expand []Expand // $expand: the related entities to return along.
}

func (o *GetOptions) query(q *query) {
	q.strings("$select", o.Select)
	q.expand("$expand", o.Expand)
}

// CountOptions are OData's own query options of a call that answers how many items there are. All are optional, and
// what is absent is not sent. The comment of a method says which of them the description of the service offers there.
type CountOptions struct {
	_      growing
	Search string // $search: counts the items that match the words.
	Filter Filter // $filter: counts the items that the expression is true for; see Filterf.
}

func (o *CountOptions) query(q *query) {
	q.string("$search", o.Search)
	q.filter("$filter", o.Filter)
}
