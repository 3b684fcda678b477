/** A part of a review that comes from elsewhere: cost, policy. */
export interface Section {
    readonly title: string;
    /** The gist in one line, for a heading. */
    readonly summary: string;
    /** To be read, without colours; line breaks inside. */
    readonly text: string;
    /** The same as data. */
    readonly json: unknown;
    /** Whether the stack must not be deployed like this. */
    readonly blocks: boolean;
}
