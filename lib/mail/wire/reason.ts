/**
 * Why a mail was not delivered, read from a server's answer or a bounce's diagnostic text. Words
 * come before status codes, because many servers say `5.0.0` or a wrong code with a clear sentence;
 * the code decides where the words say nothing.
 */
export const REASONS = {
  'unknown-address': { hard: true },
  'unknown-domain': { hard: true },
  moved: { hard: true },
  disabled: { hard: true },
  'mailbox-full': { hard: false },
  'too-large': { hard: false },
  'rate-limited': { hard: false },
  /** Spam, reputation, authentication, relaying: about the sender or the content. */
  policy: { hard: false },
  /** DNS, network and time: the receiving side could not be reached (yet). */
  unreachable: { hard: false },
  /** The receiving system is broken, full or misconfigured. */
  system: { hard: false },
  /** Our side spoke wrongly or wrote something unreadable. */
  protocol: { hard: false },
  unspecified: { hard: false },
} as const satisfies Record<string, { hard: boolean }>;
export type Reason = keyof typeof REASONS;

interface Diagnosis {
  /** Reply code, for example 550, or null. */
  code: number | null;
  /** Enhanced status, for example `5.1.1`, or null. */
  enhanced: string | null;
  text: string;
}

const WHO =
  '(?:user|recipient|addressee|mailbox|mail box|address|account|alias|person|inbox|username|e-?mail(?: address| account)?|customer|destination|subscriber|local part)';

/**
 * In this order: a sentence that fits several says the earlier one. What is about the sender comes
 * first, since "sender address unknown" is not about the recipient; then what is about the mailbox;
 * then what is about the mail, the network and the server.
 */
