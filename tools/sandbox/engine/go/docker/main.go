// Command docker serves the Terraform Docker provider that TF_DOCKER_PROVIDER_BINARY names as the Pulumi plugin `docker`, with the tokens of
// @pulumi/docker 5. It covers what a program needs of images in a registry; containers, networks and volumes are left out.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	pulumiprovider "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/engine/terraform"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/proto"
	pfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
)

const version = "5.2.0"

var resources = map[string]tokens.Type{
	"docker_image":          "docker:index/remoteImage:RemoteImage",
	"docker_registry_image": "docker:index/registryImage:RegistryImage",
	"docker_tag":            "docker:index/tag:Tag",
}

var functions = map[string]tokens.ModuleMember{
	"docker_registry_image":           "docker:index/getRegistryImage:getRegistryImage",
	"docker_registry_image_manifests": "docker:index/getRegistryImageManifests:getRegistryImageManifests",
	"docker_image":                    "docker:index/getRemoteImage:getRemoteImage",
}

func main() {
	if err := serve(context.Background(), os.Getenv("TF_DOCKER_PROVIDER_BINARY")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, binary string) error {
	provider, err := terraform.Start(ctx, binary)
	if err != nil {
		return err
	}
	defer provider.Close()

	info := tfbridge.ProviderInfo{
		P: proto.New(ctx, provider), Name: "docker", Version: version, ResourcePrefix: "docker",
		MetadataInfo: &tfbridge.MetadataInfo{Data: tfbridge.ProviderMetadata(nil)},
		Resources:    map[string]*tfbridge.ResourceInfo{},
		DataSources:  map[string]*tfbridge.DataSourceInfo{},
		Config:       map[string]*tfbridge.SchemaInfo{"registry_auth": {Name: "registryAuth"}},
	}
	for name, token := range resources {
		info.Resources[name] = &tfbridge.ResourceInfo{Tok: token}
	}
	for name, token := range functions {
		if _, known := info.P.DataSourcesMap().GetOk(name); known {
			info.DataSources[name] = &tfbridge.DataSourceInfo{Tok: token}
		}
	}
	schema := func(context.Context, plugin.GetSchemaRequest) ([]byte, error) {
		return []byte(`{"name":"docker","version":"` + version + `"}`), nil
	}
	return pulumiprovider.Main("docker", func(host *pulumiprovider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		return pfbridge.NewProviderServer(ctx, host, info, pfbridge.ProviderMetadata{XGetSchema: schema})
	})
}
