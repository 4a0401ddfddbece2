const BOILERPLATE = [
  /^(?:new|trending|hot|top|home|menu|subscribe|sign ?up|sign ?in|log ?in|login|log ?out|submit|search|papers|all|daily|weekly|monthly|today|yesterday|previous|next|prev|models|datasets|spaces|docs|pricing|community|enterprise|buckets|collections|languages|organizations|company|website|tos|terms|terms of service|privacy|privacy policy|cookies|about|contact|careers|jobs|blog|press|help|faq|status|feedback|legal|imprint|rss|twitter|github|follow|share|back to top|load more|show more|view all|see all|system theme|dark mode|light mode)$/i,
  /^(?:daily|trending|weekly|monthly|top|latest|recent|hot|new|popular)(?: \p{L}+)? papers(?: (?:of|for|this|today)\b.{0,30})?$/iu,
  /^(?:get|receive) trending papers\b.*$/i,
  /^(?:view|see|show|browse|load|read) (?:all|more)\b.{0,30}$/i,
  /^hugging face(?:'s logo)?(?: hugging face)?$/i,
  /^by\s?[A-Z@].{0,80}$/,
  /^by(?: (?:the )?(?:research )?community)?$/,
  /^AK and the research community$/,
  /^(?:sort|filter|order)(?:ed)? by\b.{0,40}$/i,
  /^(?:page|showing) \d+\b.{0,60}$/i,
  /^(?:©|copyright\b|\(c\) ?\d{4}).{0,100}$/i,
];

/** What a page shows around its papers: navigation, a byline, calls. */
export function isBoilerplate(text: string): boolean {
  return text.length <= 120 && BOILERPLATE.some((pattern) => pattern.test(text));
}

/** What a page tells its reader about itself, under a heading or not. */
export function isSpokenToReader(text: string): boolean {
  return (
    text.length < 600 &&
    /\byour?\b/i.test(text) &&
    /\b(?:cookies?|subscri\w+|newsletters?|e-?mails?|inbox|account|sign(?:ed)? (?:up|in)|log(?:ged)? in|your browser|javascript|privacy policy|terms of (?:use|service)|preferences|unsubscribe|contact us|support us|donat\w+)\b/i.test(
      text,
    )
  );
}

/** Shorter than nearly any abstract, longer than nearly every title. */
export const SHORTEST_ABSTRACT = 200;
export const LONGEST_TITLE = 300;
/** Words of a sentence that is an abstract rather than a title with a full stop. */
const SHORTEST_SENTENCE = 8;

/**
 * Whether a block reads like a title: one sentence without a full stop, no address. `afterText` tells
 * whether it may as well be one more paragraph of the abstract before it.
 */
export function readsLikeTitle(text: string, afterText: boolean): boolean {
  if (text.length > LONGEST_TITLE || !/\p{L}|\d/u.test(text)) return false;
  if (/https?:\/\/|www\./.test(text) || /^\(?[0-9ivx]{1,4}[.)]\s/.test(text)) return false;
  if (/[;,:]$/.test(text) || (text.length > 120 && /(?:…|\.\.\.)$/.test(text))) return false;
  if (text.length > 80 && /^(?:We|Our|This (?:paper|work)|In this (?:paper|work))\b/.test(text))
    return false;
  // Two sentences; "vs. Baselines" and initials are not the end of one.
  if (/(?<!\b(?:vs|v|et al|no|st|dr|[A-Z]))[.!?]\s+\p{Lu}.*[.]$/u.test(text)) return false;
  if (text.endsWith('.') && !/\b(?:al|etc|inc|jr)\.$/.test(text)) {
    return isTitleCase(text) || (!afterText && text.split(/\s+/).length < SHORTEST_SENTENCE);
  }
  return true;
}

/** Whether a block under a known title is its abstract or its summary rather than a name or a call. */
export function readsLikeText(text: string): boolean {
  if (text.length > LONGEST_TITLE) return true;
  const words = text.split(/\s+/).length;
  if (words < SHORTEST_SENTENCE && !/[。！？]/.test(text)) return false;
  return /[.!?…。！？]["”')\]]?$/.test(text) || /[.!?]\s+\p{Lu}/u.test(text);
}

function isTitleCase(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => /^\p{L}{4,}/u.test(word));
  const capital = words.filter((word) => /^\p{Lu}/u.test(word));
  return words.length >= 2 && capital.length >= words.length * 0.7;
}

/** What a site shows in place of an abstract is one sentence: nobody's abstract is as short as that. */
const LONGEST_SUMMARY = 320;

export function isSummary(text: string): boolean {
  return text.length <= LONGEST_SUMMARY && !/[.!?]["”')]?\s+\p{Lu}/u.test(text);
}

const VERBS =
  'propos|present|introduc|study|studies|show|find|found|prove|develop|demonstrat|investigat|analy[sz]|describ|report|explor|evaluat|discuss|consider|deriv|obtain|argue|compar|examin|provide|conduct|establish|construct|measure|observe|calculat|comput|determin|perform|review|address|extend|generali[sz]e|apply|characteri[sz]e|design|train|suggest|identify|estimate|formulate|implement';
/** Turns that abstracts are made of; see the README for how many have how many. */
const TURNS = [
  new RegExp(`\\bwe\\b[^.]{0,40}\\b(?:${VERBS})`, 'i'),
  /\b(?:this|the present|the) (?:paper|work|study|article|report|survey|letter|note|thesis|manuscript|review|contribution|research)\b/i,
  /\bour (?:\w+ ){0,2}(?:methods?|approach|models?|results?|framework|experiments?|analysis|findings|work|algorithm|theory|technique|system|study|proof|code)\b/i,
  /\b(?:results?|experiments?|simulations?|evaluations?|analys[ie]s|observations|measurements|findings?|data)\b[^.]{0,60}\b(?:show|demonstrat|indicat|reveal|confirm|suggest|hold|outperform|improv|imply)/i,
  /\b(?:is|are|was|were) (?:\w+ly )?(?:proposed|presented|introduced|studied|shown|proved|proven|investigated|analy[sz]ed|derived|discussed|developed|obtained|considered|demonstrated|calculated|computed|described|examined|established|measured|evaluated|compared)\b/i,
  /\b(?:outperform|state[- ]of[- ]the[- ]art|benchmarks?|baselines?|datasets?|theorem|conjecture|asymptotic|numerical(?:ly)?|empirical(?:ly)?|theoretical(?:ly)?|novel|experimental(?:ly)?|algorithms?|spectr\w+|quantum|equations?|neural|learning|models?)\b/i,
  /\$[^$]+\$/,
];

/** How much a text speaks like an abstract, 0 to 7. */
export function turnsOfResearch(text: string): number {
  const beginning = text.slice(0, 5_000);
  return TURNS.filter((turn) => turn.test(beginning)).length;
}

/** "We propose": few articles of other kinds say so. */
export function saysWhatWasDone(text: string): boolean {
  return TURNS[0]!.test(text.slice(0, 5_000));
}

/** Whether a text speaks of its writer or to its reader, as hardly any abstract does. */
export function isPersonal(text: string): boolean {
  return /\b(?:you|your|I|my|I['’]m|I['’]ve)\b/.test(text);
}

const SECTION =
  /^(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?(?:abstract|introduction|(?:related|prior|previous|future) work|background|motivation|preliminaries|methods?|methodology|materials and methods|approach|our approach|experiments?|experimental (?:setup|results)|evaluation|results(?: and discussion)?|discussion|analysis|limitations|conclusions?|summary|overview|acknowledge?ments?|references|bibliography|appendix(?: \p{Lu})?|license|licen[cs]ing|installation|install|usage|quick ?start|getting started|features|requirements|documentation|contributing|citation|how to cite|changelog|news|updates?|table of contents|contents|about(?: (?:us|me|this (?:site|page|blog|newsletter)))?|faq|comments|events|upcoming events|jobs|editorial|foreword|welcome|top comments?)$/iu;

/** What stands above a part of one text, never above an abstract of its own. */
export function isSectionTitle(text: string): boolean {
  return (
    text.length < 60 && (SECTION.test(text) || /^\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}/u.test(text))
  );
}

/** The name of a place where people work. */
export function readsLikeOrganisation(text: string): boolean {
  return (
    text.length < 80 &&
    !/[:?]/.test(text) &&
    text.split(/\s+/).length <= 8 &&
    /\b(?:universit\w+|institut\w*|laborator\w+|labs?|colleges?|schools? of|academ\w+|research (?:center|centre|institute|group|lab)|gmbh|inc|corp|ltd|llc|foundation|hospital|eth|epfl|mit|cnrs|inria|google|deepmind|microsoft|openai|anthropic|nvidia|meta ai|hugging face)\b\.?/i.test(
      text,
    )
  );
}

const NAME = /^(?:\p{Lu}[\p{L}'’.-]*|d[aeiu]|de[lr]?|v[ao]n|von|bin|ibn|el|al|la|le|dos|ter|ten)$/u;

/** Whether a line is a list of persons: at least two, or one where `alone` is said to do. */
export function readsLikeNames(text: string, alone = false): boolean {
  if (text.length > 5_000) return false;
  const names = text
    .replace(/\([^()]*\)|[*†‡§¹²³⁴⁵\d]+/g, '')
    .replace(/,?\s*(?:…|\.\.\.|et al\.?|\+\d+ (?:more|authors))\s*$/i, '')
    .split(/\s*[,;·]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+/)
    .filter((name) => name.trim() !== '');
  if (names.length < (alone ? 1 : 2)) return false;
  return names.every((name) => {
    const words = name.trim().split(/\s+/);
    return words.length >= 2 && words.length <= 5 && words.every((part) => NAME.test(part));
  });
}
