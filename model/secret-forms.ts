/**
 * What secrets look like, whatever their name. Issuers' own prefixes, as gitleaks lists them (config/gitleaks.toml), but for their lengths: a part is one
 * too. `\ue000` is a reference, as secret-readings.ts marks it.
 */
export const SECRET_FORMS: readonly RegExp[] = [
    // AWS; Alibaba, Tencent, Yandex
    /\b(AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}\b/,
    /\bABSK[\w+/]{20}|bedrock-api-key-\w|\b(LTAI|AKID)\w{16}|\bAQVN[\w-]{16}|\bt1\.9eu[\w-]/,
    // GitHub and GitLab; Bitbucket and Atlassian
    /\bgh[oprsu]_\w{4}|\bgithub_pat_\w/,
    /\bgl(pat|cbt|dt|ffct|ft|imt|agent|oas|ptt|rt|soat|rtr)-[\w-]{4}|\bGR1348941\w/,
    /\bATATT3\w|\bATBB\w{16}|\bATCTT3\w|\bATOA\w{16}/,
    // Packages and images
    /\bnpm_(?=[a-z]*[A-Z\d])[A-Za-z\d]{6}|\bpypi-A[\w-]{4}|\brubygems_[a-f\d]{8}|\bdckr_(pat|oat)_\w|\bCLOJARS_\w{8}|\boy2[a-z\d]{40}/,
    /\bAKCp\w{20}|\bcmVmd\w{20}/,
    // Models
    /\bsk-(ant|proj|svcacct|admin|or)-\w|\bsk-\w{12}|\b(hf|gsk|r8|pplx|xai|nvapi)[_-][A-Za-z\d]{12}|\bapi_org_\w{8}/,
    /\blsv2_(pt|sk)_\w|\btvly-\w{12}|\bfc-[a-f\d]{16}/,
    // Google, Azure, DigitalOcean, Heroku, Cloudflare, Fly, Databricks, Alchemer
    /\bAIza[\w-]{10}|\bya29\.[\w-]|\bGOCSPX-[\w-]{4}|\b1\/\/0[\w-]{10}/,
    /\b(AccountKey|SharedAccessKey|SharedAccessSignature|sharedSecret)\s*=\s*\S|[?&;](sig=|(X-Amz-|X-Goog-)?Signature=)[\w%+/-]{6}|\b[\w~.]{3}\dQ~[\w~.-]{8}/i,
    /\bdo[opr]_v1_\w{4}|\bHRKU-\w{8}|\bv1\.0-[a-f\d]{24}-|\bfo1_\w{8}|\bfm[12][ar]?_\w{8}|\bdapi[a-f\d]{16}/,
    /\b(nfp|vcp|vca|rnd|bkua)_\w{12}|\bCCIPAT_\w|\btskey-(auth|api|client)-\w|\bCFPAT-[\w-]{8}|\bsq[apu]_[a-f\d]{16}/,
    // Payments and shops
    /\b([rs]k|whsec)_(live|test|prod)_\w|\bwhsec_\w{8}|\bsq0(atp|csp|idp)-\w|\bEAAA[\w-]{16}|\bshp(at|ca|pa|ss)_\w{4}|\bshippo_(live|test)_\w/,
    /\bFLWSECK\w*-\w|\bEZ[AT]K\w{16}|\bduffel_(test|live)_\w|\baccess_token\$(production|sandbox)\$|\bPMAK-[a-f\d]{8}/,
    // Messages and mail
    /\bxox[abeoprs](-|\.xox)|\bxapp-\d|hooks\.slack\.com\/(services|workflows|triggers)\/\w/,
    /\bdiscord(app)?\.com\/api\/webhooks\/\d|\.webhook\.office\.com\/webhookb2\/\w|\boutlook\.office\.com\/webhook\/\w/,
    /\bhooks\.zapier\.com\/hooks\/catch\/\w|\bmaker\.ifttt\.com\/trigger\/[^\s/]{1,99}\/with\/key\/\w|\bevents\.pagerduty\.com\/integration\/\w|\/hooks\/(?=[a-z]{0,19}\d)[a-z\d]{20}/,
    /\bopen\.(feishu|larksuite)\.c\w{1,2}\/open-apis\/bot\/v2\/hook\/\w|\bchat\.googleapis\.com\/v1\/spaces\/\S{1,200}[?&]key=\w/,
    /\bSG\.[\w-]{4,}\.[\w-]{4}|\bSG\.[\w-]{16}|\bkey-(?![a-f\d]{17}\b)(?=[a-z]*\d)[a-z\d]{12}|\bSK[a-f\d]{32}\b|\bxkeysib-\w|\b[a-f\d]{32}-us\d{1,2}\b|\b(bot)?\d{8,10}:AA[\w-]{20}|\bre_\w{8}_\w{12}/,
    // Observing and operating
    /\bglsa_\w{8}|\bglc_\w{8}|\bsntry[su]_\w{8}|\bdt0[cs]\d\d\.\w|\bNRAK-\w|\bNRII-\w|\bNRAA-\w|\bhvs\.\w{8}|\bhvb\.\w{8}|\bs\.[A-Za-z\d]{24}\b/,
    /\.atlasv1\.\w|\bdp\.(pt|st|ct|scim|audit)\.\w|\bpul-[a-f\d]{16}|\blin_(api|oauth)_\w|\bpscale_(tkn|pw|oauth)_\w|\bsbp_[a-f\d]{16}|\bsb_secret_\w/,
    /\b(secret|ntn)_[A-Za-z\d]{32}|\bfigd_\w{8}|\bpat[A-Za-z\d]{14}\.[a-f\d]{16}|\bpat-(na|eu)\d-\w|\bphx_\w{8}|\b\bops_eyJ\w|\bA3-[A-Z\d]{6}-/,
    /\bsha256~[\w-]{20}|\bAGE-SECRET-KEY-1\w|\brdme_\w{16}|\bpnu_\w{16}|\btk-us-\w|\bAPI-[A-Z\d]{24}|\bico-\w{16}|\bEAA[MC]\w{20}|\bp8e-\w{16}/,
    // Keys and tokens of standards: PEM, PuTTY, JWT (Mapbox begins public ones with `pk.`), PASETO
    /-----BEGIN [A-Z\d ]*PRIVATE KEY|PuTTY-User-Key-File/,
    /(?<!\bpk\.)\beyJ[\w-]{8}[\w-]{0,999}\.[\w-]|\bv[1-4]\.(local|public)\.[\w-]{20}/,
    // A header's value; the user's name and password behind `Basic` are Base64.
    /\b([Bb]earer|BEARER|[Bb]asic|BASIC)\s+(?!realm)(?=[\w+/=.~-]*[\d=])[\w+/=.~-]{8}/,
    // `user:password@tcp(host)` of Go's driver of MySQL, `user/password@host:1521/x` of Oracle; lines of `.pgpass` and `.netrc`.
    /(^|[\s"'=])[\w.-]+:[^\s:@/"']+@(tcp|unix)?\(/,
    /(^|[\s"'=])\w{1,99}\/(?!\ue000)[^\s/@"']{1,99}@(\/\/[\w[]|[\w.-]{1,253}:\d{4,5}\/\w)/,
    /(^|\s)[\w.*-]{1,99}:(\d{4,5}|\*):[^\s:]{1,99}:[^\s:]{1,99}:(?!\ue000)[^\s:]|\blogin\s{1,9}[^\s<]\S{0,99}\s{1,9}password\s{1,9}(?!\ue000)[^\s<]/,
    // Arguments of commands. `-u 1000:1000` and `-u node:node` are a user and a group, and to curl the latter is a password.
    /(^|[\s"'=(])(-u|(-[A-Za-z]{0,9}[uU]|--(user|proxy-user|auth|creds))[\s=,"']{1,9})["']?(?!\d+:)(?<user>[\w.@\\\ue000-]{1,99}):(?!\ue000|\/\/|\k<user>(?![^\s"']))[^\s"']/,
    /\bcurl\b.{0,200}\s(-u|--user)[\s=]{1,9}["']?[^\s:"']{1,99}:(?!\ue000)[^\s"']/,
    /\bcurl\b.{0,200}\s(-b|--cookie)[\s=]{0,9}["']?[\w.-]{1,99}=(?!\ue000)[^\s"']/,
    /\bsshpass\s+-p\s*(?!\ue000)\S|\b(mysql|mysqldump|mysqladmin|mariadb)\b.{0,200}\s-p(?!\ue000)[^\s-]/,
    /\bredis-cli\b.{0,200}\s-a\s{1,9}(?!\ue000)\S|\bsqlcmd\b.{0,200}\s-P\s{0,9}(?!\ue000)[^\s-]|\bldap\w{1,9}\b.{0,200}\s-w\s{0,9}(?!\ue000)[^\s-]/,
    /\b(https?|xh)\s.{0,200}\s?-a\s{1,9}["']?[^\s:"']{1,99}:(?!\ue000)[^\s"']/,
    /\b(mongo(sh|dump|restore|export|import)?|rabbitmqadmin|(docker|podman|helm registry|az|oc) login)\b.{0,200}\s-p[\s=]{0,9}(?!\ue000)[^\s-]/,
    // `PWD` alone is the working directory, and in a connection string it is not.
    /(^|[;?&]\s*)(pwd|pw)\s*=\s*[^;&\s\ue000{*<]/i,
    // Hashes of passwords, and Docker's file of logins.
    /\$2[aby]\$\d\d\$|\$(argon2(id?|d)|[56y]|apr1|pbkdf2(-\w{1,9})?|scrypt)\$\S{8}|\$1\$[\w./]{4,8}\$\w|\bpbkdf2_\w{1,9}\$\d|\bscrypt:\d+:\d+:\d+\$|\{S?SHA\d*\}\w|"auths"\s*:\s*\{\s*"/,
];

/** A header whose value is one, whatever its form. */
export const HEADER =
    /\b(cookie|(proxy-)?authorization|(private|x-[\w-]{0,60})-?(key|token|secret))["'\\]*\s*[:=]\s*["'\\]*(?!((bearer|basic|token)\s+)?[\ue000<{])[^\s"'\\]/i;

/** What stands before the `@` of an address whose user has a password. A number there is a port; Redis has addresses without a user. */
export const LOGINS: readonly RegExp[] = [
    /\/\/(?!\[[\da-f:.]{2,45}\])([^/\s:?#]*|[^/\s:=]*):(?!\d{1,5}[/?#"']|\ue000+(?!\w)|<[\w-]*(password|secret|token|key|value)[\w-]*>)\S/i,
    /\bjdbc:oracle:\w{1,9}:[^\s/]{1,100}\/(?!\ue000)\S/i,
];

/** What may be a secret or not: it is taken where somebody writes it, and shown to nobody else. */
export const UNSURE_FORMS: readonly RegExp[] = [
    // Long enough to be drawn at random, and nothing explains it. With a slash it is a path, if it has no capital letter.
    /(?=[A-Za-z_+=-]{0,15}\d)(?=[\d_+=-]{0,15}[A-Za-z])[\w+=-]{16}/,
    /(?=[A-Za-z_+/=-]{0,15}\d)(?=[A-Z\d_+/=-]{0,15}[a-z])(?=[a-z\d_+/=-]{0,15}[A-Z])[\w+/=-]{16}/,
    // What stands before an `@` may be a user, a password or a token.
    /\S@/,
    // An option of a command whose value is no number, path, address or option; `-p` and `-u` also right before it.
    /(^|[\s"'=(])(-[pP]\s{0,9}\S|-\w{1,20}[\s=,"']{1,9}(?![\s=,"']|-|[./|&>\ue000]|https?:\/\/|localhost\b|[\d.:]+(?![^\s"']))[^\s"']|-u\S)/,
];

/** The same in a line of a log, which has more that looks like an option. */
export const PASSWORD_OPTION = /(^|[\s"'=(])-[pPwk][\s,"']{1,9}(?![\s,"']|-|[./|&>\ue000]|https?:\/\/|[\d.:]+(?![^\s"']))[^\s"']/;
