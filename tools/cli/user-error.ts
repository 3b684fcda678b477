/** Something that is the user's to mend, told without a stack trace. */
export class UserError extends Error {}
