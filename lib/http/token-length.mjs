// @ts-check
/** Characters. Tokens of ours have half as many; longer ones would only be sent back and forth. */
export const LONGEST_TOKEN = 500;
