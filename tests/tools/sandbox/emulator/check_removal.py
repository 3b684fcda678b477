"""What a killed client made and never heard of can be taken away."""

from __future__ import annotations

from checking import check, clients, same, sandbox


@check("removal: what is named like that, so that it can be made anew, and nothing else")
def removal() -> None:
    clients("ecr").create_repository(repositoryName="unheard-of")
    clients("ecr").create_repository(repositoryName="unheard-of-2")
    trust = '{"Version":"2012-10-17","Statement":[]}'
    clients("iam").create_role(RoleName="unheard-of", AssumeRolePolicyDocument=trust)
    clients("logs").create_log_group(logGroupName="unheard-of")
    clients("ecs").create_cluster(clusterName="unheard-of")
    before = sandbox("/sandbox/resources")
    things = [thing for thing in before if thing["id"].replace(":", "/").split("/")[-1] == "unheard-of"]
    same([thing["type"] for thing in things], ["repository", "cluster", "role", "log-group"], "things of that name")
    same(sandbox("/sandbox/remove", things), [True] * 4, "removed")
    same(sandbox("/sandbox/resources"), [thing for thing in before if thing not in things], "the rest")
    same(sandbox("/sandbox/remove", things), [False] * 4, "removed again")
    clients("iam").create_role(RoleName="unheard-of", AssumeRolePolicyDocument=trust)
    clients("iam").delete_role(RoleName="unheard-of")
    clients("ecr").delete_repository(repositoryName="unheard-of-2")
