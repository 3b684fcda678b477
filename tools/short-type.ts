/** `aws:ecs/service:Service` as a person says it: `ecs.Service`. */
export function shortType(type: string): string {
    const [pkg = "", module = "", name = ""] = type.split(":");
    const folder = module.split("/", 1)[0] ?? "";
    return pkg === "aws" ? `${folder}.${name}` : name;
}
