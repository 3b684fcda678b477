// Command generate finds out which type of the Terraform provider stands behind which token of @pulumi/aws, and where their properties differ, and
// writes mapping.json. To be run again for a new major version of either, in this module's folder, with the project's packages installed:
//
//	node -r sucrase/register/ts aws/generate/types.ts PACKAGE types.json    PACKAGE: the folder of @pulumi/aws
//	TF_AWS_PROVIDER_BINARY=… go run ./aws/generate types.json aws/mapping/mapping.json
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/engine/aws/mapping"
	"github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/engine/terraform"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/proto"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// property is what types.ts says of a property.
type property struct {
	Arrays     int    `json:"a"`
	Object     string `json:"r"`
	MapOf      string `json:"mr"`
	Primitive  string `json:"p"`
	OnlyOutput int    `json:"o"`
}

type properties = map[string]property

// packageTypes is what types.ts says of @pulumi/aws.
type packageTypes struct {
	Resources map[string]properties `json:"resources"`
	Functions map[string]struct {
		Arguments properties `json:"args"`
		Result    properties `json:"res"`
	} `json:"functions"`
	// By `i:` or `o:`, for input or output, and name.
	Types map[string]properties `json:"types"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "generate TYPES.json MAPPING.json")
		os.Exit(1)
	}
	if err := generate(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func generate(ctx context.Context, from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var types packageTypes
	if err := json.Unmarshal(text, &types); err != nil {
		return err
	}
	running, err := terraform.Start(ctx, os.Getenv("TF_AWS_PROVIDER_BINARY"))
	if err != nil {
		return err
	}
	defer running.Close()
	provider := proto.New(ctx, running)

	made := mapping.Mapping{Resources: map[string]*mapping.Entry{}, DataSources: map[string]*mapping.Entry{}}
	matcher := &matcher{types: types.Types}
	made.Config = matcher.fields(provider.Schema(), types.Resources[providerToken], "", 0, &score{})
	resources := keys(types.Resources, func(token string) bool { return exact[token] != "" })
	for _, token := range resources {
		if token != providerToken {
			matcher.add(made.Resources, token, candidates(token), provider.ResourcesMap(), types.Resources[token])
		}
	}
	report("resources", resources, made.Resources)
	functions := keys(types.Functions, func(string) bool { return false })
	for _, token := range functions {
		both := properties{}
		for name, one := range types.Functions[token].Result {
			both[name] = one
		}
		for name, one := range types.Functions[token].Arguments {
			one.OnlyOutput = 0
			both[name] = one
		}
		matcher.add(made.DataSources, token, candidates(token), provider.DataSourcesMap(), both)
	}
	report("functions", functions, made.DataSources)
	written, err := json.Marshal(made)
	if err != nil {
		return err
	}
	return os.WriteFile(to, written, 0o644)
}

const providerToken = "pulumi:providers:aws"

// keys are sorted, with those first that must find their type before another takes it.
func keys[T any](all map[string]T, isFirst func(string) bool) []string {
	var sorted []string
	for key := range all {
		sorted = append(sorted, key)
	}
	slices.SortFunc(sorted, func(a, b string) int {
		if isFirst(a) != isFirst(b) {
			if isFirst(a) {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return sorted
}

func report(kind string, tokens []string, made map[string]*mapping.Entry) {
	found := map[string]bool{providerToken: true}
	for _, entry := range made {
		found[entry.Token] = true
	}
	var missing []string
	for _, token := range tokens {
		if !found[token] {
			missing = append(missing, token)
		}
	}
	fmt.Printf("%s: %d mapped, %d without a counterpart: %s\n", kind, len(made), len(missing), strings.Join(missing, " "))
}

// add finds the best of the candidates that nobody has taken yet.
func (m *matcher) add(
	made map[string]*mapping.Entry, token string, candidates []string, known shim.ResourceMap, of properties,
) {
	best, most := "", -1.0
	// Names alone decide, not what is below them.
	flat := properties{}
	for name, one := range of {
		one.Object, one.MapOf = "", ""
		flat[name] = one
	}
	for index, candidate := range candidates {
		found, exists := known.GetOk(candidate)
		if !exists || made[candidate] != nil {
			continue
		}
		score := &score{}
		m.byHand = byHand[candidate]
		m.fields(found.Schema(), flat, "", 0, score)
		// The candidates are in the order of their likelihood.
		value := float64(score.matched)/float64(score.terraform+len(score.onlyPulumi)+1) - 0.001*float64(index)
		if value > most {
			best, most = candidate, value
		}
	}
	if best == "" {
		return
	}
	score := &score{}
	m.byHand = byHand[best]
	entry := &mapping.Entry{Token: token, Fields: m.fields(known.Get(best).Schema(), of, "", 0, score)}
	for _, name := range score.onlyPulumi {
		if name == "region" {
			entry.HasRegion = true
		} else if !strings.Contains(name, ".") {
			entry.Extra = append(entry.Extra, name)
		}
	}
	made[best] = entry
}
