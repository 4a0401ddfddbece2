import { ACRONYMS } from '@/lib/search/text/acronyms';
import { STOP_WORDS } from '@/lib/search/text/stopwords';

/** Words of any paper, whatever it is about: no phrase begins or ends with one. README.md says how they were chosen. */
const GENERAL = new Set(
  `ability able about abstract academic acceptable access accordingly account accuracy accurate achieve achieved
  achieves achieving acquire across act action activity actual actually adapt adapted adaptable adapting add added
  adding addition additional additionally address addressed addresses addressing adequate adjust adopt adopted
  adopting advance advanced advancement advancing advantage affect affected aforementioned against aggregate aim
  aimed aiming aims algorithmic align allow allowed allowing allows alone along alternative among amount ample
  analytic analytical analytically analyze analyzed analyzing answer anymore apparent appear applicable
  application applied apply applying approach appropriate approximate approximately arbitrary area argue arise art
  article aspect assess assessed assessing assessment assign associate associated assume assumed assuming
  assumption asymptotic attain attempt attention-based attract attribute author automated automatic automatically
  available average avoid aware background balance balanced base based baseline basic basis become becomes
  becoming before begin behave behavior behaviour believe benchmarking beneficial benefit best better beyond big
  bottleneck bound boundary brief briefly bring broad broader broadly build builds building built calculate
  calculated calculation call called candidate capability capable capacity capture captured capturing carefully
  carry case category cause central certain challenge challenging change changing channel-wise characteristic
  characterize characterized cheap check choice choose choosing chosen circumstance claim clarify class classic
  classical clean clear clearly close closely coefficient collect collected collecting collection combination
  combine combined combining come common commonly community compact comparable compare compared comparing
  comparison compelling competing competitive complement complementary complete completely complex complexity
  component comprehensive comprise computation computational computationally compute computed computing concern
  conclude conclusion concrete condition conduct conducted confirm connect connected consequence consequently
  consider considerable considerably consideration considered considering consist consistent consistently consists
  constant constitute construct constructed constructing consuming contain containing contains contemporary
  content continue continuous continuously contrary contrast contribute contribution controlling convenient
  conventional convert correct correctly correctness corresponding correspondingly cost costly couple cover
  coverage covering create created creating creation criteria criterion critical critically crucial current
  currently curve custom cutting deal decade decide decrease dedicated deep-learning define defined defining
  definition degree deliver demand demanding demonstrate demonstrated demonstrates demonstrating demonstration
  depend dependence dependency dependent depending depends deploy deployed deploying derive derived describe
  described describes design designed designing desirable desired despite detail detailed detect detected
  determine determined determining develop developed developing development develops deviation difference
  different differently differ difficult difficulty dimensional direct directly discover discovered discuss
  discussed display distinct distinguish diverse diversity divide dominant dramatic dramatically draw drawback
  drawn drive due duration dynamically each earlier early ease easily easy edge-cutting effect effective
  effectively effectiveness efficacy efficiency efficient efficiently effort elegant eliminate emerge emerged
  emergence emerging emphasis empirical empirically employ employed employing employs enable enabled enables
  enabling encode encounter encourage encouraging end enhance enhanced enhancement enhances enhancing enough
  ensure ensures ensuring entire entirely equal equally equip equipped equivalent especially essential essentially
  establish established estimate estimated estimating etc evaluate evaluated evaluates evaluating even eventually
  evident evolve exact exactly examine examined example exceed excellent except exceptional excessive exhibit
  exhibits exist existence existing exists expand expect expected expensive experience experiment experimental
  experimentally explain explicit explicitly exploit exploited exploiting exploits explore explored explores
  exploring express expressive extend extended extending extends extension extensive extensively extent external
  extra extract extracted extracting extreme extremely face facilitate facilitates facing fact fail fails fair
  fairly far fashion fast faster favorable favor feasible feasibility few figure final finally find finding fine
  first fit five fix fixed flaw flexible flexibility focus focused focuses focusing follow followed following
  follows formally format formulate formulated formulation found four framework free frequency frequent frequently
  full fully functional functionality fundamental fundamentally further furthermore fusion-based future gain
  gather general generalizable generally generate generated generates generating generic give given gives giving
  global go goal good grade gradual gradually grand great greater greatly ground grow growing growth guaranteed
  guide guideline half hand handle handled handling happen hard hardly heavily heavy help helpful helps hence
  heuristic high higher highest highlight highlighting highlights highly hold holistic hope human-like hundred
  idea ideal ideally identical identification identified identifies identify identifying ignore illustrate
  illustrated imagine immediate impact implement implementation implemented implementing implication implicit
  implicitly imply importance important importantly impose impossible impractical impressive improve improved
  improvement improves improving in-depth inability inaccurate inadequate include included includes including
  incorporate incorporated incorporates incorporating increase increased increases increasing increasingly indeed
  independent independently indicate indicated indicates indicating individual individually induce induced
  industry ineffective inefficient inevitable inform informative inherent inherently initial initially innovation
  innovative insight inspire inspired instead instruct insufficient integral integrate integrated integrates
  integrating intend intended intensive interest interesting interestingly intermediate internal interpret
  introduce introduced introduces introducing introduction intuition intuitive intuitively investigate
  investigated investigates investigating investigation involve involved involves involving issue item iterate
  iteration iterative iteratively join joint jointly just justify keep kind know known lack lacking large largely
  larger largest last late later latest lead leading leads leap learn learned learner learning-based learns least
  leave led left length less lesson let level leverage leveraged leverages leveraging lie like likely limitation
  limited limiting line list literature little locally longer look lose lot lower lowest mainly maintain
  maintained maintaining maintains major majority make makes making manage manner manual manually many mark marked
  massive match material mathematical matter maximum meaning meaningful means measured measurement measuring
  mechanistic-level meet mention merely merge method methodology might minimize minimum minor misleading miss
  missing mitigate mitigates mitigating modern modest modification modified modify modular moment monitor moreover
  motivate motivated motivation move much multiple multitude must mutual naive name named namely narrow naturally
  nature near nearly necessary necessitate need needed needs never nevertheless new newer newly next non none
  nonetheless notable notably note notice notion novel novelty number numerical numerically numerous observe
  observed obstacle obtain obtained obtaining obtains occur occurring offer offering offers often on-going one
  ongoing operate operates operating opportunity opposed optimally optimization-based optimize optimized optimizes
  optimizing option order ordinary organize organized orient oriented origin original originally others otherwise
  outcome outline outperform outperformed outperforming outperforms outside outstanding overall overcome overcomes
  overcoming overhead overlook overlooked overly overview pair paper paradigm parameter parameterized partially
  particular particularly partly pass past pay people percent perfect perfectly perform performance performed
  performing performs period permit perspective phenomenon pilot place play plausible plays plenty plus poor
  poorly popular popularity portion pose poses possess possibility possible possibly post potential potentially
  powerful practical practically practitioner pre precede precise precisely predict predicted predicting
  predictive prefer preliminary preparation presence present presented presenting presents preserve preserving
  prevailing prevalent prevent previous previously primarily primary principal principle principled priori
  privilege pro probably problematic procedure proceed processed produce produced produces producing proficiency
  profound programme progress progressive progressively project prominent promise promising promote prone proper
  properly proportion propose proposed proposes proposing proposition prospect prove proved proven provide
  provided provides providing publication publicly publish published purpose pursue put qualitative qualitatively
  quantify quantitative quantitatively quick quickly quite raise raises randomly rapid rapidly rare rarely rather
  reach reached reaching read ready real-life realistic reality realization realize realized really reason
  reasonable reasonably receive received recent recently recipe recognize recognized recommend record recover
  reduce reduced reduces reducing redundant refer refine refined reflect regard regarding regardless regime
  regular relate related relationship relatively relax release released relevance relevant reliable reliably
  reliance relies rely relying remain remaining remains remarkable remarkably remove removed removing render
  repeat repeated repeatedly replace replaced replacing report reported reporting represent representation-level
  representative represented representing represents reproduce reproducible require required requirement requires
  requiring researcher resemble reside resolve resolution respect respective respectively respond responsible rest
  restrict restricted restriction result resulted resulting results retain retaining reveal revealed revealing
  reveals revisit rich richer right rigid rigorous rigorously rise road robustly rough roughly routine run running
  runs same satisfactory satisfy save saving say scalable scalability scaled scaling-based scheme school scope
  scratch second section see seek seem seen select selected selecting selective send sensitive separate separately
  serious serve served serves set setup seven several severe severely share sharp shed short shortage shortcoming
  show showcase showed showing shown shows side significance significant significantly signify similar similarly
  simpler simplicity simplify simply simulate simulated simultaneous simultaneously since situation six size skip
  slight slightly slow small smaller smooth so-called solely solid solution solve solved solves solving some
  sophisticated sort spanning spans sparsely special specialized specific specifically specification specify
  specified split spread stable stage standardize start starting state-of-the-art statistic statistically status
  still straightforward strength strengthen stress strict strictly strike strong stronger strongest strongly
  struggle struggles study studied studies studying subject subsequent subsequently substantial substantially
  substitute subtle succeed success successful successfully such suffer suffering suffers sufficient sufficiently
  suggest suggested suggesting suggests suit suitable suite summarize superior superiority supplement supply
  supported supporting supports surpass surpasses surpassing surprising surprisingly surrounding sustain
  synthesize systematic systematically tackle tackles tackling tailor tailored take taken takes taking targeted
  targeting team tech technical technically technique technological tend tested text-based thanks themselves
  theoretical theoretically thereby therefore thing think third thirdly thorough thoroughly thousand three
  throughout thus tie tight timely today together top total toward towards tradeoff traditional traditionally
  train trained trait transformed translate treat treated treatment tremendous trend trigger true truly try turn
  two typical typically ubiquitous ultimate ultimately unable unclear uncover under underlying undermine
  understand understanding understood undertake underway unexplored unfortunately uniformly unify unique uniquely
  universal unknown unlike unlikely unlock unnecessary unprecedented unpredictable unresolved unsatisfactory
  unsolved unstable unsuitable until up-to-date updated updating upper usability usage used useful usefulness uses
  using usual usually utilization utilize utilized utilizes utilizing valid validate validated validates
  validating validation validity valuable variant variation variety various vary varying vast verify verified
  version versus viable virtually visual-based vital vulnerable way weaker weakness wealth well well-established
  whole wide widely wider widespread wise within without worked working worse worst worth year yield yielded
  yielding yields yet ablation abovementioned accelerate accelerated accelerating acceleration acceptance
  accompanied accumulate accumulated adversely agree agreement allocate allocated alleviate alleviates ambitious
  amplify annotate annotated annotation annotator anonymous answering anticipate approximation arxiv aside augment
  augmented authentic backbone baselines biased bridge bridges bridging carried cast centric coarse cohort
  collaborate comparably compensate competence competition composed compositional compute-efficient concerned
  conflict consumption correlate correlated correlation coupled coherent contrastively cross crowd curated curate
  customize damage day decompose default degrade degraded degradation delve denote depict detection-based
  deterministic diagnose differentiate disentangle disregard division downstream drop duplicate eight elevate
  embed embedded emulate enrich entail environmental essence exclude execute exhaustive explanatory expose
  fidelity finer fluctuation foster fragment generality generalize generalized generalizes generalizing github
  granularity hallmark handcrafted heterogeneity hour household huge hyperparameter imbalance impair incur
  infeasible infer inferior instantiate interplay interpretable interpretability intricate intrinsic invariance
  isolate journal landscape lens level-wise maximize metadata month mostly motivating necessity nine nontrivial
  normalized nuance nuanced operational optimum outlier pave penalty perceive persist persistent piece platform
  plug pool preferred presume prevalence prioritize promptly quantified readily realism reconsider rectify
  redefine reformulate reframe regularly reinforce rethink rethinking reuse revise rival sacrifice salient
  satisfying scarce scarcity seamless seamlessly sensible setup-free shallow showcasing simplified span spatially
  stand steady stem streamline submission subset supervise supervised synergistic systemic tailor-made tap
  temporally tendency threaten tractable transparency trivial tune unaddressed uncertain underexplored
  underperform unveil unveils utilise varied via viability vice view-based visualize volatile week winner
  worthwhile`.split(/\s+/),
);

