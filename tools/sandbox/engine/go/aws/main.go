// Command aws serves the Terraform AWS provider that TF_AWS_PROVIDER_BINARY names as the Pulumi plugin `aws`, with the tokens and property names of
// @pulumi/aws. A test aid: what provider 6, which the real plugin bridges, has over provider 5 is dropped or filled in.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumiprovider "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/engine/aws/mapping"
	"github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/engine/terraform"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/proto"
	pfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
)

// The version of @pulumi/aws whose names the mapping has.
const version = "7.48.0"

func main() {
	if err := serve(context.Background(), os.Getenv("TF_AWS_PROVIDER_BINARY")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, binary string) error {
	names, err := mapping.Load()
	if err != nil {
		return err
	}
	provider, err := terraform.Start(ctx, binary)
	if err != nil {
		return err
	}
	defer provider.Close()

	bridge := newBridge(names, proto.New(ctx, provider))
	schema := func(context.Context, plugin.GetSchemaRequest) ([]byte, error) {
		return []byte(`{"name":"aws","version":"` + version + `"}`), nil
	}
	return pulumiprovider.Main("aws", func(host *pulumiprovider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		server, err := pfbridge.NewProviderServer(ctx, host, bridge.info, pfbridge.ProviderMetadata{XGetSchema: schema})
		return &pluginServer{server, bridge}, err
	})
}