const WORDS: [Reason, RegExp][] = [
  [
    'policy',
    /after mail from|reply to mail from|my name was rejected|invalid ip|recipient preferences|sender (?:address |domain )?(?:rejected|denied|unknown|verif|not|is not|was|invalid|has been)|(?:invalid|unknown|unroutable|forged|bad|undefined|missing) (?:envelope )?(?:sender|from|return.?path)|cannot resolve your domain|your (?:domain|ip|server|host|e-?mail address)[^.]{0,60}(?:reject|block|list|refus|not exist|reputation|banned)|domain of sender|sender'?s? (?:domain|ip|host|mail)|does not accept mail from|mail from [^ ]* (?:rejected|denied|refused|prohibited)|mismatches client ip|envelope blocked|(?:not|isn't) authori[sz]ed to (?:send|relay|use)/i,
  ],
  [
    'mailbox-full',
    /over ?-?quota|quota (?:is )?(?:full|exceeded|violation|has been)|(?:exceed|over|beyond|out of)[a-z]* [^.]{0,40}quota|(?:disk|mail|storage|user) ?quota|(?:mail ?box|inbox|mail ?folder|mail ?drop|account|user|storage|recipient|maildir)[^.]{0,50}(?:\bfull\b|over (?:its |the )?(?:limit|size|allow)|exceeds? (?:its |the |allowed |maximum )?(?:limit|size|allot|allowed|space))|full mail ?box|(?:mail ?box|inbox) (?:size )?(?:limit|has exceeded|exceeded|too large|is over)|(?:not|in)(?: |s?uf)(?:enough|ficient) (?:storage|space|disk|mailbox)|out of (?:storage|disk|space)|too much mail|maildir(?:.{0,20})quota|(?:has )?exceeded (?:the )?(?:storage|mailbox|max(?:imum)? (?:mail|storage))|allocated to them|bo[îi]te (?:aux lettres |de r[ée]ception )?(?:est )?pleine|postfach[^.]{0,20}voll|buz[óo]n[^.]{0,20}lleno|メールボックスが一杯|容量/i,
  ],
  [
    'rate-limited',
    /(?:user|recipient|account|mailbox)[^.]{0,60}(?:receiving mail (?:at a rate|too quickly)|too (?:many|much) (?:mail|messages))|(?:receiv|deliver)[a-z]* (?:limit|rate) exceeded|rate.?limit|too many (?:connections|messages|recipients|e-?mails?|concurrent|errors from|sessions)|(?:connection|message|hourly|daily|sending) (?:rate|limit|quota)[^.]{0,20}exceed|throttl|excessive (?:e-?mail|connection|volume)|grey-?list|try again later.{0,30}(?:volume|rate)|unexpected volume/i,
  ],
  [
    'system',
    /temporar(?:y|ily) (?:locked|disabled|suspended|blocked|inactive|unavailable|rejected)/i,
  ],
  [
    'disabled',
    new RegExp(
      `${WHO}s?[^.]{0,60}(?:disabled|suspended|deactivated|inactive|not active|no longer active|closed|locked|frozen|blocked|terminated|discontinued|expired|temporarily restricted|not available for mail|cannot receive)|(?:disabled|suspended|inactive|discontinued|deactivated|closed|expired|locked) (?:e-?mail |mail |user )?${WHO}|account that you tried to reach is (?:disabled|inactive|over)|user is suspended|mailbox unavailable or access denied.{0,40}disabled`,
      'i',
    ),
  ],
  [
    'moved',
    /(?:user|recipient|address|mailbox|person|customer) (?:has |is )?(?:moved|changed|relocated|been (?:replaced|changed|moved))|(?:has|have) moved|new (?:e-?mail )?address is|address (?:has )?changed|please try <|user not local; please try|no longer (?:works|employed|with (?:us|the company|this))|left the company/i,
  ],
  [
    'unknown-address',
    new RegExp(
      [
        `no (?:such|matching|valid) ${WHO}`,
        `${WHO}s?(?: name| id| mailbox)?(?: '?<?[^ ]*>?'?)?(?: (?:is|was|are|here|has))?[ :-]*(?:unknown|not found|not exist|invalid|nonexistent|non-existent|unavailable|not recognized|not recognised|not listed|undeliverable|unrout|bad|not known|incorrect|not valid|illegal|unresolv)`,
        `${WHO}s?[^.]{0,60}(?:does|do|did|doesn't|dos)(?:n't| not|) exists?`,
        `(?:does|do|did|doesn't|don't|can(?:not|'t))(?: not)? (?:have|find|exist|like|recogni[sz]e|match|deliver to|resolve)[^.]{0,30}${WHO}`,
        `(?:unknown|invalid|nonexistent|non-existent|bad|unrout(?:e)?able|unresolvable|not a valid|undefined|unrecognized|incorrect|illegal|non existing|undeliverable)(?: local)?(?: or (?:invalid|illegal|unknown))?(?: destination)? ?-?${WHO}`,
        `(?:not|isn't|aren't|doesn't) (?:a |our |one of our |in our |listed in |have an? |an? )?(?:known |valid |local |existing |yahoo(?:\\.com)? |aol |customer|active )*${WHO}s?`,
        'no mailbox here by that name|no one here by that name|nobody (?:here )?by that name|user not (?:exist|known|found|listed|in)|not our customer|there is no (?:one|user|such|account|mailbox)|unknown recipient|recipnotfound|not listed in domino|not in (?:our|the) (?:directory|user list|list|user database)|unknown local.?part|could(?:n.t| ?not) be found|no longer accepts?|was not found|wasn.t found|not found in|invalid address|no account by|no longer (?:exists|valid|available|in use|on (?:this )?server)|delivery to the following recipients? (?:was )?(?:failed|rejected)?.{0,20}unknown|recipient(?:s)? (?:name )?is not recogni[sz]ed|5\\.1\\.1[0-9]?.{0,80}(?:reject|recipnotfound)|dosn.t exist|this user doesn.t have|mailbox not|address error|RESOLVER\\.ADR|all recipients (?:are )?invalid|リストにありません|utilisateur inconnu|destinataire (?:inconnu|invalide)|adresse .{0,40}(?:invalide|inconnue|n.existe pas)|(?:benutzer|empf[äa]e?nger|adresse)[^.]{0,30}(?:unbekannt|existiert nicht|ungültig)|usuario (?:desconocido|no existe)|(?:usu[áa]rio|destinat[áa]rio|casella|utente)[^.]{0,30}(?:desconhecido|inexistente|sconosciuto|non esiste|não existe)|宛先(?:の)?(?:メール)?アドレス|存在しません|見つかりません',
        'recipient (?:address(?:es)? )?rejected ?: (?:access denied|undeliverable|invalid|unknown|unverified|user|no such)',
      ].join('|'),
      'i',
    ),
  ],
  [
    'unreachable',
    /host not found, try again|name ?server (?:timeout|temporar|failure)|temporary (?:failure in name|dns|lookup|name)|\bservfail\b|dns (?:timeout|time-out)/i,
  ],
  [
    'unknown-domain',
    /(?:host|domain)(?: name| part)?(?: '?<?[^ ]*>?'?)?(?: (?:is|was|does|could|or))?[ :]*(?:unknown|not found|not exist|invalid|nonexistent|un-?rout|not be (?:found|resolved)|unresolvable|domain name not found)|(?:unknown|no such|invalid|illegal|unroutable|nonexistent|non-existent|bad destination) (?:mail )?(?:host|domain|system)|no smtp service|no relevant answers|returned null mx|couldn.t find (?:a |any )?(?:mail exchanger|host)|cannot find (?:the )?(?:host|domain|mx)|could not (?:find|resolve) (?:the )?(?:host|domain|recipient'?s? (?:host|domain))|unrouteable (?:mail )?(?:domain|address)|all relevant mx records point to non-existent hosts|domain (?:name )?(?:does not|doesn.t) exist|no (?:mx|a) (?:record|or a)|nullmx|null mx|domain (?:of|is) .{0,40}not (?:exist|found|accept)|name (?:or service )?not known|NXDOMAIN|does not (?:accept|receive) (?:e-?)?mail|no mail (?:is )?accepted|smtp protocol (?:returned|diagnostic).{0,10}no host|bad destination (?:host|system)|dns.?error.{0,60}not found|unable to resolve (?:mx )?host|destination (?:host|system) address/i,
  ],
  [
    'too-large',
    /(?:message|mail|size|attachment|e-?mail|data|content)[^.]{0,50}(?:too (?:large|big)|exceeds? [^.]{0,40}(?:size|limit|maximum|length|fixed)|larger than|over(?:size| size))|(?:size|length) (?:limit|of this message)[^.]{0,30}(?:exceed|reached)|exceed(?:s|ed)? (?:the )?(?:max|maximum|fixed|allowed|administrative)[^.]{0,20}(?:message |mail )?size|RecipSizeLimit|maximum message size|too large for (?:this|the)|message size (?:exceeds|limit)|oversize/i,
  ],
  [
    'policy',
    /spam|\bubl\b|unsolicited|bulk mail|black ?-?list|block ?list|\b(?:rbl|dnsbl|spf|dkim|dmarc|surbl|uribl)\b|blocked|banned|reputation|reverse dns|\brdns\b|\bptr\b|relay(?:ing)? (?:access |is |not |mail |operation |to )?(?:denied|prohibited|permitted|allowed|rejected)|(?:not|unable) (?:permitted |allowed )?to relay|relaying|we do not relay|open relay|authentication (?:required|failed|checks)|not authenticated|must (?:authenticate|issue a starttls)|virus|malware|phish|suspicious|content (?:rejected|filter|not)|policy|prohibited|not (?:permitted|allowed|accepted|authori[sz]ed)|forbidden|access denied|permission denied|administrat|security|rejected (?:for|due to|because|by|as)|message (?:was )?(?:rejected|refused|denied|not accepted)|mail (?:was )?refused|denied by|complaint|(?:you are|client|host|ip|sending) [^.]{0,40}(?:not allowed|denied|rejected|listed|refused)|encryption|filter|delivery not authori[sz]ed|restricted|\btls\b|loop|on hold/i,
  ],
  [
    'unreachable',
    /timed? ?-?out|requests to connect|expired|connection (?:refused|timed|reset|lost|dropped|was|problem)|unreachable|not (?:responding|reachable)|retry (?:time|timeout)|too (?:long|old)|(?:could|can)(?:'t| ?not) (?:connect|establish|contact|be delivered (?:for|within|after|in))|no (?:route|response|answer)|network (?:error|is)|lost connection|temporar|(?:dns|name) (?:service )?(?:lookup|server|error|problem)|host not found, try again|delivery (?:is |was |has been )?(?:delayed|expired)|delayed|hop count|too many hops|loops? back to|give? up|giving up|within \d+ (?:day|hour)|unable to (?:connect|deliver in)|failing for a long time|deferred|still (?:trying|being)/i,
  ],
  [
    'system',
    /disk full|no space left|system (?:error|is|not|full|down|config)|internal (?:error|server|software)|(?:service|server) (?:is |currently |temporarily )?(?:unavailable|not available|busy|down)|local (?:error|configuration|delivery|problem)|input\/output|i\/o error|cannot (?:open|create|write|exec|append|update)|can't (?:open|create|write)|command (?:died|failed|not found)|out of memory|resources|mail server|mailer error|unable to (?:open|create|write|append|lock)|configuration|software|not writable|error (?:writing|opening)|i couldn't/i,
  ],
  [
    'protocol',
    /syntax|malformed|bad sequence|command (?:unrecognized|not (?:recognized|implemented))|unrecognized command|line (?:too long|limit)|8 ?bit|illegal (?:character|header)|header|mime|invalid (?:format|character|argument)|rfc ?(?:2?822|5322|5321)|smtputf8|bare (?:lf|cr)|protocol/i,
  ],
];

/** @returns the reason, from the words if they say one, else from the codes */
export function reasonOf({ code, enhanced, text }: Diagnosis): Reason {
  return reasonOfWords(text) ?? (enhanced ? reasonOfStatus(enhanced) : null) ?? reasonOfCode(code);
}

export function reasonOfWords(text: string): Reason | null {
  for (const [reason, words] of WORDS) if (words.test(text)) return reason;
  return null;
}

/** RFC 3463 and the registry of enhanced status codes, for permanent and transient alike. */
export function reasonOfStatus(enhanced: string): Reason | null {
  const [, subject, detail] = enhanced.split('.').map(Number);
  switch (subject) {
    case 1:
      if (detail === 2 || detail === 10) return 'unknown-domain';
      if (detail === 6) return 'moved';
      return detail === 7 || detail === 8 ? 'policy' : 'unknown-address';
    case 2:
      if (detail === 1) return 'disabled';
      if (detail === 2) return 'mailbox-full';
      return detail === 3 ? 'too-large' : null;
    case 3:
      return detail === 4 ? 'too-large' : 'system';
    case 4:
      return 'unreachable';
    case 5:
    case 6:
      return 'protocol';
    case 7:
      // 5.7.13 is the registry's "user account disabled"; the others are about the sender.
      return detail === 13 ? 'disabled' : 'policy';
    default:
      return null;
  }
}

function reasonOfCode(code: number | null): Reason {
  switch (code) {
    case 552:
      return 'mailbox-full';
    case 551:
      return 'moved';
    case 530:
    case 534:
    case 535:
      return 'policy';
    case 500:
    case 501:
    case 502:
    case 503:
    case 504:
      return 'protocol';
    default:
      return 'unspecified';
  }
}