/** What joins only with a noun: "audience-aware", "token-level". */
const ADJECTIVE =
  /^(?:.+-)?(?:aware|based|level|driven|free|guided|specific|wise|oriented|centric|agnostic|efficient|scale|like|type|dependent|invariant|enabled|powered|enhanced|augmented|informed|inspired|grounded|ready|preserving|oriented|induced|conditioned|assisted|trained|tuned|rich|related|dimensional|resource|quality|performance|order|rank|world|term|step|stage|turn|hop|shot|fidelity|resolution|cost|art|end|time|to-end|of-the-art|specialized|friendly|constrained|controlled|generated|supervised|parameter|modal)$/i;

/** Conferences, competitions and years: news, and no topic. */
const VENUE =
  /^(?:cvpr|iccv|eccv|neurips|nips|icml|iclr|acl|emnlp|naacl|eacl|coling|aaai|ijcai|kdd|sigir|www|interspeech|icassp|miccai|semeval|ntire|clef|trec|wmt|iwslt|dcase|imageclef|kaggle|arxiv|github|(?:19|20)\d\d)$/i;

export const isStop = (word: string) => STOP_WORDS.has(word) || word.length < 2;
export const isGeneral = (word: string) => GENERAL.has(word) || GENERAL.has(singular(word));
export const isLoneAdjective = (word: string) => word.includes('-') && ADJECTIVE.test(word);
export const isVenue = (word: string) => word.split('-').some((part) => VENUE.test(part));

