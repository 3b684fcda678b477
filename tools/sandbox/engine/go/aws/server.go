package main

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"
)

const getRegion = "aws:index/getRegion:getRegion"

// pluginServer stands between the engine and the bridge: it refuses what is not mapped, and adds the region that provider 6 has everywhere.
type pluginServer struct {
	pulumirpc.ResourceProviderServer
	bridge *bridge
}

func (s *pluginServer) Configure(ctx context.Context, request *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	s.bridge.region.set(request.GetArgs().GetFields()["region"].GetStringValue())
	return s.ResourceProviderServer.Configure(ctx, request)
}

func (s *pluginServer) Invoke(ctx context.Context, request *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	entry := s.bridge.functions[request.Tok]
	if entry == nil {
		return nil, fmt.Errorf("the bridged AWS provider has nothing for the function %s", request.Tok)
	}
	if request.Args == nil {
		request.Args = &structpb.Struct{}
	}
	if region, given := request.Args.Fields["region"]; given && request.Tok == getRegion {
		request.Args.Fields["name"] = region
	}
	if entry.HasRegion {
		delete(request.Args.Fields, "region")
	}
	response, err := s.ResourceProviderServer.Invoke(ctx, request)
	if err != nil || response.GetReturn() == nil || !entry.HasRegion {
		return response, err
	}
	fields := response.Return.Fields
	region := s.bridge.region.get()
	if request.Tok == getRegion {
		region = fields["name"].GetStringValue()
	}
	if _, known := fields["region"]; !known {
		fields["region"] = structpb.NewStringValue(region)
	}
	return response, nil
}

func (s *pluginServer) Check(ctx context.Context, request *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	urn := resource.URN(request.Urn)
	if s.bridge.resources[string(urn.Type())] == nil {
		return nil, fmt.Errorf("the bridged AWS provider has nothing for the resource type %s", urn.Type())
	}
	// The bridge used here only logs an auto-name that is too long; the one that the real plugin uses fails the check.
	if limit, limited := s.bridge.autoNames[string(urn.Type())]; limited && limit.isTooLong(urn.Name(), request.GetNews().GetFields()) {
		reason := fmt.Sprintf("name '%s-' plus 7 random chars is longer than maximum length %d", urn.Name(), limit.maximum)
		failure := &pulumirpc.CheckFailure{Property: limit.property, Reason: reason}
		return &pulumirpc.CheckResponse{Inputs: request.News, Failures: []*pulumirpc.CheckFailure{failure}}, nil
	}
	return s.ResourceProviderServer.Check(ctx, request)
}

// currentRegion is the provider's region: the configuration's, or else the environment's.
type currentRegion struct {
	mutex sync.Mutex
	name  string
}

func (r *currentRegion) set(name string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if name != "" {
		r.name = name
	}
}

func (r *currentRegion) get() string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, name := range []string{r.name, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")} {
		if name != "" {
			return name
		}
	}
	return ""
}
