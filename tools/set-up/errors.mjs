/** Something that the person at the keyboard can put right; shown as one line. */
export class SetUpError extends Error {}
