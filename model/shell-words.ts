/**
 * Words as one line that is taken apart into the same words again: by a shell, and by what the agent of ECS Exec does it with (github.com/google/shlex, in
 * amazon-ssm-agent's agent/session/shell/shell_unix.go), which knows quotes, backslashes and comments, and starts no shell.
 */
export function shellWords(words: readonly string[]): string {
    return words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
