// Package mapping says which Terraform type stands behind which token of @pulumi/aws, and where their property names differ. Its data is made by
// `generate`, beside it.
package mapping

import (
	_ "embed"
	"encoding/json"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
)

//go:embed mapping.json
var data []byte

// Mapping is the whole of it, by Terraform type.
type Mapping struct {
	Resources, DataSources map[string]*Entry
	Config                 map[string]*Field
}

// Entry is a resource or a data source.
type Entry struct {
	Token  string            `json:"tok"`
	Fields map[string]*Field `json:"fields,omitempty"`
	// HasRegion tells that Pulumi's type has a region and Terraform's has none.
	HasRegion bool `json:"region,omitempty"`
	// Extra are properties that Terraform's type lacks.
	Extra []string `json:"extra,omitempty"`
}

// Field is a property whose name or form in Pulumi is not the one that the bridge would give it.
type Field struct {
	Name        string `json:"n,omitempty"`
	MaxItemsOne *bool  `json:"m,omitempty"`
	Type        string `json:"t,omitempty"`
	// Element has the fields of each element of a list, set or map.
	Element map[string]*Field `json:"e,omitempty"`
	// Fields are those of a single object.
	Fields map[string]*Field `json:"f,omitempty"`
}

// Load reads the mapping that is compiled in.
func Load() (Mapping, error) {
	var mapping Mapping
	err := json.Unmarshal(data, &mapping)
	return mapping, err
}

// Infos are fields as the bridge takes them.
func Infos(fields map[string]*Field) map[string]*tfbridge.SchemaInfo {
	infos := map[string]*tfbridge.SchemaInfo{}
	for name, field := range fields {
		info := &tfbridge.SchemaInfo{Name: field.Name, MaxItemsOne: field.MaxItemsOne}
		if len(field.Fields) > 0 {
			info.Fields = Infos(field.Fields)
		}
		if len(field.Element) > 0 {
			info.Elem = &tfbridge.SchemaInfo{Fields: Infos(field.Element)}
		}
		infos[name] = info
	}
	return infos
}
