// Package terraform runs a Terraform provider as a child process. The bridge's own package for that also installs providers, which takes a hundred
// packages more to compile, and takes a failed call for an answer.
package terraform

import (
	"context"
	"fmt"
	"os/exec"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-mux/tf5to6server"
	"google.golang.org/grpc"

	"github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/internal/shim/protov5"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/vendored/tfplugin5"
)

// The protocol that both bridged providers speak.
const protocol = 5

// Public in Terraform's plugin protocol: it keeps people from starting a provider by hand, and protects nothing.
var handshake = plugin.HandshakeConfig{
	ProtocolVersion:  4,
	MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
	MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
}

// Provider is a provider that runs.
type Provider struct {
	tfprotov6.ProviderServer
	client *plugin.Client
}

// Close ends it.
func (p *Provider) Close() { p.client.Kill() }

// Start runs the provider that is a binary on this machine.
func Start(ctx context.Context, binary string) (*Provider, error) {
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  handshake,
		VersionedPlugins: map[int]plugin.PluginSet{protocol: {"provider": grpcProvider{}}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		Managed:          true,
		Cmd:              exec.Command(binary),
		Logger:           hclog.NewNullLogger(),
	})
	server, err := connect(ctx, client)
	if err != nil {
		client.Kill()
		return nil, fmt.Errorf("the Terraform provider %s does not start: %w", binary, err)
	}
	return &Provider{server, client}, nil
}

func connect(ctx context.Context, client *plugin.Client) (tfprotov6.ProviderServer, error) {
	connection, err := client.Client()
	if err != nil {
		return nil, err
	}
	dispensed, err := connection.Dispense("provider")
	if err != nil {
		return nil, err
	}
	server := protov5.New(dispensed.(tfplugin5.ProviderClient))
	return tf5to6server.UpgradeServer(ctx, func() tfprotov5.ProviderServer { return server })
}

type grpcProvider struct {
	plugin.NetRPCUnsupportedPlugin
}

func (grpcProvider) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return fmt.Errorf("this end only calls")
}

func (grpcProvider) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, connection *grpc.ClientConn) (any, error) {
	return tfplugin5.NewProviderClient(connection), nil
}
