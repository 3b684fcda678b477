import { domainToASCII } from "node:url";
import { text, without } from "./forms";

/** Names are the same in any case, and one form of them is compared. */

/** ACM's grammar (`DomainNameString`), without wildcards and addresses. */
const HOST_NAME = /^(?=.{1,253}\.?$)((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9]\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]\.?$/;

/** One host: of the load balancer, or a zone's. Route 53 shows names with the dot of the root, which is taken away. */
export const hostName = (what: string) =>
    text(HOST_NAME, found => hostFault(found, what, /[A-Za-z0-9.-]/)).overwrite(name => name.toLowerCase().replace(/\.$/, ""));

const HOST_OR_ADDRESS = new RegExp(`${HOST_NAME.source}|^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?=\\d)|$)){4}$`);

/** What a task connects to. */
export const hostOrAddress = (what: string) =>
    text(HOST_OR_ADDRESS, found => hostFault(found, what, /[A-Za-z0-9.-]/)).overwrite(name =>
        name.toLowerCase().replace(/\.$/, ""),
    );

/** Elastic Load Balancing's for `host-header`: wildcards anywhere, one dot at least, and letters alone behind the last one. */
const HOST_PATTERN = /^(?=.{1,128}$)(?!-)(?!.*(\.-|-\.))([A-Za-z0-9*?-]{1,63}\.)+[A-Za-z]+$/;

export const hostPattern = text(HOST_PATTERN, found => {
    const end = found.slice(found.lastIndexOf(".") + 1);
    if (found === "*") return "a host name or pattern; for every host leave hosts out";
    if (found.length > 128) return "a host of at most 128 characters";
    if (/^(?=.*[^A-Za-z])[A-Za-z0-9*?-]+$/.test(end) && found.includes("."))
        return "letters alone behind the last dot, a limit of listener rules; for another ending route by paths, without hosts";
    return hostFault(found, "a host name or pattern, such as shop.example.com or *.example.com", /[A-Za-z0-9.*?-]/);
}).overwrite(host => host.toLowerCase());

function hostFault(found: string, what: string, character: RegExp): string {
    const [host = ""] = found.replace(/^[a-z]+:\/\//i, "").split("/", 1);
    if (host !== found && host !== "") return `${what}: the host alone, without https:// and path`;
    if (/:\d+$/.test(found)) return `${what}: the host alone, without a port`;
    const ascii = /^[^\s!-,/:-@[-`{-~]+$/.test(found) ? domainToASCII(found) : "";
    if (/[^\0-\x7f]/.test(found) && ascii !== "") return `${what}, in letters of DNS: ${ascii}`;
    if (found.split(".").some(label => label.length > 63)) return `${what}: at most 63 characters between dots`;
    if (!found.includes(".")) return `${what}, with a dot`;
    return without(character, `${what}: letters, digits and - between dots, and no - at an end`)(found);
}
