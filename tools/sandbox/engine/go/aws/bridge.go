package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/engine/aws/mapping"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// Outputs that provider 6 has under a new name, and the names of provider 5.
var renamedOutputs = map[string]map[resource.PropertyKey]resource.PropertyKey{
	"aws_ecs_service":                   {"arn": "id"},
	"aws_s3_bucket":                     {"bucketRegion": "region"},
	"aws_secretsmanager_secret_version": {"secretArn": "secretId"},
}

// bridge is what is known of the provider's types, and how the bridge is told of them.
type bridge struct {
	info tfbridge.ProviderInfo
	// By Pulumi's token.
	resources, functions map[string]*mapping.Entry
	autoNames            map[string]autoName
	region               currentRegion
}

func newBridge(names mapping.Mapping, provider shim.Provider) *bridge {
	b := &bridge{
		resources: map[string]*mapping.Entry{},
		functions: map[string]*mapping.Entry{},
		autoNames: map[string]autoName{},
		info: tfbridge.ProviderInfo{
			P: provider, Name: "aws", Version: version, ResourcePrefix: "aws",
			MetadataInfo: &tfbridge.MetadataInfo{Data: tfbridge.ProviderMetadata(nil)},
			Resources:    map[string]*tfbridge.ResourceInfo{},
			DataSources:  map[string]*tfbridge.DataSourceInfo{},
			Config:       mapping.Infos(names.Config),
		},
	}
	b.info.Config["region"] = &tfbridge.SchemaInfo{
		Default: &tfbridge.DefaultInfo{EnvVars: []string{"AWS_REGION", "AWS_DEFAULT_REGION"}},
	}
	// An older provider lacks some; those are refused by name.
	for name, entry := range names.Resources {
		if known, exists := provider.ResourcesMap().GetOk(name); exists {
			b.resources[entry.Token] = entry
			b.info.Resources[name] = b.resource(name, entry, known.Schema())
		}
	}
	for name, entry := range names.DataSources {
		if _, exists := provider.DataSourcesMap().GetOk(name); exists {
			b.functions[entry.Token] = entry
			b.info.DataSources[name] = &tfbridge.DataSourceInfo{
				Tok: tokens.ModuleMember(entry.Token), Fields: mapping.Infos(entry.Fields),
			}
		}
	}
	return b
}

func (b *bridge) resource(name string, entry *mapping.Entry, schema shim.SchemaMap) *tfbridge.ResourceInfo {
	info := &tfbridge.ResourceInfo{Tok: tokens.Type(entry.Token), Fields: mapping.Infos(entry.Fields)}
	b.byHand(name, info, schema)
	singles := computedSingles(schema, info.Fields)

	info.PreCheckCallback = func(_ context.Context, inputs, provider resource.PropertyMap) (resource.PropertyMap, error) {
		if region, given := provider["region"]; given && region.IsString() {
			b.region.set(region.StringValue())
		}
		var adapter adapter
		adapted := adapter.inputs(inputs, schema, info.Fields, entry.HasRegion)
		if adapter.err != nil {
			return nil, adapter.err
		}
		for key := range inputs {
			if _, kept := adapted[key]; !kept && key != "region" && !slices.Contains(entry.Extra, string(key)) {
				return nil, fmt.Errorf("invalid or unknown key %q for %s", key, entry.Token)
			}
		}
		b.addRegion(entry, adapted)
		return adapted, nil
	}
	if len(singles) > 0 {
		info.TransformFromState = func(_ context.Context, outputs resource.PropertyMap) (resource.PropertyMap, error) {
			return listed(outputs, singles), nil
		}
	}
	if renamed := renamedOutputs[name]; entry.HasRegion || renamed != nil || len(singles) > 0 {
		info.TransformOutputs = func(_ context.Context, outputs resource.PropertyMap) (resource.PropertyMap, error) {
			flatten(outputs, singles)
			b.addRegion(entry, outputs)
			for to, from := range renamed {
				if value, known := outputs[from]; known {
					outputs[to] = value
				}
			}
			return outputs, nil
		}
	}
	return info
}

func (b *bridge) addRegion(entry *mapping.Entry, properties resource.PropertyMap) {
	_, given := properties["region"]
	if region := b.region.get(); entry.HasRegion && !given && region != "" {
		properties["region"] = resource.NewStringProperty(region)
	}
}

// computedSingles finds lists that the provider alone fills and that Pulumi shows as one object. The bridge would send an empty list for them, which
// Terraform refuses for an attribute that cannot be configured: to the bridge they stay lists, and are flattened in the outputs.
func computedSingles(schema shim.SchemaMap, infos map[string]*tfbridge.SchemaInfo) []resource.PropertyKey {
	var singles []resource.PropertyKey
	schema.Range(func(key string, field shim.Schema) bool {
		info := infos[key]
		if info == nil || info.MaxItemsOne == nil || !*info.MaxItemsOne || !field.Computed() || isInput(field) {
			return true
		}
		name := tfbridge.TerraformToPulumiNameV2(key, schema, infos)
		list := *info
		list.MaxItemsOne, list.Name = nil, name
		infos[key] = &list
		singles = append(singles, resource.PropertyKey(name))
		return true
	})
	return singles
}

func flatten(outputs resource.PropertyMap, singles []resource.PropertyKey) {
	for _, key := range singles {
		if value, known := outputs[key]; known && value.IsArray() {
			if elements := value.ArrayValue(); len(elements) > 0 {
				outputs[key] = elements[0]
			} else {
				delete(outputs, key)
			}
		}
	}
}

func listed(outputs resource.PropertyMap, singles []resource.PropertyKey) resource.PropertyMap {
	for _, key := range singles {
		if value, known := outputs[key]; known && value.IsObject() {
			outputs[key] = resource.NewArrayProperty([]resource.PropertyValue{value})
			// It describes the flattened form.
			delete(outputs, "__pulumi_raw_state_delta")
		}
	}
	return outputs
}
