package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/archive"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// adapter turns inputs as @pulumi/aws takes them into what the Terraform provider takes: it drops what that lacks, writes objects given for JSON as
// text, replaces a resource by its id, and mends texts given for numbers and truths. It keeps the first error.
type adapter struct{ err error }

func (a *adapter) inputs(
	inputs resource.PropertyMap, schema shim.SchemaMap, infos map[string]*tfbridge.SchemaInfo, keepRegion bool,
) resource.PropertyMap {
	fields := map[string]string{}
	schema.Range(func(field string, _ shim.Schema) bool {
		fields[tfbridge.TerraformToPulumiNameV2(field, schema, infos)] = field
		return true
	})
	adapted := resource.PropertyMap{}
	for key, value := range inputs {
		name := string(key)
		if strings.HasPrefix(name, "__") || (keepRegion && name == "region") {
			adapted[key] = value
		} else if field, known := fields[name]; known {
			adapted[key] = a.value(value, schema.Get(field), infos[field])
		}
	}
	return adapted
}

func (a *adapter) value(value resource.PropertyValue, schema shim.Schema, info *tfbridge.SchemaInfo) resource.PropertyValue {
	if wrapped, isWrapped := inside(value, func(v resource.PropertyValue) resource.PropertyValue { return a.value(v, schema, info) }); isWrapped {
		return wrapped
	}
	if value.IsResourceReference() {
		return value.ResourceReferenceValue().ID
	}
	switch schema.Type() {
	case shim.TypeString:
		return a.text(value)
	case shim.TypeFloat, shim.TypeInt:
		if number, err := parse(value, func(text string) (float64, error) { return strconv.ParseFloat(text, 64) }); err == nil {
			return resource.NewNumberProperty(number)
		}
	case shim.TypeBool:
		if truth, err := parse(value, strconv.ParseBool); err == nil {
			return resource.NewBoolProperty(truth)
		}
	case shim.TypeList, shim.TypeSet:
		return a.list(value, schema, info)
	case shim.TypeMap:
		return a.mapping(value, schema, info)
	}
	return value
}

// inside applies a change to what a secret or an output holds. What is not known yet stays as it is.
func inside(
	value resource.PropertyValue, change func(resource.PropertyValue) resource.PropertyValue,
) (resource.PropertyValue, bool) {
	switch {
	case value.IsSecret():
		return resource.MakeSecret(change(value.SecretValue().Element)), true
	case value.IsOutput() && value.OutputValue().Known:
		output := value.OutputValue()
		output.Element = change(output.Element)
		return resource.NewOutputProperty(output), true
	}
	return value, value.IsNull() || value.IsComputed() || value.IsOutput()
}

func parse[T any](value resource.PropertyValue, parse func(string) (T, error)) (T, error) {
	if !value.IsString() {
		var none T
		return none, fmt.Errorf("no text")
	}
	return parse(value.StringValue())
}

func (a *adapter) list(value resource.PropertyValue, schema shim.Schema, info *tfbridge.SchemaInfo) resource.PropertyValue {
	var element *tfbridge.SchemaInfo
	if info != nil {
		element = info.Elem
	}
	if tfbridge.IsMaxItemsOne(schema, info) {
		return a.element(value, schema, element)
	}
	if !value.IsArray() {
		return value
	}
	elements := []resource.PropertyValue{}
	for _, one := range value.ArrayValue() {
		elements = append(elements, a.element(one, schema, element))
	}
	return resource.NewArrayProperty(elements)
}

func (a *adapter) element(value resource.PropertyValue, schema shim.Schema, info *tfbridge.SchemaInfo) resource.PropertyValue {
	if wrapped, isWrapped := inside(value, func(v resource.PropertyValue) resource.PropertyValue { return a.element(v, schema, info) }); isWrapped {
		return wrapped
	}
	switch element := schema.Elem().(type) {
	case shim.Resource:
		if value.IsObject() {
			return resource.NewObjectProperty(a.inputs(value.ObjectValue(), element.Schema(), fieldsOf(info), false))
		}
	case shim.Schema:
		return a.value(value, element, info)
	}
	return value
}

func (a *adapter) mapping(value resource.PropertyValue, schema shim.Schema, info *tfbridge.SchemaInfo) resource.PropertyValue {
	if !value.IsObject() {
		return value
	}
	switch element := schema.Elem().(type) {
	case shim.Resource:
		return resource.NewObjectProperty(a.inputs(value.ObjectValue(), element.Schema(), fieldsOf(info), false))
	case shim.Schema:
		values := resource.PropertyMap{}
		for key, one := range value.ObjectValue() {
			values[key] = a.value(one, element, nil)
		}
		return resource.NewObjectProperty(values)
	}
	return value
}

func fieldsOf(info *tfbridge.SchemaInfo) map[string]*tfbridge.SchemaInfo {
	if info == nil {
		return nil
	}
	return info.Fields
}

func (a *adapter) text(value resource.PropertyValue) resource.PropertyValue {
	switch {
	case value.IsObject() || value.IsArray():
		if value.ContainsUnknowns() {
			return resource.MakeComputed(resource.NewStringProperty(""))
		}
		text, err := json.Marshal(value.Mappable())
		a.keep(err)
		return resource.NewStringProperty(string(text))
	case value.IsArchive():
		archived := value.ArchiveValue()
		return a.file(archived.Hash+".zip", func(file *os.File) error { return archived.Archive(archive.ZIPArchive, file) })
	case value.IsAsset():
		asset := value.AssetValue()
		return a.file(asset.Hash, func(file *os.File) error {
			content, err := asset.Bytes()
			if err == nil {
				_, err = file.Write(content)
			}
			return err
		})
	case value.IsBool():
		return resource.NewStringProperty(strconv.FormatBool(value.BoolValue()))
	case value.IsNumber():
		return resource.NewStringProperty(strconv.FormatFloat(value.NumberValue(), 'f', -1, 64))
	}
	return value
}

// file writes a file and gives its path: Terraform takes file names where Pulumi takes assets. Named after its content, the path says whether that changed.
func (a *adapter) file(name string, write func(*os.File) error) resource.PropertyValue {
	folder := filepath.Join(os.TempDir(), "bridged-aws-assets")
	path := filepath.Join(folder, name)
	a.keep(os.MkdirAll(folder, 0o700))
	file, err := os.CreateTemp(folder, name)
	if err != nil {
		a.keep(err)
		return resource.NewStringProperty(path)
	}
	a.keep(write(file))
	a.keep(file.Close())
	a.keep(os.Rename(file.Name(), path))
	return resource.NewStringProperty(path)
}

func (a *adapter) keep(err error) {
	if a.err == nil {
		a.err = err
	}
}
