import { stem as porter2 } from 'porter2';
import { ACRONYMS } from '@/lib/search/text/acronyms';

const IRREGULAR = new Map(
  Object.entries({
    analyses: 'analysis',
    hypotheses: 'hypothesis',
    syntheses: 'synthesis',
    theses: 'thesis',
    axes: 'axis',
    matrices: 'matrix',
    vertices: 'vertex',
    indices: 'index',
    appendices: 'appendix',
    simplices: 'simplex',
    vortices: 'vortex',
    criteria: 'criterion',
    phenomena: 'phenomenon',
    automata: 'automaton',
    corpora: 'corpus',
    genera: 'genus',
    spectra: 'spectrum',
    optima: 'optimum',
    minima: 'minimum',
    maxima: 'maximum',
    equilibria: 'equilibrium',
    formulae: 'formula',
    stimuli: 'stimulus',
    nuclei: 'nucleus',
    radii: 'radius',
    foci: 'focus',
    loci: 'locus',
    mice: 'mouse',
    children: 'child',
    women: 'woman',
    men: 'man',
    feet: 'foot',
    teeth: 'tooth',
    people: 'person',
  }),
);

/** Acronyms whose s is no plural, besides those of acronyms.ts. */
const ENDS_IN_S = new Set(
  'bfs css dbs dfs dns https mds mfs ngs nfs pbs pls rss sms tls vps'.split(' '),
);
/** What each rule of `BRITISH` needs in a word; hardly any word has it, so this is asked first. */
const MAYBE_BRITISH =
  /[iy]s(?:e|ing|ation)|our|ll(?:ing|e)|re(?:[sd]?$)|ences?$|ogues?$|^(?:grey|artefact|sceptic|sulph|ageing)/;
/** British spellings with the American ones, first `-ise` and `-yse`. */
const BRITISH: readonly [RegExp, string][] = [
  [/(?<=[a-z]{3})is(?=(?:e[drs]?|ers|ing|ations?)$)/, 'iz'],
  [/(?<=[a-z]{3})ys(?=(?:e[drs]?|ers|ing)$)/, 'yz'],
  [/(?<=(?:behavi|col|tum|fav|flav|neighb|harb|lab|hum|vap|hon|rum|arm|rig|vig))our/, 'or'],
  [/ll(?=(?:ing|ed|ers?)$)(?<=(?:mode|labe|trave|signa|chane|leve|cance)ll)/, 'l'],
  [/(?<=(?:cent|fib|lit|theat|calib|met))re(?=s?$)/, 'er'],
  [/(?<=(?:cent|fib))red$/, 'ered'],
  [/(?<=^(?:def|off|lic|pret))ence(?=s?$)/, 'ense'],
  [/(?<=^(?:catal|dial|anal))ogue(?=s?$)/, 'og'],
  [/^grey(?=$|s$|scale|ish$|ed$)/, 'gray'],
  [/^artefact/, 'artifact'],
  [/^sceptic/, 'skeptic'],
  [/^sulph/, 'sulf'],
  [/^ageing$/, 'aging'],
];

/** Terms of this field whose stem would be that of another one: transform, token. */
const OWN_STEM = /^(?:(transformer)s?|(tokeniz)(?:e[drs]?|ers|ing|ations?))$/;

/**
 * The form under which a folded word is indexed: Porter's second stemmer, after irregular plurals and
 * British spelling have become the regular ones.
 */
export function stem(word: string): string {
  if (!/^[a-z]{3,}$/.test(word) || Object.hasOwn(ACRONYMS, word) || ENDS_IN_S.has(word))
    return word;
  let regular = IRREGULAR.get(word) ?? word;
  if (MAYBE_BRITISH.test(regular)) {
    for (const [british, american] of BRITISH) regular = regular.replace(british, american);
  }
  const own = OWN_STEM.exec(regular);
  if (own) return (own[1] ?? own[2])!;
  // The stemmer leaves words without a vowel alone, so their plural goes here: LLMs, CNNs.
  return porter2(regular.replace(/^([b-df-hj-np-tv-xz]{2,})s$/, '$1'));
}
