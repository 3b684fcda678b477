package main

import (
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"google.golang.org/protobuf/types/known/structpb"
)

const (
	// A dash and seven random characters.
	autoNameSuffix = 8
	// Where AWS's limit is not known here.
	longestName = 255
)

// autoName limits the name that Pulumi makes up for a resource.
type autoName struct {
	property string
	maximum  int
}

func (a autoName) isTooLong(name string, inputs map[string]*structpb.Value) bool {
	_, named := inputs[a.property]
	_, prefixed := inputs[a.property+"Prefix"]
	return !named && !prefixed && len(name)+autoNameSuffix > a.maximum
}

// What pulumi-aws sets by hand: properties that get a name, by Terraform type and its own name for them.
var autoNames = map[string]struct {
	field string
	autoName
}{
	"aws_alb":                     {"name", autoName{"name", 32}},
	"aws_alb_target_group":        {"name", autoName{"name", 32}},
	"aws_cloudwatch_event_rule":   {"name", autoName{"name", 64}},
	"aws_cloudwatch_event_target": {"target_id", autoName{"targetId", longestName}},
	"aws_cloudwatch_metric_alarm": {"alarm_name", autoName{"name", longestName}},
	"aws_eks_fargate_profile":     {"fargate_profile_name", autoName{"fargateProfileName", longestName}},
	"aws_elb":                     {"name", autoName{"name", 32}},
	"aws_iam_role":                {"name", autoName{"name", 64}},
	"aws_lambda_function":         {"function_name", autoName{"name", 64}},
	"aws_lambda_permission":       {"statement_id", autoName{"statementId", 100}},
	"aws_lb":                      {"name", autoName{"name", 32}},
	"aws_lb_target_group":         {"name", autoName{"name", 32}},
	"aws_s3_bucket":               {"bucket", autoName{"bucket", 63}},
	"aws_sns_topic":               {"name", autoName{"name", 80}},
	"aws_sqs_queue":               {"name", autoName{"name", 80}},
}

var noAutoName = map[string]bool{"aws_route53_record": true, "aws_route53_zone": true, "aws_directory_service_directory": true}

// Properties with a description where the program gives none.
var described = map[string]string{"aws_security_group": "description", "aws_route53_zone": "comment"}

var deletedBeforeReplaced = map[string]bool{
	"aws_cloudwatch_log_subscription_filter": true, "aws_ec2_transit_gateway_vpc_attachment": true, "aws_ecr_lifecycle_policy": true,
	"aws_efs_mount_target": true, "aws_iam_account_alias": true, "aws_iam_group_policy_attachment": true, "aws_iam_policy_attachment": true,
	"aws_iam_role_policy_attachment": true, "aws_iam_user_policy_attachment": true, "aws_security_group_rule": true,
}

// byHand adds to a type what pulumi-aws adds by hand.
func (b *bridge) byHand(name string, info *tfbridge.ResourceInfo, schema shim.SchemaMap) {
	fieldOf := func(name string) *tfbridge.SchemaInfo {
		if info.Fields[name] == nil {
			info.Fields[name] = &tfbridge.SchemaInfo{}
		}
		return info.Fields[name]
	}
	if auto, known := autoNames[name]; known {
		b.autoNames[string(info.Tok)] = auto.autoName
		options := tfbridge.AutoNameOptions{Separator: "-", Maxlen: auto.maximum, Randlen: autoNameSuffix - 1}
		if name == "aws_s3_bucket" {
			options.Transform = strings.ToLower
		}
		fieldOf(auto.field).Default = tfbridge.AutoNameWithCustomOptions(auto.property, options).Default
	} else if name == "aws_kms_alias" {
		fieldOf("name").Default = tfbridge.AutoNameWithCustomOptions("name", aliasName).Default
	} else if field, known := schema.GetOk("name"); known && isInput(field) && field.Type() == shim.TypeString && !noAutoName[name] {
		fieldOf("name").Default = tfbridge.AutoName("name", longestName, "-").Default
	}
	if property, known := described[name]; known {
		fieldOf(property).Default = &tfbridge.DefaultInfo{Value: "Managed by Pulumi"}
	}
	info.DeleteBeforeReplace = deletedBeforeReplaced[name]
}

var aliasName = tfbridge.AutoNameOptions{Separator: "-", Maxlen: 238, Randlen: autoNameSuffix - 1,
	PostTransform: func(_ *tfbridge.PulumiResource, name string) (string, error) {
		return "alias/" + strings.TrimPrefix(name, "alias/"), nil
	}}

func isInput(field shim.Schema) bool { return field.Optional() || field.Required() }
