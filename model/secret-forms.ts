/** What secrets look like, whatever their name. Issuers' own prefixes, as gitleaks lists them (config/gitleaks.toml), but for their lengths: a part is one too. */
export const SECRET_FORMS: readonly RegExp[] = [
    // AWS; Alibaba
    /\b(AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}\b/,
    /\bABSK[\w+/]{20}|bedrock-api-key-\w|\bLTAI[\w]{16}/,
    // GitHub and GitLab; Bitbucket and Atlassian
    /\bgh[oprsu]_\w{4}|\bgithub_pat_\w/,
    /\bgl(pat|cbt|dt|ffct|ft|imt|agent|oas|ptt|rt|soat|rtr)-[\w-]{4}|\bGR1348941\w/,
    /\bATATT3\w|\bATBB\w{16}|\bATCTT3\w/,
    // Packages and images
    /\bnpm_(?=[a-z]*[A-Z\d])[A-Za-z\d]{6}|\bpypi-A[\w-]{4}|\brubygems_[a-f\d]{8}|\bdckr_(pat|oat)_\w|\bCLOJARS_\w{8}|\boy2[a-z\d]{40}/,
    /\bAKCp\w{20}|\bcmVmd\w{20}/,
    // Models
    /\bsk-(ant|proj|svcacct|admin|or)-\w|\bsk-\w{12}|\b(hf|gsk|r8|pplx|xai|nvapi)[_-][A-Za-z\d]{12}|\bapi_org_\w{8}/,
    // Google, Azure, DigitalOcean, Heroku, Cloudflare, Fly, Databricks, Alchemer
    /\bAIza[\w-]{10}|\bya29\.[\w-]|\bGOCSPX-[\w-]{4}|\b1\/\/0[\w-]{10}/,
    /\b(AccountKey|SharedAccessKey|SharedAccessSignature|sharedSecret)\s*=\s*\S|[?&;]sig=[\w%+/-]{6}|\b[\w~.]{3}\dQ~[\w~.-]{8}/i,
    /\bdo[opr]_v1_\w{4}|\bHRKU-\w{8}|\bv1\.0-[a-f\d]{24}-|\bfo1_\w{8}|\bfm[12][ar]?_\w{8}|\bdapi[a-f\d]{16}/,
    // Payments and shops
    /\b([rs]k|whsec)_(live|test|prod)_\w|\bwhsec_\w{8}|\bsq0(atp|csp|idp)-\w|\bEAAA[\w-]{16}|\bshp(at|ca|pa|ss)_\w{4}|\bshippo_(live|test)_\w/,
    /\bFLWSECK\w*-\w|\bEZ[AT]K\w{16}|\bduffel_(test|live)_\w|\baccess_token\$(production|sandbox)\$|\bPMAK-[a-f\d]{8}/,
    // Messages and mail
    /\bxox[abeoprs](-|\.xox)|\bxapp-\d|hooks\.slack\.com\/(services|workflows|triggers)\/\w/,
    /\bdiscord(app)?\.com\/api\/webhooks\/\d|\.webhook\.office\.com\/webhookb2\/\w/,
    /\bSG\.[\w-]{4,}\.[\w-]{4}|\bSG\.[\w-]{16}|\bkey-(?![a-f\d]{17}\b)(?=[a-z]*\d)[a-z\d]{12}|\bSK[a-f\d]{32}\b|\bxkeysib-\w|\b[a-f\d]{32}-us\d{1,2}\b|\b\d{8,10}:AA[\w-]{20}/,
    // Observing and operating
    /\bglsa_\w{8}|\bglc_\w{8}|\bsntry[su]_\w{8}|\bdt0[cs]\d\d\.\w|\bNRAK-\w|\bNRII-\w|\bNRAA-\w|\bhvs\.\w{8}|\bhvb\.\w{8}|\bs\.[A-Za-z\d]{24}\b/,
    /\.atlasv1\.\w|\bdp\.(pt|st|ct|scim|audit)\.\w|\bpul-[a-f\d]{16}|\blin_(api|oauth)_\w|\bpscale_(tkn|pw|oauth)_\w|\bsbp_[a-f\d]{16}|\bsb_secret_\w/,
    /\b(secret|ntn)_[A-Za-z\d]{32}|\bfigd_\w{8}|\bpat[A-Za-z\d]{14}\.[a-f\d]{16}|\bpat-(na|eu)\d-\w|\bphx_\w{8}|\b\bops_eyJ\w|\bA3-[A-Z\d]{6}-/,
    /\bsha256~[\w-]{20}|\bAGE-SECRET-KEY-1\w|\brdme_\w{16}|\bpnu_\w{16}|\btk-us-\w|\bAPI-[A-Z\d]{24}|\bico-\w{16}|\bEAA[MC]\w{20}|\bp8e-\w{16}/,
    // Keys and tokens of standards: PEM, PuTTY, JWT
    /-----BEGIN [A-Z\d ]*PRIVATE KEY|PuTTY-User-Key-File/,
    /\beyJ[\w-]{8,}\.[\w-]+/,
    // A header's value; the user's name and password behind `Basic` are Base64.
    /\b([Bb]earer|BEARER|[Bb]asic|BASIC)\s+(?!realm)(?=[\w+/=.~-]*[\d=])[\w+/=.~-]{8}/,
    // `user:password@tcp(host)` of Go's driver of MySQL; arguments of commands.
    /(^|[\s"'=])[\w.-]+:[^\s:@/"']+@(tcp|unix)?\(|\bcurl\b.{0,200}\s(-u|--user)[\s=]{1,9}["']?[^\s:"']{1,99}:(?!\$[A-Z_{(])[^\s"']/,
    /\bsshpass\s+-p\s*(?!\$[A-Z_{(])\S|\b(mysql|mysqldump|mysqladmin|mariadb)\b.{0,200}\s-p(?!\$[A-Z_{(])[^\s-]/,
    /\bredis-cli\b.{0,200}\s-a\s{1,9}(?!\$[A-Z_{(])\S|\bmongo(sh|dump|restore|export|import)?\b.{0,200}\s-p[\s=]{0,9}(?!\$[A-Z_{(])[^\s-]/,
    // `PWD` alone is the working directory, and in a connection string it is not.
    /(^|[;?&]\s*)(pwd|pw)\s*=\s*[^;&\s${*<]/i,
    // Hashes of passwords, and Docker's file of logins.
    /\$2[aby]\$\d\d\$|\$(argon2(id?|d)|[56])\$\S{8}|\{S?SHA\}\w|"auths"\s*:\s*\{\s*"/,
];

/** What stands before the `@` of an address whose user has a password. A number there is a port; Redis has addresses without a user. */
export const LOGINS: readonly RegExp[] = [
    /\/\/([^/\s:?#]*|[^/\s:=]*):(?!\d{1,5}[/?#"'])\S/,
    /\bjdbc:oracle:\w{1,9}:[^\s/]{1,100}\/(?!\$[A-Z_{(])\S/i,
];

/** What may be a secret or not: it is taken where somebody writes it, and shown to nobody else. */
export const UNSURE_FORMS: readonly RegExp[] = [
    // Long enough to be drawn at random, and nothing explains it.
    /(?=[A-Za-z_+/=-]{0,15}\d)(?=[\d_+/=-]{0,15}[A-Za-z])[\w+/=-]{16}/,
    // What stands before an `@` may be a user, a password or a token.
    /\S@/,
    // Arguments of commands.
    /(^|\s)(-[pP]\s{0,9}\S|(-u|--user)[\s=]{1,9}[^\s:]{1,99}:\S)/,
];
