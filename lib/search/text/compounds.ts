/**
 * Words that the literature writes as one, with a hyphen, or as two: `pretraining`, `pre-training`,
 * `pre training`. All are indexed and searched as one word: those with an affix by rule, others by list.
 */

/** Joined to the next word even across a space: none of them is a word of its own. */
export const AFFIXES = new Set(
  'multi pre non semi inter intra pseudo quasi uni omni spatio socio neuro poly auto hyper geo anti'.split(
    ' ',
  ),
);

/** Joined to the next word across a hyphen only: across a space they are words as often as not. */
export const HYPHENED_AFFIXES = new Set(
  're sub co bi tri over under post meta counter micro macro super ultra un de dis mis ego photo mid'.split(
    ' ',
  ),
);

const COMPOUNDS = `
backdoor backend backprojection backpropagate backpropagation backoff bandlimited bandpass
bitrate bitwise blackbox blockwise bytewise checkpoint classwise clickthrough closedloop codebase
coreset cotraining counterexample crosslingual crossmodal crowdsource crowdsourcing cutoff
cyberattack cybersecurity cyberphysical datacenter dataflow dataset depthwise downsample
downsampling downstream dropout earlystopping elementwise endpoint eigendecomposition fewshot
feedforward finetune finetuned finetuner finetunes finetuning firsthand frontend goodput groundtruth
groupwise gridworld handcraft handcrafted handcrafting handwritten healthcare holdout inline
lifecycle layerwise lifelong lightweight lookahead lookup manycore mapreduce metalearn metalearned
metalearner metalearning metaanalysis metadata metaheuristic metaheuristics minibatch mmwave
multicore narrowband nighttime offline onboard online openset opensource opensourced outperform
overfit overfitting pairwise pathloss patchwise pickup piecewise pixelwise playback plugin
pointwise posthoc postprocess postprocessing posttrain posttrained posttraining preprint
rankwise realtime retrain retraining rollout runtime samplewise sequencewise setpoint setup
sidechannel speedup standalone startup stepsize stepwise straightforward subgraph submodule subnet
subnetwork subproblem subset subspace subtask subword taskwise testbed textbook threefold timescale
timeseries timestamp timestamped timestep tokenwise toolkit topdown tradeoff treewidth treedepth
twofold upsample upsampling viewpoint wallclock warmup wavelength waypoint website wellbeing
whitebox wideband widespread wifi workflow workload worldwide zeroshot oneshot zeroth underfit
underfitting undersampling oversampling oversmoothing underexplored underrepresented reranking tfidf
rerank reranker reparameterization reweighting bottomup geotagged autoencoder
`;

/** Compounds of a single letter and a word: few letters begin one, so they are listed whole. */
export const LETTER_COMPOUNDS = new Set(
  'kmeans kmedoids cmeans email emails ecommerce elearning xray xrays tsne unet unets ngram ngrams'.split(
    ' ',
  ),
);

/** One word as written, but two in meaning, `selfsupervised`: nearly every word that begins so. */
export const SPLIT = /^(self)((?!ish|less|hood|same)[a-z]{6,})$/;

/** The compounds as one word; `terms.ts` compares their stems. */
export const COMPOUND_WORDS: readonly string[] = COMPOUNDS.trim().split(/\s+/);