/** By rule, for lower case: agents, memories, boxes; not bias, class, analysis. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is|as|os)$/.test(word)) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(?:x|ch|sh|sse)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

const EXPANSIONS: readonly (readonly [string, string])[] = [
  // Of one length the first counts: a language model of today is a large one.
  ['large language model', 'llm'] as const,
  ['language model', 'llm'] as const,
  ...Object.entries(ACRONYMS).map(([acronym, expansion]) => {
    const words = expansion.replaceAll('-', ' ').split(' ').map(singular).join(' ');
    return [words, acronym] as const;
  }),
].sort((a, b) => b[0].length - a[0].length);
const BY_FIRST = new Map<string, (readonly [string, string])[]>();
for (const each of EXPANSIONS) {
  const first = each[0].split(' ')[0]!;
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), each]);
}

/** A phrase of singular words with what has an acronym written so: "language model agent", "llm agent". */
export function withAcronyms(phrase: string): string {
  const words = phrase.split(' ');
  const out: string[] = [];
  for (let i = 0; i < words.length; ) {
    const rest = words.slice(i).join(' ');
    const found = BY_FIRST.get(words[i]!)?.find(
      ([expansion]) => rest === expansion || rest.startsWith(`${expansion} `),
    );
    if (found) {
      out.push(found[1]);
      i += found[0].split(' ').length;
    } else {
      out.push(words[i]!);
      i += 1;
    }
  }
  return out.join(' ');
}
