/** What a mail server that pipes to us understands as "try again later" (sysexits.h). */
const TRY_AGAIN = 75;

/**
 * The exit code of a command line that failed. Whatever goes wrong behind a mail server's pipe, the
 * server must keep the mail.
 * @param {readonly string[]} args
 */
export function failureCode([command, ...rest]) {
  const isPipe = command === 'bounce' && !rest.some((arg) => /^--(?:maildir|dry-run)\b/.test(arg));
  return isPipe ? TRY_AGAIN : 1;
}
