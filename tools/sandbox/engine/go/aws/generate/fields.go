package main

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/engine/aws/mapping"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

const deepest = 12

type matcher struct {
	types map[string]properties
	// Names that pulumi-aws sets by hand, by Terraform's path.
	byHand map[string]string
}

// score is how well a type of Terraform's and one of Pulumi's go together.
type score struct {
	terraform, matched int
	onlyPulumi         []string
}

// fields finds the property of each field, and keeps those that the bridge would name or form otherwise.
func (m *matcher) fields(
	schema shim.SchemaMap, of properties, path string, depth int, score *score,
) map[string]*mapping.Field {
	fields := map[string]*mapping.Field{}
	used := map[string]bool{}
	var names []string
	schema.Range(func(name string, _ shim.Schema) bool { names = append(names, name); return true })
	slices.Sort(names)
	for _, name := range names {
		if depth == 0 && (name == "timeouts" || name == "id") {
			continue
		}
		score.terraform++
		found, isOne := m.property(schema, name, path, of, used)
		if found == "" {
			continue
		}
		score.matched++
		used[found] = true
		if field := m.field(schema, name, found, isOne, of[found], path, depth, score); field != nil {
			fields[name] = field
		}
	}
	for name := range of {
		if !used[name] && (depth > 0 || name != "id") {
			score.onlyPulumi = append(score.onlyPulumi, path+name)
		}
	}
	slices.Sort(score.onlyPulumi)
	return fields
}

// property finds the property of a field, and for a list whether Pulumi shows its one element alone.
func (m *matcher) property(
	schema shim.SchemaMap, name, path string, of properties, used map[string]bool,
) (string, *bool) {
	yes, no := true, false
	field := schema.Get(name)
	isList := field.Type() == shim.TypeList || field.Type() == shim.TypeSet
	type guess struct {
		name  string
		isOne *bool
	}
	plain := camel(name)
	guesses := []guess{{bridgeName(schema, name, nil), nil}, {plain, nil}}
	if isList {
		one, several := bridgeName(schema, name, &yes), bridgeName(schema, name, &no)
		guesses = []guess{
			{one, &yes}, {several, &no}, {several, &yes}, {one, &no}, {plain, &yes}, {plain, &no}, {plain + "s", &no}, {plain + "es", &no},
			{strings.TrimSuffix(plain, "s"), &yes}, {strings.TrimSuffix(plain, "s"), &no}, {plain + "Details", &no},
		}
	}
	for _, guess := range guesses {
		found, exists := of[guess.name]
		if exists && !used[guess.name] && (guess.isOne == nil || (found.Arrays == 0) == *guess.isOne) {
			return guess.name, guess.isOne
		}
	}
	if hand := m.byHand[path+name]; hand != "" {
		if found, exists := of[hand]; exists {
			if !isList {
				return hand, nil
			}
			isOne := found.Arrays == 0
			return hand, &isOne
		}
	}
	return "", nil
}

// field is what the bridge must be told of a field; nothing where it would do the right thing anyway.
func (m *matcher) field(
	schema shim.SchemaMap, name, found string, isOne *bool, of property, path string, depth int, score *score,
) *mapping.Field {
	terraform := schema.Get(name)
	field := &mapping.Field{}
	if isOne != nil && tfbridge.IsMaxItemsOne(terraform, nil) != *isOne {
		field.MaxItemsOne = isOne
	}
	if bridgeName(schema, name, field.MaxItemsOne) != found {
		field.Name = found
	}
	if terraform.Type() == shim.TypeString && of.Arrays == 0 && (of.Primitive == "boolean" || of.Primitive == "number") {
		field.Type = of.Primitive
	}
	if element := elementOf(terraform); element != nil && depth < deepest {
		if below, known := m.below(of); known {
			fields := m.fields(element.Schema(), below, path+name+".", depth+1, score)
			if _, isResource := terraform.Elem().(shim.Resource); isResource && terraform.Type() == shim.TypeMap {
				field.Fields = fields
			} else {
				field.Element = fields
			}
		}
	}
	if field.Name == "" && field.MaxItemsOne == nil && field.Type == "" && len(field.Element) == 0 && len(field.Fields) == 0 {
		return nil
	}
	return field
}

// below has the properties of an object, or of the objects in a list or map.
func (m *matcher) below(of property) (properties, bool) {
	name := of.Object
	if name == "" {
		name = of.MapOf
	}
	input, isInput := m.types["i:"+name]
	output, isOutput := m.types["o:"+name]
	if isOutput && (!isInput || of.OnlyOutput == 1) {
		return output, true
	}
	return input, isInput
}

func elementOf(field shim.Schema) shim.Resource {
	switch element := field.Elem().(type) {
	case shim.Resource:
		return element
	case shim.Schema:
		if inner, isResource := element.Elem().(shim.Resource); isResource && element.Type() == shim.TypeMap {
			return inner
		}
	}
	return nil
}

// bridgeName is what the bridge would call a field.
func bridgeName(schema shim.SchemaMap, name string, isOne *bool) string {
	infos := map[string]*tfbridge.SchemaInfo{}
	if isOne != nil {
		infos[name] = &tfbridge.SchemaInfo{MaxItemsOne: isOne}
	}
	return tfbridge.TerraformToPulumiNameV2(name, schema, infos)
}
