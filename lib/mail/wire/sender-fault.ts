/**
 * What servers say when the fault is the sender's: its address, its name, its reputation or how it signs.
 * No reader is to blame, so none is given up for it. One phrase a line, with where it was seen.
 */
const PHRASES: readonly RegExp[] = [
  /bad dns ptr|reverse dns|\brdns\b|\bptr (?:record|resource|lookup)/i, // GMX, AOL, Comcast: no name for our address
  /\bip(?: address)? (?:is |was |has been )?(?:block|black)-? ?listed/i, // GMX, 1&1
  /(?:e-?mail|mail|message|connection) (?:has been |is |was )?blocked (?:by|using|due|because)/i, // AT&T, Barracuda
  /banned sending ip|banned ip/i, // Outlook: 5.7.606
  /(?:host|client|ip|address|server) [^\s]* ?(?:is )?(?:blocked|listed|rejected) (?:using|by|in|at|on) /i, // Postfix with a blocklist
  /\b(?:spamhaus|spamcop|sorbs|barracudacentral|uceprotect|dnsbl|rbl|surbl|uribl)\b/i, // whichever list it was
  /sender is unauthenticated|(?:spf|dkim|dmarc)[^.]{0,60}(?:fail|reject|pass|invalid|required|align)/i, // Gmail, Yahoo
  /(?:poor|low|bad) (?:domain |ip |sender |sending )?reputation|reputation (?:of|too|is)/i, // Cisco, Gmail
  /sender (?:address |domain )?(?:rejected|denied|refused|invalid|blocked|not allowed|verif)/i, // Postfix, Exim
  /(?:invalid|unknown|forged|bad|wrong|missing) (?:envelope )?(?:sender|from|return.?path)/i, // Sendmail, Qmail
  /domain of (?:the )?sender|sender'?s? domain|cannot resolve your domain/i, // Sendmail, Postfix
  /your (?:ip|domain|server|host|mail server|network)\b[^.]{0,60}(?:block|black|list|reject|refus|ban|reputation|denied)/i, // Outlook, Yahoo
  /after mail from|reply to mail from|does not accept mail from/i, // refused before any recipient was named
];

/** Whether a server's words lay the fault on the sender. */
export function isSenderFault(text: string): boolean {
  return PHRASES.some((phrase) => phrase.test(text));
}
