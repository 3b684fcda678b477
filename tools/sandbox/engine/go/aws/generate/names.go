package main

import (
	"strings"
	"unicode"
)

// Names that Terraform has in a type for a module of Pulumi's.
var moduleNames = map[string][]string{
	"lb": {"lb"}, "alb": {"alb"}, "appautoscaling": {"appautoscaling"}, "cloudwatch": {"cloudwatch", "cloudwatch_log"},
	"ec2": {"ec2", "vpc", ""}, "vpc": {"vpc"}, "rds": {"rds", "db"}, "directconnect": {"dx"}, "cfg": {"config"},
	"servicediscovery": {"service_discovery"}, "serverlessrepository": {"serverlessapplicationrepository"},
	"apigateway": {"api_gateway"}, "elasticbeanstalk": {"elastic_beanstalk"}, "ebs": {"ebs"}, "elb": {"elb", "lb"},
	"secretsmanager": {"secretsmanager"}, "s3": {"s3", "s3_bucket"}, "macie": {"macie2"}, "autoscaling": {"autoscaling", ""},
	"cloudhsmv2": {"cloudhsm_v2"}, "ec2transitgateway": {"ec2_transit_gateway", "ec2"}, "ec2clientvpn": {"ec2_client_vpn"},
	"directoryservice": {"directory_service"}, "networkmanager": {"networkmanager"}, "route53domains": {"route53domains"},
	"resourcegroups": {"resourcegroups"}, "kinesis": {"kinesis"}, "index": {""}, "cloudtrail": {"cloudtrail", ""},
	"codepipeline": {"codepipeline", ""}, "redshift": {"redshift"}, "ecrpublic": {"ecrpublic"}, "costexplorer": {"ce"},
	"mskconnect": {"mskconnect"}, "iam": {"iam"}, "transfer": {"transfer"}, "eks": {"eks"},
}

// Types that are not found by their names.
var exact = map[string]string{
	"aws:lb/loadBalancer:LoadBalancer": "aws_lb", "aws:alb/loadBalancer:LoadBalancer": "aws_alb",
	"aws:elb/loadBalancer:LoadBalancer": "aws_elb", "aws:ec2/securityGroupAssociation:SecurityGroupAssociation": "aws_vpc_endpoint_security_group_association",
	"aws:ec2/peeringConnectionOptions:PeeringConnectionOptions":                               "aws_vpc_peering_connection_options",
	"aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple":           "aws_vpc_endpoint_service_allowed_principal",
	"aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": "aws_network_interface_sg_attachment",
	"aws:ec2/dedicatedHost:DedicatedHost":                                                     "aws_ec2_host",
	"aws:ec2/managedPrefixList:ManagedPrefixList":                                             "aws_ec2_managed_prefix_list",
	"aws:iam/openIdConnectProvider:OpenIdConnectProvider":                                     "aws_iam_openid_connect_provider",
	"aws:iam/sshKey:SshKey":                "aws_iam_user_ssh_key",
	"aws:s3/bucketObjectv2:BucketObjectv2": "aws_s3_object", "aws:s3/bucketReplicationConfig:BucketReplicationConfig": "aws_s3_bucket_replication_configuration",
	"aws:s3/inventory:Inventory": "aws_s3_bucket_inventory", "aws:s3/analyticsConfiguration:AnalyticsConfiguration": "aws_s3_bucket_analytics_configuration",
	"aws:cfg/rule:Rule": "aws_config_config_rule", "aws:cfg/recorder:Recorder": "aws_config_configuration_recorder",
	"aws:cfg/recorderStatus:RecorderStatus": "aws_config_configuration_recorder_status",
	"aws:autoscaling/tag:Tag":               "aws_autoscaling_group_tag", "aws:autoscaling/group:Group": "aws_autoscaling_group",
	"aws:cloudtrail/trail:Trail": "aws_cloudtrail", "aws:codepipeline/pipeline:Pipeline": "aws_codepipeline",
	"aws:cloudwatch/internetMonitor:InternetMonitor": "aws_internetmonitor_monitor", "aws:codedeploy/application:Application": "aws_codedeploy_app",
	"aws:ses/mailFrom:MailFrom": "aws_ses_domain_mail_from", "aws:rds/roleAssociation:RoleAssociation": "aws_db_instance_role_association",
	"aws:rds/instance:Instance": "aws_db_instance", "aws:rds/instanceDesiredState:InstanceDesiredState": "aws_rds_instance_state",
	"aws:ec2/vpc:Vpc": "aws_vpc", "aws:ec2/instance:Instance": "aws_instance",
	"aws:cloudwatch/logGroup:LogGroup": "aws_cloudwatch_log_group", "aws:lb/getLoadBalancer:getLoadBalancer": "aws_lb",
}

// Names that pulumi-aws sets by hand, by Terraform's type and field.
var byHand = map[string]map[string]string{
	"aws_cloudwatch_metric_alarm": {"alarm_name": "name"},
	"aws_sns_topic_subscription":  {"topic_arn": "topic"},
	"aws_lambda_function":         {"function_name": "name", "filename": "code"},
	"aws_lambda_layer_version":    {"filename": "code"},
	"aws_lambda_permission":       {"function_name": "function"},
	"aws_api_gateway_stage":       {"deployment_id": "deployment", "rest_api_id": "restApi"},
	"aws_api_gateway_deployment":  {"rest_api_id": "restApi"}, "aws_api_gateway_integration": {"rest_api_id": "restApi"},
	"aws_api_gateway_method": {"rest_api_id": "restApi"}, "aws_api_gateway_resource": {"rest_api_id": "restApi"},
	"aws_cloudwatch_log_subscription_filter": {"log_group_name": "logGroup"},
	"aws_elastic_beanstalk_environment":      {"version_label": "version"},
	"aws_s3_bucket_website_configuration":    {"routing_rules": "routingRuleDetails", "routing_rule": "routingRules"},
}

// candidates are Terraform's types that may stand behind a token, the likeliest first.
func candidates(token string) []string {
	if name := exact[token]; name != "" {
		return []string{name}
	}
	path := strings.Split(strings.Split(token, ":")[1], "/")
	module, name := path[0], snake(strings.TrimPrefix(path[len(path)-1], "get"))
	var found []string
	for _, infix := range append(append([]string{}, moduleNames[module]...), module, snake(module)) {
		for _, ending := range []string{name, strings.ReplaceAll(name, "_", ""), name + "s", strings.TrimSuffix(name, "s")} {
			if infix == "" {
				found = append(found, "aws_"+ending)
			} else {
				found = append(found, "aws_"+infix+"_"+ending)
			}
		}
	}
	return append(found, "aws_"+name)
}

func snake(name string) string {
	var text strings.Builder
	for index, letter := range name {
		if unicode.IsUpper(letter) && index > 0 {
			text.WriteByte('_')
		}
		text.WriteRune(unicode.ToLower(letter))
	}
	return text.String()
}

func camel(name string) string {
	words := strings.Split(name, "_")
	for index, word := range words {
		if index > 0 && word != "" {
			words[index] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return strings.Join(words, "")
}
